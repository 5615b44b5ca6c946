from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.base.tests.common import MockSmtplibCase

from .test_lead_touch_kept import KeptCase

# NOW is Friday 20 March 2026, 12:00 UTC: 8 in the morning in New York (UTC-4). The leads are due by
# Saturday 12:00 UTC; Friday is none of the best days, so an e-mail goes from 9 to 17 there.
PLANNED = "2026-03-20 13:00:00"
MOVED = "2026-03-24 15:30:00"  # a Tuesday, 11:30 there


class PauseKeptCase(MockSmtplibCase, KeptCase):
    def setUp(self):
        super().setUp()
        self.cadence = self._make_cadence(is_first_email_approved=True)
        self.lead = self._enroll()
        self.touch = self.lead.touch_ids
        self.enrollment = self.lead.enrollment_id
        self.user_other = self._make_user("ted", "sales_team.group_sale_salesman")

    def _pause_and_resume(self, at="2026-03-20 12:10:00", meanwhile=lambda: None):
        self.enrollment.action_pause()
        meanwhile()
        with freeze_time(at):
            self.enrollment.action_resume()

    def assertState(self, touch, touch_state, mail_state):
        self.assertEqual((touch.state, touch.mail_id.state), (touch_state, mail_state))


@tagged("post_install", "-at_install")
class TestPauseKeepsApproval(PauseKeptCase):
    """What was approved stays approved, and goes out as it was, if the same person signs it."""

    def _approve(self):
        self.touch._rewrite("Mine", "<p>My own words</p>")
        self.touch.with_user(self.user_rep).action_approve_emails()

    def test_an_approved_email_goes_out_after_the_pause_as_it_was_written(self):
        self._approve()
        self.enrollment.action_pause()
        self.assertState(self.touch, "cancelled", "cancel")

        with freeze_time("2026-03-20 12:10:00"):
            self.enrollment.action_resume()

        self.assertEqual(self.lead.touch_ids, self.touch)
        self.assertState(self.touch, "queued", "outgoing")
        self.assertEqual(self.touch.approved_user_id, self.user_rep)
        self.assertPlanned(self.lead, "email", PLANNED)
        self.assertEqual(str(self.touch.mail_id.scheduled_date), PLANNED)
        with freeze_time("2026-03-20 13:05:00"), self.mock_smtplib_connection():
            self.env["mail.mail"].process_email_queue()
        self.assertEqual(self.touch.state, "done")
        self.assertIn("My own words", self.emails[0]["message"])

    def test_its_moment_is_chosen_anew_once_it_has_passed(self):
        self._approve()

        self._pause_and_resume(at="2026-03-21 00:30:00")  # after hours on Friday

        # the deadline is out of reach: Monday, 9 there
        self.assertEqual(str(self.touch.mail_id.scheduled_date), "2026-03-23 13:00:00")
        self.assertTrue(self.touch.is_late_by_plan)
        self.assertState(self.touch, "queued", "outgoing")

    def test_its_place_under_the_cap_may_be_another_s_by_then(self):
        self._approve()
        self.env.company.lead_email_cap = 1

        def take_the_place():
            other = self._enroll(email_from="bob@best.example").touch_ids
            self.assertEqual(str(other.planned_at), PLANNED)

        self._pause_and_resume(meanwhile=take_the_place)

        self.assertEqual(str(self.touch.planned_at), "2026-03-23 13:00:00")
        self.assertEqual(self.touch.moved_by, "cap")

    def test_approved_as_it_was_it_stays_so_too(self):
        self.touch.with_user(self.user_rep).action_approve_emails()
        body = self.touch.mail_id.body_html

        self._pause_and_resume()

        self.assertState(self.touch, "queued", "outgoing")
        self.assertEqual(self.touch.mail_id.body_html, body)

    def test_what_was_only_prepared_is_prepared_anew(self):
        mail = self.touch.mail_id

        self._pause_and_resume()

        self.assertFalse(mail.exists() or self.touch.exists())
        self.assertState(self.lead.touch_ids, "approval", "approval")

    def test_rewritten_and_not_approved_it_waits_for_approval_again(self):
        self.touch._rewrite("Mine", "<p>My own words</p>")

        self._pause_and_resume()

        self.assertState(self.touch, "approval", "approval")
        self.assertEqual(self.touch.email_subject, "Mine")

    def test_another_salesperson_approves_his_own(self):
        self._approve()

        def give_away():
            self.lead.user_id = self.user_other

        self._pause_and_resume(meanwhile=give_away)

        touch = self.lead.touch_ids
        self.assertState(touch, "approval", "approval")
        self.assertEqual((touch.user_id, touch.approved_at), (self.user_other, False))
        self.assertNotIn("My own words", touch.mail_id.body_html)

    def test_a_step_changed_meanwhile_is_prepared_anew(self):
        self._approve()

        def change():
            step = Command.update(self.touch.step_id.id, {"wait_days": 2})
            self.cadence.write({"step_ids": [step], "people_inside": "follow"})

        self._pause_and_resume(meanwhile=change)

        self.assertFalse(self.touch.exists())
        self.assertState(self.lead.touch_ids, "approval", "approval")

    def test_who_finishes_the_old_version_keeps_it(self):
        self._approve()

        def change():
            step = Command.update(self.touch.step_id.id, {"wait_days": 2})
            self.cadence.write({"step_ids": [step], "people_inside": "finish"})

        self._pause_and_resume(meanwhile=change)

        self.assertEqual(self.lead.touch_ids, self.touch)
        self.assertEqual(self.touch.step_id.cadence_id, self.enrollment.cadence_id)
        self.assertState(self.touch, "queued", "outgoing")

    def test_whoever_bounced_meanwhile_is_not_written_to(self):
        self._approve()

        self._pause_and_resume(meanwhile=lambda: self.lead._mark_email_wrong("ann@ample.example"))

        self.assertFalse(self.touch.exists())
        self.assertEqual(set(self.lead.touch_ids.mapped("state")), {"blocked"})

    def test_another_address_gets_one_of_its_own(self):
        self.touch.with_user(self.user_rep).action_approve_emails()

        self._pause_and_resume(meanwhile=lambda: self.lead.write({"email_from": "a@new.example"}))

        touch = self.lead.touch_ids
        self.assertState(touch, "approval", "approval")
        self.assertIn("a@new.example", touch.email_to)

    def test_many_cost_about_as_many_queries_as_few(self):
        def count_queries(size):
            leads = self.env["crm.lead"].union(
                *(self._enroll(email_from=f"n{size}{n}@a.example") for n in range(size))
            )
            leads.touch_ids._approve()
            leads.enrollment_id.action_pause()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads.enrollment_id.action_resume()
            self.env.flush_all()
            self.assertEqual(set(leads.touch_ids.mapped("state")), {"queued"})
            return self.env.cr.sql_log_count - before

        count_queries(1)
        few = count_queries(3)
        self.assertLessEqual(count_queries(13), few + 12)


@tagged("post_install", "-at_install")
class TestPauseKeepsMoves(PauseKeptCase):
    """A moment that somebody chose outlives a pause while it is ahead."""

    def setUp(self):
        super().setUp()
        self.cadence.is_first_email_approved = False
        self.lead = self._enroll(email_from="carl@core.example")
        self.touch, self.enrollment = self.lead.touch_ids, self.lead.enrollment_id

    def _move(self):
        self.enrollment._move_next(fields.Datetime.to_datetime(MOVED))

    def _count_copies(self):
        return len(self.lead.message_ids.filtered(lambda m: m.message_type == "email_outgoing"))

    def test_a_moved_email_keeps_its_moment_and_leaves_one_copy(self):
        self._move()
        mail = self.touch.mail_id
        self.enrollment.action_pause()
        self.assertEqual((self.touch.state, bool(mail.exists())), ("cancelled", False))
        self.assertEqual(self._count_copies(), 0)

        with freeze_time("2026-03-23 12:00:00"):
            self.enrollment.action_resume()

        self.assertEqual(self.lead.touch_ids, self.touch)
        self.assertState(self.touch, "queued", "outgoing")
        self.assertEqual(str(self.touch.mail_id.scheduled_date), MOVED)
        self.assertEqual(self.touch.slot_rule, "by_hand")
        self.assertPlanned(self.lead, "email", MOVED)
        self.assertEqual(self._count_copies(), 1)

    def test_a_moment_that_passed_meanwhile_gives_way_to_the_next_good_one(self):
        self._move()

        self._pause_and_resume(at="2026-03-24 15:30:00")  # that very moment

        # past the deadline: the first of the lead's daytime, which is now
        self.assertEqual(self.touch.slot_rule, "late")
        self.assertPlanned(self.lead, "email", MOVED)
        self.enrollment.action_pause()
        self.assertFalse(self.touch.exists())  # nobody has chosen this one

    def test_while_it_rests_nobody_else_is_written_to_at_its_address(self):
        self.cadence.write(
            {"step_ids": [Command.delete(self.cadence.step_ids[1].id)], "people_inside": "follow"}
        )
        self._move()
        self.enrollment.action_pause()

        twin = self._enroll(email_from="carl@core.example")
        stranger = self._enroll(email_from="dan@dock.example")

        self.assertEqual(twin.touch_ids.reason, "same_address")
        self.assertEqual(stranger.touch_ids.state, "queued")

    def test_what_nobody_moved_is_planned_anew(self):
        self._pause_and_resume(at="2026-03-24 12:00:00")

        self.assertFalse(self.touch.exists())
        self.assertPlanned(self.lead, "email", "2026-03-24 13:00:00")  # Tuesday, 9 there

    def test_a_moved_call_is_on_the_list_of_whoever_has_the_lead_now(self):
        self.cadence = self.env["lead.cadence"].create(
            {"name": "Calls", "step_ids": [Command.create({"name": "Call", "channel": "call"})]}
        )
        self.lead = self._enroll(phone="+12025550155", email_from="dora@dock.example")
        self.touch, self.enrollment = self.lead.touch_ids, self.lead.enrollment_id
        self._move()
        activity = self.touch.activity_id

        def give_away():
            self.assertFalse(activity.exists())
            self.lead.user_id = self.user_other

        self._pause_and_resume(meanwhile=give_away)

        self.assertEqual((self.touch.state, str(self.touch.planned_at)), ("queued", MOVED))
        self.assertEqual(self.touch.activity_id.user_id, self.user_other)
        self.assertEqual(str(self.touch.activity_id.date_deadline), "2026-03-24")

    def test_a_moved_letter_keeps_its_moment(self):
        template = self.env.ref("lead_followup.mail_template_show_letter")
        letter = {"name": "Letter", "channel": "letter", "template_id": template.id}
        self.cadence = self.env["lead.cadence"].create(
            {"name": "Letters", "step_ids": [Command.create(letter)]}
        )
        self.lead = self._enroll(street="1 St", city="Reno", email_from="eve@edge.example")
        self.touch, self.enrollment = self.lead.touch_ids, self.lead.enrollment_id
        self._move()

        self._pause_and_resume()

        self.assertEqual(self.lead.touch_ids, self.touch)
        self.assertEqual((self.touch.state, str(self.touch.planned_at)), ("queued", MOVED))

    def test_the_preview_of_a_paused_lead_shows_it(self):
        self._move()
        self.enrollment.action_pause()

        lines, _notes = self.env["lead.cadence.preview"]._foresee(self.lead, self.cadence)

        self.assertIn("Tue 24 Mar 11:30", str(lines[0]))
        self.assertEqual((self.enrollment.state, self.touch.state), ("paused", "cancelled"))

    def test_an_agreed_call_comes_first_and_the_moved_step_after_it(self):
        self._move()
        agreed_at = fields.Datetime.to_datetime("2026-03-23 14:00:00")
        self.enrollment._pause_for_call_back(agreed_at)
        self.lead._plan_call(agreed_at, slot_rule="agreed", enrollment_id=self.enrollment.id)
        call = self.lead.touch_ids - self.touch

        with freeze_time("2026-03-23 14:10:00"):
            call._mark_done(fields.Datetime.now(), is_human=True)
            self._run_cadences()

        self.assertEqual((self.touch.state, str(self.touch.planned_at)), ("queued", MOVED))


@tagged("post_install", "-at_install")
class TestOrphanMails(PauseKeptCase):
    """An e-mail whose touch is gone goes to nobody."""

    def setUp(self):
        super().setUp()
        self.cadence.is_first_email_approved = False
        self.lead = self._enroll(email_from="carl@core.example")
        self.touch = self.lead.touch_ids
        self.mail = self.touch.mail_id

    def _retry(self):
        self.mail.mark_outgoing()
        self.mail.scheduled_date = False
        with freeze_time("2026-03-20 14:00:00"), self.mock_smtplib_connection():
            self.env["mail.mail"].process_email_queue()
        return [email["smtp_to_list"] for email in self.emails]

    def test_what_a_pause_took_back_can_t_be_retried(self):
        self.lead.enrollment_id.action_pause()

        self.assertFalse(self.mail.exists() or self.touch.exists())

    def test_what_had_failed_when_it_was_paused_is_not_sent_by_a_retry(self):
        self.mail.write({"state": "exception", "failure_type": "mail_smtp"})  # not noted yet
        self.lead.enrollment_id.action_pause()
        self.assertTrue(self.mail.exists() and not self.touch.exists())

        self.assertEqual(self._retry(), [])
        self.assertEqual(self.mail.state, "cancel")

    def test_what_is_left_of_a_deleted_cadence_is_not_sent_by_a_retry(self):
        self.lead.enrollment_id.unlink()

        self.assertEqual(self._retry(), [])
        self.assertEqual(self.mail.state, "cancel")
        self.assertIn("taken back", self.mail.failure_reason)

    def test_what_is_doubtful_is_not_sent_again_once_its_touch_is_gone(self):
        self.touch.state = "sending"
        self.touch._mark_doubtful()
        self.lead.enrollment_id.unlink()

        self.assertEqual(self._retry(), [])

    def test_other_mails_and_those_of_touches_leave_with_the_same_turn(self):
        self.mail.scheduled_date = False
        mine = self.env["mail.mail"].create({"email_to": "x@x.example", "body_html": "Hello"})
        orphan = self._enroll(email_from="fay@fair.example")
        gone = orphan.touch_ids.mail_id
        orphan.enrollment_id.unlink()
        gone.mark_outgoing()
        gone.scheduled_date = False

        self.assertEqual(sorted(self._retry()), [["carl@core.example"], ["x@x.example"]])
        self.assertEqual((self.touch.state, mine.state, gone.state), ("done", "sent", "cancel"))
