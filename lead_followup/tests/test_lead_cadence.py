from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import LeadFollowupCase

# NOW is Friday 20 March 2026, 12:00 UTC. A lead in the US without a phone lives by New York time:
# it is 8 in the morning there (UTC-4).


@tagged("post_install", "-at_install")
class TestLeadCadence(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cadence = cls.env.ref("lead_followup.lead_cadence_trade_show")

    def _make_visitor(self, **vals):
        lead = self._make_lead(**vals)
        self.env["lead.show.visit"].create(
            {
                "lead_id": lead.id,
                "trade_show_id": self.show.id,
                "captured_at": "2026-03-18 20:00:00",
                "first_touch_deadline": self.show._first_contact_deadline(False),
            }
        )
        return lead

    def test_first_email_goes_on_the_working_day_before_the_deadline(self):
        # The deadline is Sunday 01:00 UTC; the e-mail window (Tue-Thu) is past, Friday is not.
        lead = self._make_visitor()

        self.cadence._enroll(lead)

        # 09:00 in New York on Friday
        self.assertPlanned(lead, "email", "2026-03-20 13:00:00")
        touch = lead.touch_ids
        self.assertEqual((touch.state, touch.slot_rule), ("queued", "working_day"))
        self.assertFalse(touch.is_late_by_plan)
        self.assertEqual(touch.user_id, self.user_marketing)

    def test_a_real_mail_waits_in_odoo_s_queue_for_its_hour(self):
        lead = self._make_visitor()

        self.cadence._enroll(lead)

        mail = lead.touch_ids.mail_id
        self.assertRecordValues(
            mail,
            [
                {
                    "state": "outgoing",
                    "model": "crm.lead",
                    "res_id": lead.id,
                    "email_to": lead.email_from,
                    "email_from": self.user_marketing.email_formatted,
                    "subject": "Good to meet you at Spring Pump Expo",
                }
            ],
        )
        self.assertEqual(fields.Datetime.to_string(mail.scheduled_date), "2026-03-20 13:00:00")
        self.assertIn("Hello Ann Ample", mail.body_html)
        self.assertIn("Mara", mail.body_html)
        self.assertFalse(lead.partner_id)

    def test_window_wins_where_it_opens_before_the_deadline(self):
        # closed on Monday 23 March: Tuesday 09:00 in New York lies in the window
        show = self._make_show(date_begin="2026-03-20", date_end="2026-03-23")
        lead = self._make_lead()
        self.env["lead.show.visit"].create(
            {
                "lead_id": lead.id,
                "trade_show_id": show.id,
                "first_touch_deadline": show._first_contact_deadline(False),
            }
        )

        self.cadence._enroll(lead)

        self.assertPlanned(lead, "email", "2026-03-24 13:00:00")
        self.assertEqual(lead.touch_ids.slot_rule, "window")

    def test_missed_deadline_is_late_by_plan(self):
        lead = self._make_visitor()
        lead.first_touch_deadline = "2026-03-20 11:00:00"  # an hour ago

        self.cadence._enroll(lead)

        self.assertPlanned(lead, "email", "2026-03-20 13:00:00")
        self.assertTrue(lead.touch_ids.is_late_by_plan)

    def test_without_email_the_rep_calls_and_the_email_is_seen_as_blocked(self):
        lead = self._make_visitor(email_from=False, phone="+12025550155", user_id=self.user_rep.id)

        self.cadence._enroll(lead)

        states = {touch.channel: (touch.state, touch.reason) for touch in lead.touch_ids}
        self.assertEqual(states["email"], ("blocked", "no_email"))
        self.assertEqual(states["call"][0], "queued")
        activity = lead.activity_ids
        self.assertEqual(activity.user_id, self.user_rep)
        self.assertEqual(activity.activity_type_id, self.env.ref("mail.mail_activity_data_call"))

    def test_a_no_to_email_closes_email_only(self):
        lead = self._make_visitor(
            email_consent="no", phone="+12025550155", user_id=self.user_rep.id
        )
        willing = self._make_visitor(email_consent="yes", email_from="bob@best.example")

        self.cadence._enroll(lead | willing)

        self.assertEqual(lead.next_channel, "call")
        self.assertEqual(willing.next_channel, "email")

    def test_a_call_waits_for_its_rep_and_joins_in(self):
        lead = self._make_visitor(
            email_from=False, phone="+12025550155", street="1 Sample St", city="Reno"
        )

        self.cadence._enroll(lead)
        calls = lead.touch_ids.filtered(lambda touch: touch.channel == "call")
        self.assertEqual(calls.mapped("state"), ["waiting"])
        self.assertEqual(lead.next_channel, "letter")

        lead.user_id = self.user_rep
        self._run_cadences()

        self.assertEqual(calls.state, "queued")
        self.assertEqual(calls.activity_id.user_id, self.user_rep)

    def test_a_lead_without_any_channel_is_not_silently_dropped(self):
        lead = self._make_visitor(email_from=False)

        enrollment = self.cadence._enroll(lead)

        self.assertEqual(set(lead.touch_ids.mapped("state")), {"blocked"})
        self.assertEqual(
            set(lead.touch_ids.mapped("reason")), {"no_email", "no_phone", "no_address"}
        )
        self.assertEqual(enrollment.state, "done")

    def test_enrolling_twice_enrolls_once(self):
        lead = self._make_visitor()

        self.cadence._enroll(lead)
        again = self.cadence._enroll(lead)

        self.assertFalse(again)
        self.assertEqual(len(lead.touch_ids), 1)

    def test_who_must_not_be_contacted_stays_out(self):
        leads = self._make_visitor(do_not_contact=True)
        leads |= self._make_visitor(lifecycle="disqualified", email_from="b@best.example")
        won = self._make_visitor(email_from="c@cash.example", type="opportunity")
        won.action_set_won()

        self.assertFalse(self.cadence._enroll(leads | won))

    def test_a_cadence_without_steps_says_so(self):
        empty = self.env["lead.cadence"].create({"name": "Nothing yet"})

        with self.assertRaisesRegex(UserError, "“Nothing yet” has no steps"):
            empty._enroll(self._make_visitor())

    def test_won_lost_and_do_not_contact_stop_and_withdraw(self):
        for end, reason in (
            (lambda lead: lead.action_set_won(), "won"),
            (lambda lead: lead.action_set_lost(), "lost"),
            (lambda lead: lead.write({"do_not_contact": True}), "do_not_contact"),
        ):
            with self.subTest(reason):
                lead = self._make_visitor(email_from=f"{reason}@ample.example")
                enrollment = self.cadence._enroll(lead)
                mail = lead.touch_ids.mail_id

                end(lead)

                self.assertEqual((enrollment.state, enrollment.stop_reason), ("stopped", reason))
                self.assertEqual(mail.state, "cancel")
                self.assertEqual(lead.touch_ids.state, "cancelled")
                self.assertFalse(lead.enrollment_id)

    def test_a_finished_call_waits_from_when_it_was_done(self):
        lead = self._make_visitor(
            email_from=False,
            phone="+12025550155",
            street="1 Sample St",
            city="Reno",
            user_id=self.user_rep.id,
        )
        self.cadence._enroll(lead)

        lead.activity_ids.action_feedback(feedback="No answer")
        self.assertEqual(
            fields.Datetime.to_string(lead.first_human_touch_at), "2026-03-20 12:00:00"
        )
        self._run_cadences()

        # three working days after Friday 08:00 in New York: Wednesday, letters from 09:00
        self.assertPlanned(lead, "letter", "2026-03-25 13:00:00")

    def test_sender_s_daily_cap_pushes_to_the_next_day_and_may_beat_the_deadline(self):
        self.env.company.lead_email_cap = 2
        leads = self.env["crm.lead"]
        for number in range(3):
            leads |= self._make_visitor(email_from=f"n{number}@ample.example")

        self.cadence._enroll(leads)

        days = [lead.next_touch_at.date().isoformat() for lead in leads]
        self.assertEqual(days, ["2026-03-20", "2026-03-20", "2026-03-23"])
        self.assertEqual(leads.mapped("touch_ids.is_late_by_plan"), [False, False, True])

    def test_the_second_sender_has_a_cap_of_his_own(self):
        self.env.company.lead_email_cap = 1
        mine = self._make_visitor()
        his = self._make_visitor(email_from="b@best.example", user_id=self.user_rep.id)

        self.cadence._enroll(mine | his)

        self.assertEqual(mine.next_touch_at.date(), his.next_touch_at.date())

    def test_queries_do_not_grow_with_the_leads(self):
        def enroll(count, tag):
            leads = self.env["crm.lead"]
            for number in range(count):
                leads |= self._make_visitor(email_from=f"{tag}{number}@ample.example")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            enrollments = self.cadence._enroll(leads)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before, enrollments

        enroll(2, "warm")
        few, _ = enroll(10, "few")
        many, enrollments = enroll(40, "many")

        self.assertEqual(len(enrollments), 40)
        self.assertLessEqual(many, few + 30)
