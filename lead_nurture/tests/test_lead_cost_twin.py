from odoo.tests import tagged

from .funnel_common import LeadFunnelCase


@tagged("post_install", "-at_install")
class TestLeadCostTwin(LeadFunnelCase):
    """60 dollars of ads for March stand there; entered again, that is said."""

    def _warn(self, **vals):
        cost = self.env["lead.show.cost"].new(
            {
                "source_id": self.ads.id,
                "amount": 75,
                "kind": "advertising",
                "period": "month",
                "date": "2026-03-31",
                "company_id": self.company_a.id,
                **vals,
            }
        )
        return (cost._onchange_warn_of_twin() or {}).get("warning", {}).get("message", "")

    def test_the_same_cost_in_the_same_month_is_said(self):
        message = self._warn()

        self.assertIn("60.00", message)
        self.assertIn("March 2026", message)
        self.assertIn("Some ads", message)

    def test_another_month_kind_description_target_or_company_is_another_cost(self):
        for vals in (
            {"date": "2026-04-01"},
            {"date": "2026-02-28"},
            {"kind": "content"},
            {"name": "Agency"},
            {"source_id": self.web.id},
            {"company_id": self.company_b.id},
            {"period": "once"},
            {"date": False},
        ):
            with self.subTest(vals):
                self.assertEqual(self._warn(**vals), "")

    def test_a_cost_is_not_its_own_twin(self):
        self.assertIsNone(self.costs[4]._onchange_warn_of_twin())

    def test_a_cost_of_a_campaign_has_its_twin_among_those_of_the_campaign(self):
        campaign = self.env["utm.campaign"].create({"title": "Billboards"})
        vals = {"campaign_id": campaign.id, "source_id": False}
        self.assertEqual(self._warn(**vals), "")
        self.env["lead.show.cost"].create(
            {
                **vals,
                "amount": 5,
                "kind": "advertising",
                "period": "month",
                "date": "2026-03-02",
                "company_id": self.company_a.id,
            }
        )

        self.assertIn("Billboards", self._warn(**vals))
