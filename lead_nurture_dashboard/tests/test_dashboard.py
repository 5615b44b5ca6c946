import io
import json
import re

from odoo.tests import tagged
from odoo.tools import file_open
from odoo.tools.translate import extract_spreadsheet_terms

from odoo.addons.lead_nurture.tests.funnel_common import LeadFunnelCase

DASHBOARD = "lead_nurture_dashboard.spreadsheet_dashboard_leads"


@tagged("post_install", "-at_install")
class TestDashboard(LeadFunnelCase):
    """What the dashboard reads, over the world of the funnel that was worked out by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dashboard = cls.env.ref(DASHBOARD)
        cls.data = json.loads(cls.dashboard.spreadsheet_data)
        with file_open(cls.dashboard.sample_dashboard_file_path) as file:
            cls.sample = json.load(file)

    def _read(self, number, domain=()):
        """Return ``[{spec: value}]`` of a pivot, a row a group and the total last.

        As the spreadsheet reads it.
        """
        pivot = self.data["pivots"][number]
        rows = [
            f"{row['fieldName']}:{row['granularity']}" if "granularity" in row else row["fieldName"]
            for row in pivot["rows"]
        ]
        specs = [f"{item['fieldName']}:{item['aggregator']}" for item in pivot["measures"]]
        domain = [("lead_id", "in", self.leads.ids), *pivot["domain"], *domain]
        groups = self._get_report().formatted_read_grouping_sets(
            domain, [rows, []] if rows else [[]], specs
        )
        return [row for rows in groups for row in rows]

    def _get_fields(self, chain, model):
        """Walk ``chain`` of fields from ``model``; fail where one does not exist."""
        model = self.env[model]
        for name in chain.split("."):
            self.assertIn(name, model._fields)
            field = model._fields[name]
            model = self.env[field.comodel_name] if field.relational else model
        return field

    def test_the_totals_are_those_of_the_funnel(self):
        [totals] = self._read("1")

        # the counts and rates of test_lead_funnel, the money of test_lead_funnel_cost
        counts = ("inquiry", "mql", "offered", "accepted", "sql", "won")
        self.assertEqual([totals[f"{name}_count:sum"] for name in counts], [11, 6, 3, 1, 5, 3])
        self.assertAlmostEqual(totals["mql_rate_pct:avg"], 100 * 6 / 11, 6)
        self.assertAlmostEqual(totals["sql_rate_pct:avg"], 100 * 5 / 6, 6)
        self.assertAlmostEqual(totals["won_rate_pct:avg"], 100 * 3 / 5, 6)
        self.assertAlmostEqual(totals["capture_touch_48_pct:avg"], 75, 6)
        self.assertEqual(totals["capture_touch_48_pct:count"], 4)
        self.assertAlmostEqual(totals["capture_touch_hours:avg"], 12, 6)
        self.assertAlmostEqual(totals["revenue:sum"], 12070, 6)

    def test_each_figure_of_each_pivot_is_the_funnels(self):
        for number, pivot in self.data["pivots"].items():
            measures = [item for item in pivot["measures"] if item["aggregator"] != "count"]
            with self.subTest(pivot["name"]):
                total = self._read(number)[-1]

                for item in measures:
                    name = item["fieldName"]
                    self.assertEqual(
                        total[f"{name}:{item['aggregator']}"],
                        self._measure(name, domain=pivot["domain"]),
                    )

    def test_cost_and_return_stand_by_show_and_in_total(self):
        names = ("inquiry_count", "cost", "revenue", "return_pct")
        at_shows = [("trade_show_id", "!=", False)]
        *rows, total = self._read("4")
        expected = self._measure(*names, by="trade_show_id", domain=at_shows)

        found = {
            row["trade_show_id"][0]: [row["inquiry_count:sum"], row["return_pct:avg"]]
            for row in rows
        }

        self.assertEqual(
            found, {show.id: [values[0], values[3]] for show, values in expected.items()}
        )
        # a ratio of sums: show X 2 leads, 500 spent, 2070 won; show Y 1 lead, 90 spent, nothing
        self.assertAlmostEqual(total["cost:sum"], 590, 6)
        self.assertAlmostEqual(total["return_pct:avg"], 100 * (2070 - 590) / 590, 6)

    def test_a_filter_narrows_every_pivot_to_its_leads(self):
        at_x = [("trade_show_id", "=", self.show_x.id)]

        for number in self.data["pivots"]:
            with self.subTest(number):
                chain = self.data["pivots"][number]["fieldMatching"]["show"]["chain"]
                self.assertEqual(chain, "trade_show_id")
        [totals] = self._read("1", at_x)
        self.assertEqual(totals["inquiry_count:sum"], 2)

    def test_without_a_lead_there_are_no_figures_and_no_error(self):
        for number in self.data["pivots"]:
            with self.subTest(number):
                self.assertEqual(self._read(number, [("lead_id", "=", 0)]), [])

    def test_each_filter_finds_its_field_everywhere(self):
        models = {item["id"]: item.get("modelName") for item in self.data["globalFilters"]}

        for pivot in self.data["pivots"].values():
            self.assertEqual(pivot["fieldMatching"].keys(), models.keys())
            for name, match in pivot["fieldMatching"].items():
                field = self._get_fields(match["chain"], pivot["model"])
                self.assertEqual(field.type, match["type"])
                self.assertEqual(field.comodel_name, models[name])

    def test_the_period_before_is_matched_one_period_back(self):
        offsets = {
            pivot["name"]: pivot["fieldMatching"]["period"]["offset"]
            for pivot in self.data["pivots"].values()
        }

        self.assertEqual(offsets.pop("The period before"), -1)
        self.assertEqual(set(offsets.values()), {0})

    def test_leaks_are_those_of_process_health(self):
        leaks = self.data["lists"]["1"]
        checks = self.env[leaks["model"]].with_user(self.user_marketing)

        rows = checks.search_read(leaks["domain"], leaks["columns"])

        self.assertEqual([row["name"] for row in rows], checks.search([]).mapped("name"))
        self.assertEqual([row["count"] for row in rows], checks.search([]).mapped("count"))

    def test_few_leads_are_marked_as_in_the_funnel(self):
        small = self._get_report().get_measure_bases()["small"]
        formulas = [
            cell for sheet in self.data["sheets"] for cell in sheet["cells"].values() if "⚠" in cell
        ]

        self.assertEqual(
            {limit for cell in formulas for limit in re.findall(r"<(\d+)", cell)}, {str(small)}
        )
        self.assertIn(f"fewer than {small} leads", formulas[0])

    def test_every_word_shown_can_be_translated(self):
        for data in (self.data, self.sample):
            terms = {
                term
                for _line, _name, term, _comment in extract_spreadsheet_terms(
                    io.StringIO(json.dumps(data)), (), (), {}
                )
            }
            plain = [
                cell
                for sheet in data["sheets"]
                for cell in sheet["cells"].values()
                if not cell.startswith(("=", "[")) and any(sign.isalpha() for sign in cell)
            ]

            self.assertIn("Cost and Return by Show", terms)
            self.assertIn("Contacted in 48 h", terms)
            self.assertEqual(plain, self._get_invented() if data is self.sample else [])

    def _get_invented(self):
        """Return the names and notes of the sample, which nobody translates."""
        return [
            cell
            for sheet in self.sample["sheets"]
            for cell in sheet["cells"].values()
            if cell[0] not in "=[" and not cell[0].isdigit()
        ]

    def test_no_colour_has_to_be_told_from_another(self):
        charts = [
            figure["data"]
            for data in (self.data, self.sample)
            for sheet in data["sheets"]
            for figure in sheet["figures"]
            if figure["data"]["type"] != "scorecard"
        ]

        self.assertEqual(len(charts), 2 * 7)
        for chart in charts:
            self.assertEqual(len(chart["dataSets"]), 1, chart["title"])
            self.assertTrue(chart["showValues"])

    def test_a_long_period_loses_its_oldest_months(self):
        [month] = self.data["pivots"]["3"]["rows"]

        self.assertEqual(month["order"], "desc")

    def test_the_sample_reads_nothing_and_looks_alike(self):
        self.assertFalse(self.sample["pivots"] or self.sample["lists"])
        places = [
            [(figure["id"], figure["row"], figure["width"]) for figure in sheet["figures"]]
            for data in (self.data, self.sample)
            for sheet in data["sheets"]
        ]

        self.assertEqual(places[:2], places[2:])
        self.assertNotIn("PIVOT", json.dumps(self.sample))

    def test_sales_managers_alone_have_it(self):
        dashboards = self.env["spreadsheet.dashboard"]
        menu = "lead_nurture_dashboard.spreadsheet_dashboard_menu_leads"

        for user, sees in ((self.user_marketing, True), (self.user_rep, False)):
            with self.subTest(user.name):
                found = dashboards.with_user(user).search([("id", "=", self.dashboard.id)])
                self.assertEqual(bool(found), sees)
                menus = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
                self.assertEqual(self.env.ref(menu).id in menus, sees)
