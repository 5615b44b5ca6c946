from odoo.tests import Form, tagged

from .recycle_common import LeadRecycleCase


@tagged("post_install", "-at_install")
class TestLeadRecycleGrouped(LeadRecycleCase):
    """What came back and what it was worth is added up in lists and pivots, by currency."""

    def test_revenue_is_added_up_by_state_in_the_currency_of_each_company(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        other = self.env["res.company"].create({"name": "Euro GmbH", "currency_id": euro.id})
        one, two = self._make_lost(), self._make_lost(email_from="bob@best.example")
        two.write({"company_id": other.id, "user_id": False, "team_id": False})
        (one | two).recycle_id.write({"state": "back"})
        one.recycle_id.won_revenue, two.recycle_id.won_revenue = 100, 40

        rows = self.env["lead.recycle"].with_context(allowed_company_ids=self.env.companies.ids)
        self.assertEqual(one.recycle_id.currency_id, self.env.company.currency_id)
        self.assertEqual(two.recycle_id.currency_id, euro)
        [(state, total)] = rows._read_group(
            [("id", "in", (one | two).recycle_id.ids)], ["state"], ["won_revenue:sum"]
        )
        self.assertEqual((state, total), ("back", 140))
        by_currency = rows._read_group(
            [("id", "in", (one | two).recycle_id.ids)], ["currency_id"], ["won_revenue:sum"]
        )
        self.assertEqual(dict(by_currency), {self.env.company.currency_id: 100, euro: 40})
        # as lists and pivots ask for it
        groups = rows.web_read_group([], ["state"], ["won_revenue:sum_currency"])["groups"]
        self.assertTrue(groups)

    def test_the_report_by_reason_is_grouped_with_its_currency(self):
        self._make_lost()
        self.env.flush_all()
        report = self.env["lead.recycle.report"]
        self.assertTrue(
            report.web_read_group([], ["lost_reason_id"], ["won_revenue:sum_currency"])["groups"]
        )
        line = report.search([("lost_reason_id", "=", self.reason_price.id)], limit=1)
        self.assertEqual(line.currency_id, self.env.company.currency_id)

    def test_the_kanban_of_rules_knows_what_its_card_asks_for(self):
        view = self.env["lead.recycle.rule"].get_view(view_type="kanban")["arch"]
        self.assertIn('<field name="is_never"', view.split("<templates>")[0])
        self.assertTrue(Form(self.rule).name)
