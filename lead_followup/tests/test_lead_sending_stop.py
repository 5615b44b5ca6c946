from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.lead_touch_stop import HELD_UNTIL
from .common import LeadFollowupCase
from .sending_common import SendingMixin


@tagged("post_install", "-at_install")
class TestLeadSendingStop(SendingMixin, LeadFollowupCase):
    """The stop switch: what it holds, what it leaves alone, and how it lets go."""

    def setUp(self):
        super().setUp()
        self.touches = self.env["lead.touch"].union(
            *(self._enroll(email_from=f"lead{number}@ample.example") for number in range(3))
        )

    def _make_other_mail(self):
        return self.env["mail.mail"].create(
            {"email_to": "client@buyer.example", "body_html": "<p>Invoice</p>"}
        )

    def assertHeld(self, touches):
        self.assertEqual(
            [(touch.state, touch.mail_id.state) for touch in touches],
            [("queued", "outgoing")] * len(touches),
        )
        self.assertEqual(set(touches.mail_id.mapped("scheduled_date")), {HELD_UNTIL})

    def test_held_mails_leave_the_mail_queue_to_others(self):
        self.company.lead_sending_stopped = True
        other = self._make_other_mail()
        self.env["ir.config_parameter"].set_param("mail.mail.queue.batch.size", 2)

        sent = self._run_queue("2026-03-20 17:30:00")

        # three are held and the queue takes two at a time: the invoice is not behind them
        self.assertEqual([message["To"] for message in sent], [other.email_to])
        self.assertHeld(self.touches)

    def test_it_says_who_and_when_and_how_many(self):
        self.company.with_user(self.env.ref("base.user_admin")).lead_sending_stopped = True

        self.assertEqual(self.company.lead_sending_stopped_by_id, self.env.ref("base.user_admin"))
        self.assertEqual(str(self.company.lead_sending_stopped_at), "2026-03-20 12:00:00")
        note = self.company.partner_id.message_ids[0]
        self.assertIn("Stopped all cadence e-mails; 3 wait", note.body)
        self.assertEqual(note.author_id, self.env.ref("base.user_admin").partner_id)

    def test_saving_it_again_notes_nothing_again(self):
        self.company.lead_sending_stopped = True
        count = len(self.company.partner_id.message_ids)

        self.company.lead_sending_stopped = True

        self.assertEqual(len(self.company.partner_id.message_ids), count)

    def test_what_is_queued_while_it_is_on_is_held_as_well(self):
        self.company.lead_sending_stopped = True

        touch = self._enroll(email_from="new@ample.example")

        self.assertHeld(touch)

    def test_a_mail_pushed_by_hand_while_it_is_on_is_held(self):
        self.company.lead_sending_stopped = True
        self.touches.mail_id.scheduled_date = "2026-03-20 12:00:00"

        self.assertFalse(self._run_queue("2026-03-20 17:00:00"))
        self.assertHeld(self.touches)

    def test_what_was_let_go_before_its_moment_keeps_it(self):
        planned = self.touches.mapped("planned_at")
        self.company.lead_sending_stopped = True
        self.company.lead_sending_stopped = False

        self._release("2026-03-20 12:05:00")

        self.assertEqual(self.touches.mapped("planned_at"), planned)
        self.assertEqual(self.touches.mail_id.mapped("scheduled_date"), planned)

    def test_what_was_held_for_days_is_planned_anew_in_its_windows_and_goes_out_once(self):
        self.company.lead_sending_stopped = True
        with freeze_time("2026-03-22 20:00:00"):  # a Sunday
            self.company.lead_sending_stopped = False
        self.assertFalse(self._run_queue("2026-03-22 20:01:00"))

        self._release("2026-03-22 20:05:00")

        # The deadlines are over: Monday's daytime from 09:00 to 17:00 in New York, 13:00 to
        # 21:00 UTC, at 0, 1/2 and 1/4 of it
        moments = [str(touch.planned_at) for touch in self.touches]
        self.assertEqual(
            moments, ["2026-03-23 13:00:00", "2026-03-23 17:00:00", "2026-03-23 15:00:00"]
        )
        self.assertEqual([str(mail.scheduled_date) for mail in self.touches.mail_id], moments)
        self.assertEqual([str(lead.next_touch_at) for lead in self.touches.lead_id], moments)
        for moment in ("2026-03-23 13:05:00", "2026-03-23 15:05:00", "2026-03-23 17:05:00"):
            self.assertEqual(len(self._run_queue(moment)), 1)
        self.assertFalse(self._run_queue("2026-03-23 23:00:00"))
        self.assertEqual(len(set(self._get_recipients())), 3)
        self.assertEqual(set(self.touches.mapped("state")), {"done"})

    def test_the_cap_of_a_day_holds_for_what_was_let_go(self):
        self.company.lead_sending_stopped = True
        self.company.lead_email_cap = 2
        with freeze_time("2026-03-22 20:00:00"):
            self.company.lead_sending_stopped = False

        self._release("2026-03-22 20:05:00")

        days = [str(touch.planned_at.date()) for touch in self.touches]
        self.assertEqual(days, ["2026-03-23", "2026-03-23", "2026-03-24"])

    def test_a_release_that_was_killed_goes_on_and_doubles_nothing(self):
        self.company.lead_sending_stopped = True
        self.company.lead_sending_stopped = False
        model = type(self.env["lead.touch"])
        with patch.object(model, "_RELEASE_BATCH", 1):
            with patch.object(
                type(self.env["ir.cron"]), "_commit_progress", side_effect=[99, 0]
            ):  # time is up after the first
                self._release("2026-03-20 12:05:00")
            held = self.env["lead.touch"].search(self.env["lead.touch"]._get_held_domain())
            self.assertEqual(held, self.touches[1:])

            self._release("2026-03-20 12:10:00")

        self.assertFalse(self.env["lead.touch"].search(held._get_held_domain()))
        self.assertEqual(set(self.touches.mapped("state")), {"queued"})

    @mute_logger("odoo.addons.lead_followup.models.lead_touch_stop")
    def test_one_that_cannot_be_let_go_stays_held_and_the_others_go(self):
        self.company.lead_sending_stopped = True
        self.company.lead_sending_stopped = False
        bad = self.touches[1]
        release = type(bad)._release

        def fail(touches):
            if bad in touches:
                raise ValueError("broken")
            return release(touches)

        with patch.object(type(bad), "_release", fail):
            self._release("2026-03-20 12:05:00")

        self.assertHeld(bad)
        good = self.touches - bad
        self.assertEqual(good.mail_id.mapped("scheduled_date"), good.mapped("planned_at"))

    def test_who_opted_out_meanwhile_gets_nothing(self):
        self.company.lead_sending_stopped = True
        gone = self.touches[0]
        self.env["mail.blacklist"]._add(gone.lead_id.email_normalized)
        self.company.lead_sending_stopped = False
        self._release("2026-03-20 12:05:00")

        self._run_queue("2026-03-20 19:00:00")

        self.assertNotIn(gone.lead_id.email_normalized, self._get_recipients())
        self.assertEqual(gone.mail_id.state, "cancel")

    def test_each_company_has_its_own_switch(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.user_rep.company_ids = [Command.link(other.id)]
        lead = self._make_lead(
            user_id=self.user_rep.id,
            company_id=other.id,
            team_id=False,
            email_from="o@other.example",
        )
        self.cadence._enroll(lead)

        self.company.lead_sending_stopped = True
        self.assertHeld(self.touches)
        self.assertEqual(lead.touch_ids.mail_id.scheduled_date, lead.touch_ids.planned_at)

        other.lead_sending_stopped = True
        self.company.lead_sending_stopped = False
        self._release("2026-03-20 12:05:00")

        self.assertHeld(lead.touch_ids)
        self.assertNotIn(HELD_UNTIL, self.touches.mail_id.mapped("scheduled_date"))

    def test_what_is_being_sent_is_left_to_the_mail_queue(self):
        sending = self.touches[0]
        sending.state = "sending"
        moment = sending.mail_id.scheduled_date

        self.company.lead_sending_stopped = True

        self.assertEqual(sending.mail_id.scheduled_date, moment)
        self.assertHeld(self.touches[1:])

    def test_a_stopped_enrollment_cancels_its_held_mail(self):
        self.company.lead_sending_stopped = True

        self.touches[0].enrollment_id._stop("replied")

        self.assertEqual(self.touches[0].mail_id.state, "cancel")
        self.assertEqual(self.company._count_held_emails()["held"], 2)

    def test_the_question_states_the_count(self):
        wizard = self.env["lead.sending.switch"].create({"kind": "stop"})
        self.assertIn("3 e-mails that are queued wait", wizard.question)
        wizard.action_apply()
        self.assertTrue(self.company.lead_sending_stopped)

        wizard = self.env["lead.sending.switch"].create({"kind": "release"})
        self.assertIn("3 e-mails will go out to their leads", wizard.question)
        wizard.action_apply()
        self.assertFalse(self.company.lead_sending_stopped)

    def test_letting_many_go_costs_hardly_more_queries_than_few(self):
        counts = []
        for size in (2, 20):
            leads = self.env["crm.lead"].union(
                *(
                    self._make_lead(
                        user_id=self.user_rep.id, email_from=f"{size}.{number}@ample.example"
                    )
                    for number in range(size)
                )
            )
            self.cadence._enroll(leads)
            touches = self.env["lead.touch"].browse(leads.touch_ids.ids)
            touches._hold()
            self.env.flush_all()
            self.env.invalidate_all()
            with freeze_time("2026-03-22 20:00:00"):
                before = self.env.cr.sql_log_count
                touches._release()
                self.env.flush_all()
                counts.append(self.env.cr.sql_log_count - before)

        self.assertLessEqual(counts[1], counts[0] + 2, counts)

    def test_only_administrators_turn_the_switch(self):
        for user in (self.user_rep, self.user_marketing):
            with self.assertRaises(AccessError):
                self.env["lead.sending.switch"].with_user(user).create({"kind": "stop"})
            with self.assertRaises(AccessError):
                self.company.with_user(user).lead_sending_stopped = True

    def test_the_banner_tells_salespeople_and_nobody_else(self):
        companies = self.env["res.company"]
        self.assertEqual(companies.with_user(self.user_rep).get_lead_sending_state(), [])
        self.company.lead_sending_stopped = True

        [state] = companies.with_user(self.user_rep).get_lead_sending_state()
        self.assertTrue(state["is_stopped"])
        self.assertEqual(state["count"], 3)
        outsider = self._make_user("otto", "base.group_user")
        self.assertEqual(companies.with_user(outsider).get_lead_sending_state(), [])
