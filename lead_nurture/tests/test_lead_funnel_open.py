from odoo.exceptions import UserError
from odoo.tests import tagged

from .funnel_common import LeadFunnelCase


@tagged("post_install", "-at_install")
class TestLeadFunnelOpen(LeadFunnelCase):
    def _open(self, measure=False, domain=()):
        domain = [("lead_id", "in", self.leads.ids), *domain]
        action = self._get_report().action_open_leads(domain, measure)
        leads = self.env["crm.lead"].with_user(self.user_marketing)
        leads = leads.with_context(**action["context"], allowed_company_ids=self.company_a.ids)
        return leads.search(action["domain"])

    def test_a_number_opens_as_many_leads_as_it_says(self):
        names = ["inquiry_count", "mql_count", "offered_count", "accepted_count", "sql_count"]
        names += ["won_count", "costed_count", "uncosted_count"]

        opened = [len(self._open(name)) for name in names]

        self.assertEqual(opened, list(self._measure(*names)))

    def test_a_rate_opens_the_leads_it_is_of(self):
        for measure, leads in (
            ("accepted_rate_pct", self.won | self.lost | self.ads_mar),
            ("capture_touch_24_pct", self.asked | self.won | self.lost | self.recycled),
            ("capture_touch_hours", self.won | self.lost | self.recycled),
            ("touches_to_win", self.won | self.referred | self.at_x),
            ("days_to_sql", self.won | self.at_x | self.ads_mar),
            ("cost_per_lead", self.both | self.at_x | self.at_y | self.ads_feb | self.ads_mar),
        ):
            with self.subTest(measure):
                self.assertEqual(self._open(measure), leads)

    def test_archived_leads_open_as_well(self):
        self.assertEqual(self._open(domain=[("is_archived", "=", True)]), self.lost)

    def test_without_a_measure_all_leads_of_a_cell_open(self):
        self.assertEqual(
            self._open("__count", [("source_id", "=", self.ads.id)]), self.ads_feb | self.ads_mar
        )

    def test_what_is_no_measure_is_refused(self):
        with self.assertRaisesRegex(UserError, "no measure"):
            self._open("name; DROP TABLE")

    def test_a_rep_opens_no_more_than_he_may_see(self):
        rows = self.env["lead.funnel.report"].with_user(self.user_rep)
        theirs = self._make("theirs", "2026-03-01 00:00:00", user_id=self.user_marketing.id)

        action = rows.action_open_leads([("lead_id", "in", [theirs.id, self.ads_mar.id])])
        leads = self.env["crm.lead"].with_user(self.user_rep).search(action["domain"])

        self.assertEqual(leads, self.ads_mar)
        with self.assertRaises(UserError):
            rows.action_open_leads([], "cost_per_lead")

    def test_a_row_opens_its_lead(self):
        row = self._get_report().search([("lead_id", "=", self.lost.id)])

        self.assertEqual(row.action_open_lead()["res_id"], self.lost.id)

    def test_bases_say_of_how_many_leads_a_rate_is(self):
        report = self._get_report()
        bases = report.get_measure_bases()["base_by_measure"]
        domain = [("lead_id", "in", self.leads.ids)]
        names = ["accepted_rate_pct", "capture_touch_24_pct", "cost_per_sql", "cost_per_lead"]

        counts = report._read_group(domain, [], [bases[name] for name in names])[0]

        self.assertEqual(counts, (3, 4, 2, 5))
        self.assertNotIn("mql_count", bases)

    def test_the_drawn_funnel_has_its_stages_and_rates(self):
        funnel = self._get_report().get_funnel([("lead_id", "in", self.leads.ids)])

        self.assertEqual(
            [(stage["measure"], stage["count"], stage["base"]) for stage in funnel["stages"]],
            [
                ("inquiry_count", 11, False),
                ("mql_count", 6, 11),
                ("offered_count", 3, 6),
                ("accepted_count", 1, 3),
                ("sql_count", 5, 1),
                ("won_count", 3, 5),
            ],
        )
        self.assertAlmostEqual(funnel["stages"][3]["rate"], 100 / 3, 6)
        self.assertEqual(funnel["uncosted"], 6)

    def test_the_drawn_funnel_of_nobody_is_empty(self):
        funnel = self._get_report().get_funnel([("lead_id", "=", 0)])

        self.assertEqual({stage["count"] for stage in funnel["stages"]}, {0})
        self.assertEqual({stage["rate"] for stage in funnel["stages"]}, {False})

    def test_a_rep_is_told_nothing_of_costs_in_the_drawn_funnel(self):
        funnel = self.env["lead.funnel.report"].with_user(self.user_rep).get_funnel([])

        self.assertIs(funnel["uncosted"], False)
