from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests.common import tagged

from .common import LeadScoringCase


@tagged("post_install", "-at_install")
class TestHandover(LeadScoringCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env["lead.assignment.rule"].create(
            {"name": "All", "team_id": cls.team.id, "method": "round_robin"}
        )
        ref = cls.env.ref
        cls.reason_next = ref("lead_scoring.lead_return_reason_not_mine")
        cls.reason_nurture = ref("lead_scoring.lead_return_reason_not_now")
        cls.reason_disqualified = ref("lead_scoring.lead_return_reason_no_fit")

    def _offer(self, **vals):
        lead = self._make_qualified(**vals)
        lead._offer_qualified()
        return lead

    def _return(self, lead, reason):
        wizard = self.env["lead.handover.return"].with_user(lead.user_id)
        return wizard.create({"lead_id": lead.id, "reason_id": reason.id}).action_return()

    def test_accepted_lead_is_sales_own_opportunity(self):
        lead = self._offer()

        lead.with_user(lead.user_id).action_accept_handover()

        self.assertEqual((lead.lifecycle, lead.type), ("sql", "opportunity"))
        self.assertTrue(lead.sql_at)
        self.assertEqual(lead.handover_ids.state, "accepted")

    def test_lead_returned_three_times_shows_all_of_it(self):
        lead = self._offer()
        had = []

        for _turn in range(3):
            had.append(lead.user_id)
            self._travel(hours=len(had))
            self._return(lead, self.reason_next)

        self.assertEqual(self.env["res.users"].union(*had), self.reps)
        self.assertEqual(lead.handover_ids.mapped("state"), ["returned"] * 3)
        self.assertEqual(lead.handover_ids.reason_id, self.reason_next)
        self.assertFalse(lead.user_id)
        self.assertEqual(lead.lifecycle, "mql")
        self.assertIn("has had it already", lead.waiting_reason)

    def test_reason_decides_where_a_lead_goes(self):
        nurtured, disqualified = self._offer(), self._offer()

        self._return(nurtured, self.reason_nurture)
        self._return(disqualified, self.reason_disqualified)

        self.assertEqual((nurtured.lifecycle, nurtured.user_id.id), ("nurture", False))
        self.assertEqual((disqualified.lifecycle, disqualified.user_id.id), ("disqualified", False))
        self._run_cron("lead_scoring.ir_cron_score_leads")
        self.assertEqual(nurtured.lifecycle, "nurture")

    def test_nurtured_lead_goes_to_its_keeper(self):
        self.company.lead_marketing_user_id = self.manager
        lead = self._offer()

        self._return(lead, self.reason_nurture)

        self.assertEqual(lead.user_id, self.manager)
        self.assertEqual(len(lead.handover_ids), 1)

    def test_second_answer_is_told(self):
        lead = self._offer()
        rep = lead.user_id
        lead.with_user(rep).action_accept_handover()

        with self.assertRaisesRegex(UserError, "answered already: accepted"):
            lead.with_user(rep).action_accept_handover()
        with self.assertRaisesRegex(UserError, "answered already: accepted"):
            lead.with_user(rep).action_return_handover()
        action = self._return(lead, self.reason_next)
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual((lead.lifecycle, lead.user_id), ("sql", rep))

    def test_offer_of_another_is_not_mine_to_accept(self):
        self.rule.write({"member_ids": self.user_ann.ids, "method": "fixed"})
        lead = self._offer()
        lead_of_ann = lead.with_user(self.user_ben).sudo(False)
        lead.with_context(lead_offering=True).user_id = False  # so that Ben sees it at all

        with self.assertRaisesRegex(UserError, "is offered to Ann"):
            lead_of_ann.action_accept_handover()
        lead.with_user(self.manager).action_accept_handover()
        self.assertEqual(lead.lifecycle, "sql")

    def test_own_qualified_lead_is_accepted_without_offer(self):
        lead = self._make_qualified(user_id=self.user_ann.id)
        self.assertEqual(lead.lifecycle, "mql")
        lead._offer_qualified()
        self.assertFalse(lead.handover_ids)

        lead.with_user(self.user_ann).action_accept_handover()

        self.assertEqual(lead.lifecycle, "sql")
        self.assertEqual(lead.handover_ids.mapped("state"), ["accepted"])
        inquiry = self._make_lead(user_id=self.user_ann.id)
        with self.assertRaises(UserError):
            inquiry.with_user(self.user_ann).action_accept_handover()

    def test_manager_gives_an_offered_lead_to_another(self):
        lead = self._offer()
        first = lead.user_id
        other = (self.reps - first)[0]

        lead.with_user(self.manager).user_id = other

        self.assertEqual(
            {offer.user_id: offer.state for offer in lead.handover_ids},
            {first: "expired", other: "accepted"},
        )

    def test_unanswered_offer_is_reminded_of_then_passed_on(self):
        self.company.resource_calendar_id = False
        lead = self._offer()
        first = lead.user_id

        self._travel(hours=23)
        self._run_cron("lead_scoring.ir_cron_offer_leads")
        self.assertFalse(lead.handover_ids.reminded_at)

        self._travel(hours=24)
        self._run_cron("lead_scoring.ir_cron_offer_leads")
        self.assertTrue(lead.handover_ids.reminded_at)
        self.assertEqual(lead.user_id, first)

        self._travel(hours=48)
        self._run_cron("lead_scoring.ir_cron_offer_leads")
        self.assertNotEqual(lead.user_id, first)
        self.assertEqual(sorted(lead.handover_ids.mapped("state")), ["expired", "offered"])

    def test_hours_are_working_hours(self):
        self.assertTrue(self.company.resource_calendar_id)
        lead = self._offer()  # a Tuesday at noon

        self._travel(hours=25)  # Wednesday: some 8 working hours later
        self._run_cron("lead_scoring.ir_cron_offer_leads")
        self.assertFalse(lead.handover_ids.reminded_at)

        self._travel(days=6)
        self._run_cron("lead_scoring.ir_cron_offer_leads")
        self.assertTrue(lead.handover_ids.reminded_at)

    def test_lost_lead_closes_its_offer(self):
        lead = self._offer()
        lead.action_set_lost()
        self.assertEqual(lead.handover_ids.state, "expired")

    def test_won_lead_closes_its_offer(self):
        lead = self._offer()
        lead.action_set_won()
        self.assertEqual((lead.handover_ids.state, lead.lifecycle), ("accepted", "customer"))

    def test_requalified_lead_may_come_back_to_who_had_it(self):
        self.rule.member_ids = self.user_ann
        lead = self._offer()
        self._return(lead, self.reason_nurture)

        self._travel(days=100)
        self._log(lead, "request_call")
        lead._offer_qualified()

        lead.invalidate_recordset()
        self.assertEqual(lead.user_id, self.user_ann)
        self.assertEqual(lead.handover_ids.mapped("state"), ["offered", "returned"])
        self.assertEqual(lead.mql_at - lead.handover_ids[-1].offered_at, timedelta(days=100))
