import json

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .funnel_common import LeadFunnelCase


@tagged("post_install", "-at_install")
class TestShowScorecardCases(LeadFunnelCase):
    """Show Y (03-09 to 03-10, 90 dollars) with an archived, a recycled and a referred visitor.

    With ``both`` and ``at_y`` it had five; ``both`` is put down to show X with its money.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        shows = cls.env["lead.trade.show"].with_context(active_test=False).search([])
        others = shows - cls.show_x - cls.show_y
        others.write({"date_begin": "2030-01-01", "date_end": "2030-01-02"})
        visitors = cls.lost | cls.recycled | cls.referred
        cls.env["lead.show.visit"].create(
            [
                {
                    "lead_id": lead.id,
                    "trade_show_id": cls.show_y.id,
                    "captured_at": "2026-03-10 00:00:00",
                }
                for lead in visitors
            ]
        )
        cls._tell_moments(*visitors, first_touch_deadline=None)
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _get_page(self, show, user=None):
        shows = show.with_user(user or self.user_marketing)
        [page] = shows.with_context(allowed_company_ids=self.company_a.ids)._get_scorecard_pages()
        return page

    def _get_figures(self, show):
        shows = show.with_user(self.user_marketing)
        [card] = shows.with_context(allowed_company_ids=self.company_a.ids)._get_scorecard_figures()
        return card["figures_by_show"][show]

    def test_archived_recycled_and_referred_visitors_count(self):
        figures = self._get_figures(self.show_y)

        values = {name: figure.value for name, figure in figures.items()}
        # qualified: lost, recycled, referred; 90 over four leads; 1000 for 90
        self.assertEqual(
            [values[name] for name in ("lead", "qualified", "won", "revenue", "cost")],
            [5, 3, 1, 1000, 90],
        )
        self.assertEqual(figures["qualified"].rate, 60)
        self.assertEqual((values["cost_per_lead"], figures["cost_per_lead"].base), (22.5, 4))
        self.assertAlmostEqual(values["return"], 100 * 910 / 90, 6)
        # the touches of the lost one were before the show
        self.assertEqual(values["touches"], 0)

    def test_each_of_them_opens(self):
        for name, leads in (
            ("lead", self.both | self.at_y | self.lost | self.recycled | self.referred),
            ("qualified", self.lost | self.recycled | self.referred),
            ("won", self.referred),
            ("costed", self.at_y | self.lost | self.recycled | self.referred),
        ):
            with self.subTest(name):
                figure = json.dumps([name, self.show_y.id, None, []])
                found = self.leads.search([("show_figure", "=", figure)])
                self.assertEqual(found, leads)

    def test_the_show_s_own_form_divides_its_cost_by_the_same_leads(self):
        shows = (self.show_x | self.show_y).with_user(self.user_marketing)

        self.assertEqual(shows.mapped("cost_per_lead"), [250, 22.5])
        self.assertEqual(shows.mapped("lead_count"), [2, 5])
        self.company_a.lead_show_credit = "last"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(shows.mapped("cost_per_lead"), [500, 18])

    def test_a_show_without_leads_has_no_cost_a_lead(self):
        empty = self._make_show(name="Empty Hall")
        self.env["lead.show.cost"].create({"trade_show_id": empty.id, "amount": 70})

        self.assertEqual((empty.cost_total, empty.cost_per_lead), (70, 0))

    def test_costs_a_lead_of_many_shows_take_as_many_queries_as_of_one(self):
        def count(shows):
            self.env.invalidate_all()
            shows.mapped("cost_ids.company_amount")
            shows.mapped("lead_count")
            before = self.env.cr.sql_log_count
            shows.mapped("cost_per_lead")
            return self.env.cr.sql_log_count - before

        both = self.show_x | self.show_y
        count(both)  # what is cached is asked for once

        self.assertEqual(count(both), count(self.show_x))

    def test_who_is_not_due_is_not_shown_as_nobody_contacted(self):
        cells = {row["label"]: row["cells"][0] for row in self._get_page(self.show_x)["rows"]}

        cell = cells["First contact within 48 hours"]
        self.assertEqual((cell["text"], cell["note"]), ("–", "none due yet"))
        over = {row["label"]: row["cells"][0] for row in self._get_page(self.show_y)["rows"]}
        self.assertEqual(over["First contact within 48 hours"]["text"], "0")

    def test_a_page_with_nothing_says_what_it_waits_for(self):
        empty = self._make_show(name="Empty Hall", date_begin="2026-03-11", date_end="2026-03-12")

        missing = " ".join(self._get_page(empty)["missing"])

        for word in ("No visitor is entered", "What the show cost", "No goal is set"):
            self.assertIn(word, missing)
        html = empty.with_user(self.user_marketing).get_scorecard_html()
        self.assertIn(f'data-show="{empty.id}"', html)

    def test_a_page_that_has_all_waits_for_nothing(self):
        self.show_y.goal_lead_count = 3

        self.assertEqual(self._get_page(self.show_y)["missing"], [])

    def test_before_it_begins_no_visitor_is_missing(self):
        soon = self._make_show(name="Soon", date_begin="2026-04-01", date_end="2026-04-02")

        self.assertNotIn("No visitor", " ".join(self._get_page(soon)["missing"]))

    def test_who_may_not_see_costs_is_not_asked_for_them(self):
        reader = self._make_user("rita", "sales_team.group_sale_salesman_all_leads")
        empty = self._make_show(name="Empty Hall")

        self.assertNotIn("cost", " ".join(self._get_page(empty, reader)["missing"]).lower())

    def test_a_day_is_one_day(self):
        with freeze_time("2026-03-21 12:00:00"):
            page = self._get_page(self.show_x)

        self.assertIn("each as it stood a day after its closing", page["compared"])

    def test_what_is_no_figure_is_refused_in_words(self):
        for text in (
            False,
            json.dumps([["lead"], self.show_y.id, None, []]),
            json.dumps([{}, self.show_y.id, None, []]),
            json.dumps(["lead", 2**40, None, []]),
            json.dumps(["lead", self.show_y.id, 5, []]),
            json.dumps(["lead", self.show_y.id, None, ["\0"]]),
            "[" * 9000,
        ):
            with self.subTest(str(text)[:40]), self.assertRaisesRegex(UserError, "no figure"):
                self.env["crm.lead"].search([("show_figure", "in", [text])])
