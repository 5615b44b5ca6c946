from odoo.tests import tagged

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeadDisqualified(LeadFollowupCase):
    def setUp(self):
        super().setUp()
        self.lead = self._make_lead(user_id=self.user_rep.id, phone="+12125550155")
        self.cadence = self.env.ref("lead_followup.lead_cadence_trade_show")
        self.enrollment = self.cadence._enroll(self.lead)
        self.mail = self.lead.touch_ids.mail_id

    def test_a_lead_disqualified_on_the_way_gets_nothing_more(self):
        self.lead.with_user(self.user_rep).lifecycle = "disqualified"

        self.assertEqual(self.enrollment.state, "stopped")
        self.assertEqual(self.enrollment.stop_reason_text, "Disqualified")
        self.assertEqual((self.lead.touch_ids.state, self.mail.state), ("cancelled", "cancel"))

    def test_a_lead_that_turns_out_to_be_a_student_gets_nothing_more(self):
        self.lead.not_a_buyer = "student"

        self.assertEqual(self.lead.lifecycle, "disqualified")
        self.assertEqual(self.enrollment.state, "stopped")

    def test_a_call_agreed_with_it_is_taken_off_the_list(self):
        self.enrollment._stop("manual")
        self.lead.with_user(self.user_rep)._plan_call("2026-03-25 14:00:00", slot_rule="agreed")
        self.assertTrue(self.lead.activity_ids)

        self.lead.lifecycle = "disqualified"

        self.assertFalse(self.lead.activity_ids)

    def test_any_other_step_of_its_life_ends_nothing(self):
        for lifecycle in ("mql", "sql", "nurture"):
            self.lead.lifecycle = lifecycle

            self.assertEqual(self.enrollment.state, "active")
            self.assertEqual(self.mail.state, "outgoing")
