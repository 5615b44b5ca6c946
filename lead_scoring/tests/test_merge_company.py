from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import LeadScoringCase


@tagged("post_install", "-at_install")
class TestMergeCompany(LeadScoringCase):
    """Leads that are merged stay in their company, or out of any, as in Odoo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_a = cls.env.company
        cls.company_b = cls.env["res.company"].create({"name": "B"})
        cls.env.user.company_ids |= cls.company_b
        cls.user_b = new_test_user(
            cls.env,
            "sc_user_b",
            groups="sales_team.group_sale_salesman",
            company_id=cls.company_b.id,
            company_ids=cls.company_b.ids,
        )
        cls.team_b = cls.env["crm.team"].create({"name": "B", "company_id": cls.company_b.id})

    def _make_pair(self, company, **vals):
        leads = self._make_leads(2, type="opportunity", user_id=False, team_id=False, **vals)
        leads.flush_recordset()
        leads.company_id = company
        leads.flush_recordset()
        return leads

    def _merge(self, company, **given):
        merged = self._make_pair(company)._merge_opportunity(**given)
        merged.flush_recordset()
        return merged

    def test_leads_without_company_stay_without(self):
        merged = self._merge(False, user_id=self.env.user.id)

        self.assertEqual(merged.user_id, self.env.user)
        self.assertFalse(merged.company_id)
        self.assertNotIn("lead_merge_given", merged.env.context)

    def test_who_is_of_another_company_is_refused(self):
        for company, given in (
            (self.company_a, {"user_id": self.user_b.id}),
            (self.company_a, {"team_id": self.team_b.id}),
            (self.company_b.browse(), {"team_id": self.team_b.id}),
        ):
            with self.subTest(company=company.name, given=given), self.assertRaises(UserError):
                self._merge(company, **given)

    def test_company_stays_where_nothing_else_is_written(self):
        self.assertEqual(self._merge(self.company_a).company_id, self.company_a)
        self.assertFalse(self._merge(False).company_id)

    def test_company_is_written_only_where_something_decides_on_it(self):
        alone = self._make_pair(self.company_a.browse())
        pair = self._make_pair(self.company_a)

        self.assertNotIn("company_id", alone._merge_data())
        self.assertIn("company_id", pair._merge_data())  # Odoo would take it away
        pair.user_id = self.env.user
        self.assertEqual(pair.company_id, self.company_a)
        self.assertNotIn("company_id", pair._merge_data())
        given = {"user_id": self.user_b.id}
        self.assertIn("company_id", pair.with_context(lead_merge_given=given)._merge_data())
