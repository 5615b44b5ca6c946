from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestQuestionsAreOnesOwn(TransactionCase):
    """Nobody reads or answers a question that another was asked: Odoo adds no rule of its own."""

    def test_each_has_a_rule(self):
        own = "[('create_uid', '=', user.id)]"
        ours = [
            model
            for model in self.env.values()
            if model._transient and not model._abstract and model._name.startswith("lead.")
        ]
        self.assertGreater(len(ours), 15)
        rules = self.env["ir.rule"].search([("model_id.model", "in", [m._name for m in ours])])
        ruled = {rule.model_id.model for rule in rules if rule.domain_force == own}
        self.assertEqual({model._name for model in ours} - ruled, set())

    def test_a_rep_neither_reads_nor_turns_a_managers_question(self):
        rep = new_test_user(self.env, "rep_q", "sales_team.group_sale_salesman")
        manager = new_test_user(self.env, "manager_q", "sales_team.group_sale_manager")
        lead, other = self.env["crm.lead"].create(
            [{"name": name, "user_id": False} for name in ("One", "Other")]
        )
        asked = self.env["lead.person.ask"].with_user(manager)
        asked = asked.create({"kind": "stop", "lead_ids": [(6, 0, lead.ids)]})

        seen = asked.with_user(rep)
        self.assertFalse(seen.search([("id", "=", asked.id)]))
        with self.assertRaises(AccessError):
            seen.read(["lead_ids"])
        with self.assertRaises(AccessError):
            seen.lead_ids = other
        own = seen.create({"kind": "stop", "lead_ids": [(6, 0, other.ids)]})
        self.assertEqual(own.lead_ids, other)
