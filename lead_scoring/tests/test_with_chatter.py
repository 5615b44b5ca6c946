from odoo.tests.common import tagged

from .common import LeadScoringCase


@tagged("post_install", "-at_install")
class TestTracked(LeadScoringCase):
    """As in daily use: with tracking, followers and the chatter switched on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={
                key: value
                for key, value in cls.env.context.items()
                if key not in ("tracking_disable", "mail_create_nosubscribe")
            }
        )
        cls.env["lead.assignment.rule"].create({"name": "All", "team_id": cls.team.id})

    def test_lead_goes_all_the_way_with_the_chatter_on(self):
        lead = self._make_lead(email_from="buyer@plant.example")
        self._log(lead, "reply", "meeting")
        self._answer(lead, budget="10k_50k")
        self.assertEqual(lead.lifecycle, "mql")

        self._run_cron("lead_scoring.ir_cron_offer_leads")
        first = lead.user_id
        self.assertIn(first, self.reps)
        told = self.env["mail.message"].search(
            [("partner_ids", "in", first.partner_id.ids), ("res_id", "=", lead.id)]
        )
        self.assertEqual(len(told), 1, "the offer, and no notice of the assignment beside it")

        lead.with_user(first).action_accept_handover()
        self.assertEqual((lead.type, lead.lifecycle), ("opportunity", "sql"))
        lead.with_user(first).action_set_won()
        self.assertEqual(lead.lifecycle, "customer")

    def test_first_score_costs_few_queries_with_the_chatter_on(self):
        self.assertFewQueriesToScoreFirst(3)
