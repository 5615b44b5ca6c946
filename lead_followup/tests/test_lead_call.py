from datetime import date

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import LeadFollowupCase

# NOW is Friday 20 March 2026, 12:00 UTC: 08:00 in New York, where the number +1 202 lives.


class LeadCallCase(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_other = cls._make_user("ted", "sales_team.group_sale_salesman")
        cls.cadence = cls.env["lead.cadence"].create(
            {
                "name": "Call, then write",
                "step_ids": [
                    (0, 0, {"name": "First call", "channel": "call", "sequence": 1}),
                    (
                        0,
                        0,
                        {
                            "name": "Mail",
                            "channel": "email",
                            "sequence": 2,
                            "wait_days": 1,
                            "template_id": cls.env.ref("lead_followup.mail_template_show_first").id,
                        },
                    ),
                    (0, 0, {"name": "Second call", "channel": "call", "sequence": 3}),
                ],
            }
        )

    def _make_called(self, **vals):
        """A lead of the rep's whose first call is on his list, asked for by the cadence."""
        vals = {"phone": "+12025550155", "user_id": self.user_rep.id, **vals}
        lead = self._make_lead(**vals)
        self.cadence._enroll(lead)
        self.assertEqual((lead.touch_ids.channel, lead.touch_ids.state), ("call", "queued"))
        return lead

    def _log(self, lead, outcome, user=None, **kwargs):
        return lead.with_user(user or self.user_rep).action_log_call(outcome, **kwargs)

    def _call_later(self, lead, user=None, **vals):
        action = self._log(lead, "later", user=user, activity_id=lead.activity_ids[:1].id)
        wizard = (
            self.env["lead.call.later"]
            .with_user(user or self.user_rep)
            .with_context(**action["context"])
            .create(vals)
        )
        return wizard.action_confirm()

    def assertCall(self, touch, outcome, user=None):
        self.assertEqual((touch.channel, touch.state, touch.outcome), ("call", "done", outcome))
        self.assertEqual(touch.done_user_id, user or self.user_rep)
        self.assertEqual(fields.Datetime.to_string(touch.done_at), "2026-03-20 12:00:00")

    def assertEnrollment(self, lead, state, reason):
        enrollment = lead.enrollment_ids[:1]
        self.assertEqual((enrollment.state, enrollment.stop_reason), (state, reason))


@tagged("post_install", "-at_install")
class TestLeadCall(LeadCallCase):
    def test_interested_ends_the_cadence_and_leaves_a_next_action(self):
        lead = self._make_called()
        call = lead.touch_ids

        self._log(lead, "interested", activity_id=lead.activity_ids.id, note="Wants a quote")

        self.assertCall(call, "interested")
        self.assertEqual(call.note, "Wants a quote")
        self.assertEnrollment(lead, "stopped", "interested")
        self.assertEqual(lead.activity_ids.user_id, self.user_rep)
        self.assertIn("Interested on the phone", lead.activity_ids.summary)
        self.assertEqual(lead.event_ids.mapped("kind").count("call_reached"), 1)
        self.assertEqual(str(lead.first_human_touch_at), "2026-03-20 12:00:00")
        self.assertEqual(len(lead.touch_ids), 1)

    def test_no_answer_goes_on_with_the_next_step(self):
        lead = self._make_called()

        self._log(lead, "no_answer", activity_id=lead.activity_ids.id)
        self._run_cadences()

        call = lead.touch_ids.filtered(lambda touch: touch.channel == "call")
        self.assertCall(call, "no_answer")
        self.assertEnrollment(lead, "active", False)
        # one working day after Friday 08:00 is Monday; the e-mail window opens Tuesday 09:00
        self.assertPlanned(lead, "email", "2026-03-24 13:00:00")
        self.assertNotIn("call_reached", lead.event_ids.mapped("kind"))
        self.assertFalse(lead.activity_ids)

    def test_later_holds_the_cadence_until_the_agreed_call_was_made(self):
        lead = self._make_called()

        self._call_later(lead, call_back_at="2026-03-25 18:30:00", note="After the board meets")

        self.assertEnrollment(lead, "paused", "call_back")
        self.assertPlanned(lead, "call", "2026-03-25 18:30:00")
        again = lead.touch_ids.filtered(lambda touch: touch.state == "queued")
        self.assertEqual((again.slot_rule, again.step_id.id), ("agreed", False))
        self.assertCall(lead.touch_ids - again, "later")
        self.assertEqual(lead.activity_ids.date_deadline, date(2026, 3, 25))
        self.assertIn("Call back as agreed, from 14:30", lead.activity_ids.summary)

        with freeze_time("2026-03-25 18:35:00"):
            self._log(lead, "no_answer", activity_id=lead.activity_ids.id)
            self._run_cadences()

            self.assertEnrollment(lead, "active", False)
            # one working day after Wednesday 14:35: Thursday, past noon; Tuesday is a holiday in
            # California (Cesar Chavez Day), so Wednesday 09:00
            self.assertPlanned(lead, "email", "2026-04-01 13:00:00")

    def test_an_agreed_call_that_is_cancelled_does_not_leave_the_cadence_asleep(self):
        lead = self._make_called()
        self._call_later(lead, call_back_at="2026-03-25 18:30:00")

        lead.activity_ids.with_user(self.user_rep).unlink()
        self._run_cadences()

        self.assertEnrollment(lead, "active", False)
        self.assertEqual(lead.next_channel, "email")
        agreed = lead.touch_ids.filtered(lambda touch: touch.slot_rule == "agreed")
        self.assertEqual((agreed.state, agreed.reason), ("failed", "activity_deleted"))

    def test_a_reply_before_the_agreed_call_takes_it_off_the_list(self):
        lead = self._make_called()
        self._call_later(lead, call_back_at="2026-03-25 18:30:00")

        lead.enrollment_id._stop("replied")

        self.assertFalse(lead.activity_ids)
        self.assertEqual(set(lead.touch_ids.mapped("state")), {"done", "cancelled"})

    def test_what_a_person_has_paused_stays_paused_after_an_agreed_call(self):
        lead = self._make_called()
        lead.enrollment_id.action_pause()
        self._call_later(lead, call_back_at="2026-03-25 18:30:00")

        self._log(lead, "no_answer", activity_id=lead.activity_ids.id)

        self.assertEnrollment(lead, "paused", "paused")

    def test_later_may_mean_nurture_until_a_date(self):
        lead = self._make_called()

        self._call_later(lead, plan="nurture", nurture_until="2026-09-01", note="New budget")

        self.assertEnrollment(lead, "stopped", "nurture")
        self.assertEqual((lead.lifecycle, lead.look_again_date), ("nurture", date(2026, 9, 1)))
        self.assertEqual(lead.activity_ids.date_deadline, date(2026, 9, 1))
        self.assertIn("New budget", lead.activity_ids.note)

    def test_later_without_a_date_ahead_notes_nothing(self):
        for vals in (
            {"call_back_at": "2026-03-20 11:59:00"},
            {"plan": "nurture", "nurture_until": "2026-03-20"},
        ):
            with self.subTest(vals):
                lead = self._make_called(email_from=f"{len(vals)}@ample.example")
                with self.assertRaisesRegex(UserError, "missing or over"):
                    self._call_later(lead, **vals)
                self.assertEqual(lead.touch_ids.state, "queued")

    def test_the_hour_proposed_is_one_of_the_lead_s(self):
        lead = self._make_called()
        action = self._log(lead, "later")

        form = Form(
            self.env["lead.call.later"].with_user(self.user_rep).with_context(**action["context"])
        )

        # calls: Wednesday 10:00 in New York
        self.assertEqual(str(form.call_back_at), "2026-03-25 14:00:00")
        self.assertEqual(form.their_time, "Wed 25 Mar 2026, 10:00")

    def test_not_interested_asks_why_and_keeps_a_next_action_until_that_is_said(self):
        lead = self._make_called()

        action = self._log(lead, "not_interested", activity_id=lead.activity_ids.id)

        self.assertEqual(action["res_model"], "crm.lead.lost")
        self.assertCall(lead.touch_ids, "not_interested")
        self.assertEnrollment(lead, "stopped", "not_interested")
        self.assertIn("Not interested", lead.activity_ids.summary)
        self.assertTrue(lead.active)

        wizard = (
            self.env["crm.lead.lost"].with_user(self.user_rep).with_context(**action["context"])
        ).create({"lost_reason_id": self.env.ref("crm.lost_reason_1").id})
        wizard.action_lost_reason_apply()

        self.assertEqual(lead.won_status, "lost")
        self.assertFalse(lead.activity_ids)

    def test_a_wrong_number_is_kept_and_marked_and_e_mail_goes_on(self):
        lead = self._make_called()

        self._log(lead, "wrong_number", activity_id=lead.activity_ids.id)
        self._run_cadences()

        self.assertEqual((lead.phone, lead.phone_wrong), ("+12025550155", True))
        self.assertEqual(lead.next_channel, "email")
        lead.touch_ids.filtered(lambda touch: touch.state == "queued")._mark_done(
            fields.Datetime.now(), is_human=False
        )
        self._run_cadences()
        blocked = lead.touch_ids.filtered(lambda touch: touch.state == "blocked")
        self.assertEqual((blocked.channel, blocked.reason), ("call", "wrong_number"))

    def test_the_other_number_is_called_next(self):
        lead = self._make_called(mobile="+12025550177")

        self._log(lead, "wrong_number", activity_id=lead.activity_ids.id)

        self.assertEqual((lead.phone_wrong, lead.mobile_wrong), (True, False))
        self.assertEqual(lead._get_call_numbers(), ["+12025550177"])

    def test_a_corrected_number_is_free_of_the_mark_and_the_old_one_is_not(self):
        lead = self._make_called()
        self._log(lead, "wrong_number")

        lead.phone = "+1 202-555-0155"  # the same, written otherwise
        self.assertTrue(lead.phone_wrong)

        lead.phone = "+12025550199"
        self.assertFalse(lead.phone_wrong)
        self.assertIsNone(lead._get_call_obstacle())

        lead.phone = "+12025550155"
        self.assertEqual(lead._get_call_obstacle(), "wrong_number")
        lead.with_user(self.user_rep).action_trust_addresses()
        self.assertFalse(lead.phone_wrong)

    def test_odoo_s_own_done_counts_as_a_call_without_an_outcome(self):
        lead = self._make_called()

        lead.activity_ids.with_user(self.user_rep).action_feedback(feedback="Called")
        self._run_cadences()

        call = lead.touch_ids.filtered(lambda touch: touch.channel == "call")
        self.assertCall(call, "unknown")
        self.assertEqual(lead.next_channel, "email")

    def test_a_call_outside_any_cadence_is_a_touch_as_well(self):
        lead = self._make_lead(phone="+12025550155", user_id=self.user_rep.id)

        self._log(lead, "no_answer", note="Engaged")

        self.assertCall(lead.touch_ids, "no_answer")
        self.assertFalse(lead.touch_ids.enrollment_id)
        self.assertEqual(lead.touch_count, 1)
        self.assertEqual(str(lead.first_human_touch_at), "2026-03-20 12:00:00")
        self.assertFalse(lead.activity_ids)
        # Odoo's own log of activities has it
        self.assertIn("No answer. Engaged", str(lead.message_ids[0].body))
        self.assertEqual(
            lead.message_ids[0].mail_activity_type_id,
            self.env.ref("mail.mail_activity_data_call"),
        )

    def test_an_unplanned_call_during_e_mails_leaves_them_as_they_are(self):
        self.cadence = self.env.ref("lead_followup.lead_cadence_trade_show")
        lead = self._make_lead(phone="+12025550155", user_id=self.user_rep.id)
        self.cadence._enroll(lead)
        mail = lead.touch_ids

        self._log(lead, "no_answer")

        self.assertEqual((mail.channel, mail.state), ("email", "queued"))
        self.assertCall(lead.touch_ids - mail, "no_answer")

    def test_a_call_put_on_the_list_by_hand_is_a_touch_and_tried_again(self):
        lead = self._make_lead(phone="+12025550155", user_id=self.user_rep.id)
        lead.activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=date(2026, 3, 18),
            user_id=self.user_rep.id,
        )

        self._log(lead, "no_answer", activity_id=lead.activity_ids.id)

        made = lead.touch_ids.filtered(lambda touch: touch.state == "done")
        self.assertCall(made, "no_answer")
        self.assertEqual(made.planned_at.date(), date(2026, 3, 18))
        # the next working day is Monday, from 09:00 in New York
        again = lead.touch_ids - made
        self.assertEqual(str(again.planned_at), "2026-03-23 13:00:00")
        self.assertEqual(lead.activity_ids, again.activity_id)

    def test_a_to_do_done_is_no_call(self):
        lead = self._make_lead(phone="+12025550155", user_id=self.user_rep.id)
        lead.activity_schedule("mail.mail_activity_data_todo", user_id=self.user_rep.id)

        lead.activity_ids.with_user(self.user_rep).action_feedback()

        self.assertFalse(lead.touch_ids)
        self.assertFalse(lead.first_touch_at)

    def test_a_call_of_another_model_s_record_is_none_of_ours(self):
        partner = self.env["res.partner"].create({"name": "Not a lead"})
        partner.activity_schedule("mail.mail_activity_data_call", user_id=self.user_rep.id)

        partner.activity_ids.action_feedback()

        self.assertFalse(self.env["lead.touch"].search([("done_user_id", "!=", False)]))

    def test_the_same_call_is_noted_once(self):
        lead = self._make_called()
        activity = lead.activity_ids
        self._log(lead, "no_answer", activity_id=activity.id)

        with self.assertRaisesRegex(UserError, "not on the list any more"):
            self._log(lead, "interested", activity_id=activity.id)

        self.assertEqual(lead.touch_ids.filtered("outcome").mapped("outcome"), ["no_answer"])

    def test_another_lead_s_activity_is_refused(self):
        lead, other = self._make_called(), self._make_called(email_from="b@best.example")

        with self.assertRaisesRegex(UserError, "not on the list any more"):
            self._log(lead, "interested", activity_id=other.activity_ids.id)

        self.assertEqual(other.touch_ids.state, "queued")

    def test_a_word_that_is_no_outcome_is_refused(self):
        lead = self._make_called()

        for outcome in ("bounced", "unknown", "anything"):
            with self.subTest(outcome), self.assertRaisesRegex(UserError, "no outcome"):
                self._log(lead, outcome)

    def test_a_lost_lead_is_not_called(self):
        lead = self._make_called()
        lead.action_set_lost()

        with self.assertRaisesRegex(UserError, "lost or archived"):
            self._log(lead, "interested")

    def test_who_must_not_be_contacted_gets_no_agreed_call(self):
        lead = self._make_called()
        lead.do_not_contact = True

        with self.assertRaisesRegex(UserError, "must not be contacted"):
            self._call_later(lead, call_back_at="2026-03-25 18:30:00")

    def test_a_rep_notes_no_call_on_a_colleague_s_lead_and_a_manager_does(self):
        lead = self._make_called()

        with self.assertRaises(AccessError):
            self._log(lead, "interested", user=self.user_other)
        self._log(lead, "interested", user=self.user_marketing, activity_id=lead.activity_ids.id)

        self.assertCall(lead.touch_ids, "interested", user=self.user_marketing)
        self.assertEqual(lead.activity_ids.user_id, self.user_rep)

    def test_a_rep_may_not_confirm_an_agreed_call_of_a_colleague_s_lead(self):
        lead = self._make_called()

        wizard = self.env["lead.call.later"].create(
            {"lead_id": lead.id, "call_back_at": "2026-03-25 18:30:00"}
        )
        with self.assertRaises(AccessError):
            wizard.with_user(self.user_other).action_confirm()

    def test_an_agreed_call_outside_a_cadence_ends_with_the_lead(self):
        for end, reason, text in (
            (lambda lead: lead.action_set_won(), "won", "Won"),
            (lambda lead: lead.action_set_lost(), "lost", "Lost"),
            (
                lambda lead: lead.write({"do_not_contact": True}),
                "do_not_contact",
                "Must not be contacted",
            ),
        ):
            with self.subTest(reason):
                lead = self._make_lead(phone="+12025550155", user_id=self.user_rep.id)
                self._call_later(lead, call_back_at="2026-03-25 18:30:00")

                end(lead.with_user(self.user_rep))

                agreed = lead.touch_ids.filtered(lambda touch: touch.slot_rule == "agreed")
                self.assertEqual((agreed.state, agreed.reason), ("cancelled", reason))
                self.assertEqual(agreed.reason_text, text)
                self.assertFalse(lead.activity_ids)

    def test_a_lead_that_is_only_written_to_keeps_its_agreed_call(self):
        lead = self._make_lead(phone="+12025550155", user_id=self.user_rep.id)
        self._call_later(lead, call_back_at="2026-03-25 18:30:00")

        lead.write({"do_not_contact": False, "priority": "2"})

        self.assertEqual(lead.activity_ids.activity_type_id.category, "phonecall")

    def test_a_merged_lead_keeps_the_calls_made_outside_a_cadence(self):
        head = self._make_lead(user_id=self.user_rep.id)
        tail = self._make_lead(user_id=self.user_rep.id, phone="+12025550155")
        self._log(tail, "no_answer")
        call = tail.touch_ids

        (head | tail).merge_opportunity()

        kept = (head | tail).exists()
        self.assertEqual(kept.touch_ids, call)
