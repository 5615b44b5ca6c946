from unittest.mock import patch

from odoo.tests import tagged

from .common import LeadScoringCase


@tagged("post_install", "-at_install")
class TestCompanyWritten(LeadScoringCase):
    """Rules are a company's: a lead that comes to another one is scored, no other."""

    def _count_scorings(self, leads, company):
        leads_class = self.env.registry["crm.lead"]
        with patch.object(leads_class, "_update_scores", autospec=True) as scored:
            leads.company_id = company
        return scored.call_count

    def test_the_company_there_is_asks_for_no_score(self):
        company, other = self.env.company, self.env["res.company"].create({"name": "Other"})
        alone, own = self._make_leads(2, user_id=False, team_id=False)
        own.company_id = company

        self.assertEqual(self._count_scorings(alone, company.browse()), 0)
        self.assertEqual(self._count_scorings(own, company), 0)
        self.assertEqual(self._count_scorings(own, other), 1)
        self.assertEqual(self._count_scorings(alone, company), 1)
        self.assertEqual(self._count_scorings(alone | own, other), 1)  # one of them moves
        self.assertEqual(self._count_scorings(alone, company.browse()), 1)
