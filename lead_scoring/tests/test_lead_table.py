from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from odoo.addons.lead_scoring.hooks import _make_customers


@tagged("post_install", "-at_install")
class TestLeadTable(TransactionCase):
    """The columns and indexes of leads: what an install writes, what a filter finds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        leads = cls.env["crm.lead"]
        cls.open, cls.won, cls.nurtured = leads.create(
            [{"name": name, "type": "opportunity"} for name in ("Open", "Won", "Nurtured")]
        )
        cls.won.action_set_won()
        cls.nurtured.lifecycle = "nurture"

    def test_install_makes_those_won_customers_and_leaves_no_dead_row(self):
        leads = self.open | self.won | self.nurtured
        leads.flush_recordset()
        self.env.cr.execute(
            "UPDATE crm_lead SET lifecycle = 'inquiry' WHERE lifecycle = 'customer'"
        )

        _make_customers(self.env)

        leads.invalidate_recordset()
        self.assertEqual(leads.mapped("lifecycle"), ["inquiry", "customer", "nurture"])
        self.env.cr.execute(
            """SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef
                 JOIN pg_attribute ON (attrelid, attnum) = (adrelid, adnum)
                WHERE adrelid = 'crm_lead'::regclass AND attname = 'lifecycle'"""
        )
        self.assertIn("inquiry", self.env.cr.fetchone()[0])

    def test_install_without_won_leads_writes_nothing(self):
        self.env["crm.lead"].with_context(active_test=False).search([]).unlink()
        self.env.flush_all()
        before = self._get_file()

        _make_customers(self.env)

        self.assertEqual(self._get_file(), before)

    def _get_file(self):
        self.env.cr.execute("SELECT pg_relation_filenode('crm_lead')")
        return self.env.cr.fetchone()[0]

    def test_filters_for_rare_leads_have_an_index_others_have_none(self):
        for column, rare, common in (
            ("temperature", ["hot"], "cold"),
            ("lifecycle", ["mql", "nurture"], "inquiry"),
        ):
            index = f"crm_lead_{column}_idx"
            with self.subTest(column=column):
                self.assertIn(index, self._explain(column, rare))
                self.assertIn(index, self._explain(column, rare[:1]))
                self.assertNotIn(index, self._explain(column, [*rare, common]))

    def _explain(self, column, values):
        # with three leads PostgreSQL would read them all, or follow the index of their order
        self.env.cr.execute("SET LOCAL enable_seqscan TO off; SET LOCAL enable_indexscan TO off")
        leads = self.env["crm.lead"].with_context(active_test=False)
        query = leads._search([(column, "in", values)], order="id", bypass_access=True)
        rows = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        return "\n".join(row[0] for row in rows)
