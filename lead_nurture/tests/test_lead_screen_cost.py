from lxml import etree

from odoo.tests import TransactionCase, new_test_user, tagged

_HELD_BACK = {"event_ids", "handover_ids", "segment_ids", "qualification_board", "score_breakdown"}
_HELD_BACK |= {"touch_ids", "visit_ids", "clock_notice_ids", "consent_event_ids"}


@tagged("post_install", "-at_install")
class TestLeadScreenCost(TransactionCase):
    """What the addons add to the queries of one lead: opened, made, changed.

    Measured beside Odoo's own fields and without any rule that asks for more; ``make bench``
    compares the whole with a database that lacks the addons.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep = new_test_user(cls.env, "cost_rep", groups="sales_team.group_sale_salesman")
        cls.env["lead.segment"].search([]).active = False
        cls.interest = cls.env["lead.interest"].create({"name": "Pumps"})
        cls.Lead = cls.env["crm.lead"].with_user(cls.rep).with_context(tz="UTC")
        cls.lead = cls._make_lead()

    @classmethod
    def _make_lead(cls, **vals):
        return cls.Lead.create(
            {"name": "Pumps", "type": "opportunity", "email_from": "ann@house.example", **vals}
        )

    def _get_names(self):
        """Return the fields of the form, in its order: and those of the addons among them."""
        arch = etree.fromstring(self.Lead.get_views([(False, "form")])["views"]["form"]["arch"])
        nodes = arch.xpath(".//field[not(ancestor::field)]")
        fields = {node.get("name"): self.Lead._fields[node.get("name")] for node in nodes}
        ours = {name for name in fields if any("lead_" in it for it in fields[name]._modules)}
        return list(fields), ours

    def _count(self, do):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        do()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _count_form(self, lead):
        names, ours = self._get_names()
        own = [name for name in names if name not in ours]
        lead.web_read(dict.fromkeys(names, {}))  # what a process keeps is there by then
        core = self._count(lambda: lead.web_read(dict.fromkeys(own, {})))
        return self._count(lambda: lead.web_read(dict.fromkeys(names, {}))) - core

    def test_form_of_a_lead_costs_two_queries_more(self):
        # its interests, and one for the score, the counts and the last rows of other tables
        self.assertEqual(self._count_form(self.lead), 2)

    def test_what_is_open_on_a_lead_costs_a_query_each(self):
        self.lead.interest_ids = self.interest
        self.lead.with_context(lead_offering=True).write({"lifecycle": "mql"})

        # beside those two: the interest itself, and whether it is offered to the one who looks
        self.assertEqual(self._count_form(self.lead), 4)

    def test_lists_of_the_form_are_read_with_their_page_alone(self):
        names, ours = self._get_names()

        self.assertFalse(_HELD_BACK.intersection(names))
        self.assertIn("interest_ids", ours)

    def test_every_list_stands_in_a_part_of_the_form(self):
        arch = etree.fromstring(self.Lead.get_views([(False, "form")])["views"]["form"]["arch"])
        parts = [node.get("view") for node in arch.xpath(".//widget[@name='lead_form_part']")]
        shown = set()
        for part in parts:
            view = self.Lead.with_context(form_view_ref=part).get_views([(False, "form")])
            tree = etree.fromstring(view["views"]["form"]["arch"])
            shown |= {node.get("name") for node in tree.xpath(".//field[not(ancestor::field)]")}

        self.assertEqual(shown, _HELD_BACK - {"score_breakdown"})

    def test_changing_a_lead_costs_no_query_more(self):
        vals = {"expected_revenue": 4321, "priority": "2"}
        self._count(lambda: self.lead.write({"expected_revenue": 1}))

        # reads the lead twice (as user, for tracking), writes it, notes the change as core does
        self.assertLessEqual(self._count(lambda: self.lead.write(vals)), 6)

    def test_making_a_lead_costs_two_queries_more(self):
        self._make_lead()
        plain = self._count(lambda: self._make_lead(name="Valves"))

        # 26 of Odoo's own, as without the addons; its score, and whether anybody was stopped
        self.assertLessEqual(plain, 28)
