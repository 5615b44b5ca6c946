from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeadCadencePeople(LeadFollowupCase):
    """What reps and managers do with leads that are in a cadence, in their own name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cadence = cls.env.ref("lead_followup.lead_cadence_trade_show")

    def _make_enrolled(self, **vals):
        lead = self._make_lead(user_id=self.user_rep.id, type="opportunity", **vals)
        lead.lifecycle = "mql"
        self.cadence._enroll(lead)
        self.assertEqual(lead.touch_ids.state, "queued")
        return lead

    def test_a_rep_may_win_lose_close_and_enroll(self):
        for end in (
            lambda lead: lead.action_set_won(),
            lambda lead: lead.action_set_lost(),
            lambda lead: lead.write({"do_not_contact": True}),
            lambda lead: lead.enrollment_id.action_stop(),
        ):
            for user in (self.user_rep, self.user_marketing):
                lead = self._make_enrolled(email_from=f"{user.login}@ample.example")
                mail = lead.touch_ids.mail_id

                end(lead.with_user(user))

                self.assertEqual(lead.enrollment_ids.state, "stopped")
                self.assertEqual(mail.state, "cancel")
        lead = self._make_lead(user_id=self.user_rep.id, email_from="own@ample.example")
        self.assertTrue(
            self.cadence.with_user(self.user_rep)._enroll(lead.with_user(self.user_rep))
        )

    def test_a_pause_and_a_resume_keep_the_first_step(self):
        lead = self._make_enrolled()
        enrollment = lead.enrollment_id.with_user(self.user_rep)
        step = lead.touch_ids.step_id

        enrollment.action_pause()
        self.assertEqual((enrollment.state, len(lead.touch_ids)), ("paused", 0))

        enrollment.action_resume()
        self.assertEqual(lead.touch_ids.step_id, step)
        self.assertPlanned(lead, "email", "2026-03-20 13:00:00")

    def test_reordered_steps_are_neither_repeated_nor_left_out(self):
        lead = self._make_enrolled(phone="+12025550155")
        lead.touch_ids._mark_done(fields.Datetime.now(), is_human=False)
        call = self.cadence.step_ids[1]
        self.cadence.write(
            {"step_ids": [Command.update(call.id, {"sequence": 1})], "people_inside": "follow"}
        )
        self._run_cadences()

        self.assertEqual(
            sorted(lead.touch_ids.mapped(lambda touch: (touch.step_id.name, touch.state))),
            [("Call after the show", "queued"), ("Thank you for your visit", "done")],
        )

    def test_a_phone_only_lead_without_a_rep_waits_and_is_called_once_one_is_there(self):
        lead = self._make_lead(email_from=False, phone="+12025550155")
        self.cadence._enroll(lead)
        self.assertEqual(lead.enrollment_id.state, "active")

        lead.user_id = self.user_rep
        self._run_cadences()

        self.assertEqual(lead.activity_ids.user_id, self.user_rep)

    def test_a_waiting_call_moves_to_the_new_salesperson(self):
        lead = self._make_lead(email_from=False, phone="+12025550155", user_id=self.user_rep.id)
        self.cadence._enroll(lead)
        call = lead.activity_ids

        lead.user_id = self.user_marketing

        self.assertEqual(call.user_id, self.user_marketing)

    def test_merging_keeps_one_live_cadence_and_both_visits(self):
        head = self._make_enrolled()
        tail = self._make_enrolled(email_from="ann2@ample.example")
        other = self._make_show(name="Autumn Fair")
        self.env["lead.show.visit"].create(
            [
                {"lead_id": head.id, "trade_show_id": self.show.id},
                {"lead_id": tail.id, "trade_show_id": self.show.id},
                {"lead_id": tail.id, "trade_show_id": other.id},
            ]
        )
        mails = (head | tail).touch_ids.mail_id

        merged = (head | tail).merge_opportunity()

        self.assertEqual(merged.visit_ids.trade_show_id, self.show | other)
        self.assertEqual(sorted(merged.enrollment_ids.mapped("state")), ["active", "stopped"])
        self.assertEqual(sorted(mails.mapped("state")), ["cancel", "outgoing"])

    def test_a_template_that_fails_for_one_lead_fails_that_touch_only(self):
        template = self.cadence.step_ids[0].template_id
        template.subject = "{{ 10 // (1 if object.name == 'Good' else 0) }}"
        good = self._make_lead(name="Good", user_id=self.user_rep.id)
        bad = self._make_lead(
            name="Bad", user_id=self.user_rep.id, email_from="b@b.example", phone="+12025550155"
        )

        with self.assertLogs("odoo.addons.lead_followup.models.lead_touch_queue", "WARNING"):
            self.cadence._enroll(good | bad)

        self.assertEqual(good.touch_ids.state, "queued")
        emails = bad.touch_ids.filtered(lambda touch: touch.channel == "email")
        self.assertEqual(emails[-1:].state, "failed")
        self.assertEqual(
            emails[-1:].reason_text,
            f"Its template “{template.name}” fails for this lead: "
            "integer division or modulo by zero",
        )
        self._run_cadences()
        self.assertEqual(bad.next_channel, "call")

    def test_a_returning_visitor_s_clock_starts_again(self):
        lead = self._make_lead()
        old = self._make_show(name="Last year", date_begin="2025-03-17", date_end="2025-03-19")
        visit = self.env["lead.show.visit"].create(
            {"lead_id": lead.id, "trade_show_id": old.id, "captured_at": "2025-03-18 12:00:00"}
        )
        self.cadence._enroll(lead)
        with freeze_time("2025-03-20 13:00:00"):
            lead.touch_ids._mark_done(fields.Datetime.now(), is_human=False)
        self.assertEqual(visit.first_touch_at, lead.first_touch_at)
        lead.enrollment_id._stop("manual")

        again = self.env["lead.show.visit"].create(
            {
                "lead_id": lead.id,
                "trade_show_id": self.show.id,
                "captured_at": "2026-03-18 12:00:00",
            }
        )
        again._restart_clocks()
        self.cadence._enroll(lead)

        self.assertFalse(lead.first_touch_at)
        self.assertTrue(visit.first_touch_at)
        # the sender's second e-mail of that day: in the middle of 13:00 to 21:00
        self.assertPlanned(lead, "email", "2026-03-20 17:00:00")
        self.assertEqual(str(lead.first_touch_deadline), "2026-03-22 01:00:00")

    def test_corrected_dates_of_a_show_move_its_deadlines(self):
        lead = self._make_lead()
        self.env["lead.show.visit"].create({"lead_id": lead.id, "trade_show_id": self.show.id})

        self.show.date_end = "2026-03-20"

        self.assertEqual(str(lead.first_touch_deadline), "2026-03-23 01:00:00")
