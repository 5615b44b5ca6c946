import json

import psycopg2

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.json import json_default

from ..hooks import uninstall_hook
from .funnel_common import LeadFunnelCase


@tagged("post_install", "-at_install")
class TestLeadFunnelCost(LeadFunnelCase):
    """Cost and return of ``funnel_common``: show X 500 dollars, Y 90, ads 40 and 60 for March."""

    def test_costs_are_spread_over_their_leads_and_add_up(self):
        # X over both and at_x; Y over at_y alone; 40 over both ads, 60 over that of March
        by_lead = {lead: cost for lead, cost in self._measure("cost", by="lead_id").items() if cost}

        self.assertEqual(
            by_lead,
            {
                self.both: 250,
                self.at_x: 250,
                self.at_y: 90,
                self.ads_feb: 20,
                self.ads_mar: 80,
            },
        )
        self.assertMeasure("cost", 690)

    def test_cost_a_lead_a_sql_and_a_customer_are_of_leads_with_a_cost(self):
        # with a cost: both, at_x, at_y, ads_feb, ads_mar; SQL: at_x, ads_mar; customer: at_x
        self.assertMeasure("costed_count", 5)
        self.assertMeasure("uncosted_count", 6)
        self.assertMeasure("cost_per_lead", 690 / 5)
        self.assertMeasure("cost_per_sql", 690 / 2)
        self.assertMeasure("cost_per_customer", 690)

    def test_return_compares_revenue_and_cost_of_the_same_leads(self):
        self.assertMeasure("revenue", 9000 + 1000 + 2070)
        self.assertMeasure("costed_revenue", 2070)
        self.assertMeasure("return_pct", 100 * (2070 - 690) / 690)

    def test_return_by_show(self):
        # X: 2070 for 500; Y: nothing for 90; elsewhere nothing for 100
        by_show = self._measure("return_pct", "cost_per_customer", by="trade_show_id")

        self.assertEqual(by_show[self.show_x], (314, 500))
        self.assertEqual(by_show[self.show_y], (-100, False))

    def test_a_single_lead_states_what_its_group_would(self):
        names = ("return_pct", "cost_per_sql", "cost_per_customer")
        rows = {row.lead_id: row for row in self._get_report().search([])}

        # at_x: 2070 for 250, SQL and won; ads_mar: nothing for 80, SQL; both: nothing for 250
        expected = {
            self.at_x: (728, 250, 250),
            self.ads_mar: (-100, 80, 0),
            self.both: (-100, 0, 0),
            self.won: (0, 0, 0),
        }
        for lead, figures in expected.items():
            with self.subTest(lead.name):
                self.assertEqual(tuple(rows[lead][name] for name in names), figures)

    def test_leads_are_found_and_compared_by_return_and_not_by_cost(self):
        rows = self._get_report()
        ours = [("lead_id", "in", self.leads.ids)]

        found = rows.search([*ours, ("return_pct", ">", 0)]).lead_id
        self.assertEqual(found, self.at_x)
        self.assertFalse(rows.search([*ours, ("return_pct", ">", 728)]))
        self.assertEqual(
            rows.search([*ours, ("cost_per_customer", "!=", False)]).lead_id, self.at_x
        )
        specs = [
            f"{name}:{end}" for name in ("return_pct", "cost_per_sql") for end in ("min", "max")
        ]
        by_hand = (-100, 728, 80, 250)
        self.assertEqual(rows._read_group(ours, [], specs), [by_hand])
        by_company = rows._read_group(ours, ["company_id"], specs)
        self.assertEqual(by_company, [(self.company_a, *by_hand)])

    def test_what_cost_nothing_is_among_the_leads_of_a_return(self):
        self.env["lead.show.cost"].create({"source_id": self.web.id, "amount": 0})
        rows = self._get_report()
        ours = [("lead_id", "in", self.leads.ids)]

        counted = 5 + 5  # those of the web in company A; both, at_x, at_y and the ads
        for by in ([], ["company_id"]):
            for name in ("return_pct", "cost_per_sql"):
                with self.subTest(name, by=by):
                    [row] = rows._read_group(ours, by, [f"{name}:count"])
                    self.assertEqual(row[-1], counted)
        measured = rows.search_count([*ours, ("measured", "=", "return_pct")])
        self.assertEqual(measured, counted)

    def test_what_was_free_is_costed_and_has_no_return(self):
        self.env["lead.show.cost"].create({"source_id": self.web.id, "amount": 0})
        web = [("source_id", "=", self.web.id)]

        self.assertMeasure("costed_count", 5, domain=web)
        self.assertMeasure("cost_per_lead", 0, domain=web)
        self.assertMeasure("return_pct", False, domain=web)

    def test_without_any_cost_nothing_is_said_of_cost(self):
        web = [("source_id", "=", self.web.id)]

        for name in ("cost", "cost_per_lead", "cost_per_sql", "return_pct"):
            with self.subTest(name):
                self.assertMeasure(name, False, domain=web)

    def test_money_goes_to_the_latest_show_where_the_setting_says_so(self):
        self.company_a.lead_show_credit = "last"
        self.env.flush_all()

        by_lead = self._measure("cost", by="lead_id")

        self.assertEqual(
            [by_lead[lead] for lead in (self.at_x, self.both, self.at_y)], [500, 45, 45]
        )
        self.assertMeasure("cost", 690)

    def test_foreign_costs_count_by_the_rate_of_their_date(self):
        early = self.costs[1].copy({"date": "2026-02-01"})

        self.assertEqual((self.costs[1].company_amount, early.company_amount), (200, 400))
        self.assertEqual(self.show_x.cost_total, 900)

    def test_a_rate_entered_later_changes_the_costs_of_its_days(self):
        early = self.costs[1].copy({"date": "2026-02-01"})

        self.env["res.currency.rate"].create(
            {
                "currency_id": self.euro.id,
                "name": "2026-03-12",
                "rate": 1,
                "company_id": self.company_a.id,
            }
        )

        self.assertEqual((self.costs[1].company_amount, early.company_amount), (100, 400))

    def test_companies_seen_together_count_in_the_currency_one_works_in(self):
        both = self.company_a | self.company_b

        # A's 690 and 12,070 dollars, B's 10 and 500 euros
        self.assertMeasure("cost", 690 + 20, companies=both)
        self.assertMeasure("revenue", 12070 + 1000, companies=both)
        self.assertMeasure("cost", 10, companies=self.company_b)
        self.assertMeasure("revenue", 500, companies=self.company_b)
        self.assertMeasure("cost", 10 + 345, companies=self.company_b | self.company_a)

    def test_a_cost_of_one_company_is_not_spread_over_leads_of_another(self):
        by_lead = self._measure("cost", by="lead_id", companies=self.company_a | self.company_b)

        self.assertEqual((by_lead[self.ads_mar], by_lead[self.b_ads]), (80, 20))

    def test_a_lead_without_a_company_is_of_the_first_company(self):
        self.env.cr.execute("UPDATE crm_lead SET company_id = NULL WHERE id = %s", self.ads_feb.ids)
        self.env.invalidate_all()
        first = self.env["res.company"]._get_first_company_id()
        self.assertEqual(self.company_a.id, first)

        self.assertMeasure("cost", 20, domain=[("lead_id", "=", self.ads_feb.id)])

    def test_a_cost_says_over_how_many_leads_it_is_spread(self):
        counts = [(cost.lead_count, cost.cost_per_lead) for cost in self.costs]

        self.assertEqual(counts, [(2, 150), (2, 100), (1, 90), (2, 20), (1, 60), (1, 10)])

    def test_a_cost_without_leads_says_so(self):
        cost = self.env["lead.show.cost"].create(
            {
                "source_id": self.ads.id,
                "amount": 50,
                "period": "month",
                "date": "2026-01-01",
            }
        )

        self.assertEqual((cost.lead_count, cost.cost_per_lead), (0, False))

    def test_the_leads_of_a_cost_open(self):
        for cost, leads in (
            (self.costs[0], self.both | self.at_x),
            (self.costs[3], self.ads_feb | self.ads_mar),
            (self.costs[4], self.ads_mar),
            (self.costs[5], self.b_ads),
        ):
            with self.subTest(cost.id):
                action = cost.action_open_leads()
                found = self.leads.search(action["domain"])
                self.assertEqual(found, leads)

    def test_monthly_costs_repeat_up_to_this_month_once(self):
        costs = self.env["lead.show.cost"]
        rent = costs.create(
            {"source_id": self.web.id, "amount": 5, "period": "month", "date": "2025-12-31"}
        )

        rent.action_repeat_monthly()

        dates = costs.search([("source_id", "=", self.web.id)], order="date").mapped("date")
        self.assertEqual(
            [str(date) for date in dates], ["2025-12-31", "2026-01-01", "2026-02-01", "2026-03-01"]
        )
        with self.assertRaisesRegex(Exception, "Nothing is left to repeat"):
            rent.action_repeat_monthly()

    def _make_monthly(self, date, amount=100, **vals):
        return self.env["lead.show.cost"].create(
            {
                "source_id": self.web.id,
                "amount": amount,
                "period": "month",
                "date": date,
                **vals,
            }
        )

    def _get_web_costs(self):
        costs = self.env["lead.show.cost"].search([("source_id", "=", self.web.id)], order="date")
        return sorted((str(cost.date), cost.amount) for cost in costs)

    def test_all_months_of_one_cost_selected_repeat_once(self):
        costs = self._make_monthly("2026-01-31") | self._make_monthly("2026-02-01", 120)

        costs.action_repeat_monthly()

        self.assertEqual(
            self._get_web_costs(),
            [("2026-01-31", 100), ("2026-02-01", 120), ("2026-03-01", 120)],
        )

    def test_two_costs_of_one_name_repeat_each(self):
        cheap, dear = self._make_monthly("2026-02-01", 50), self._make_monthly("2026-02-01", 90)

        cheap.action_repeat_monthly()
        self.assertEqual(
            self._get_web_costs(), [("2026-02-01", 50), ("2026-02-01", 90), ("2026-03-01", 50)]
        )
        (cheap | dear).action_repeat_monthly()

        self.assertEqual(self._get_web_costs()[2:], [("2026-03-01", 50), ("2026-03-01", 90)])

    def test_costs_of_another_name_or_company_are_not_repeated_along(self):
        cost = self._make_monthly("2026-02-01")
        self._make_monthly("2026-02-01", 7, name="Agency")
        self._make_monthly("2026-03-01", 8, company_id=self.company_b.id)

        cost.action_repeat_monthly()

        self.assertEqual(
            self._get_web_costs(),
            [("2026-02-01", 7), ("2026-02-01", 100), ("2026-03-01", 8), ("2026-03-01", 100)],
        )

    def test_a_month_opens_the_leads_it_counts_east_and_west_of_utc(self):
        # in Tehran already April 1st; in Los Angeles still February
        self._tell_moments(self.ads_feb, create_date="2026-03-01 02:00:00")
        self._tell_moments(self.ads_mar, create_date="2026-03-31 22:00:00")
        march = self.costs[4]
        self.assertEqual(march.lead_count, 2)

        for tz in ("Asia/Tehran", "America/Los_Angeles"):
            with self.subTest(tz):
                action = march.with_context(tz=tz).action_open_leads()
                domain = json.loads(json.dumps(action["domain"], default=json_default))
                found = self.leads.with_context(tz=tz).search(domain)
                self.assertEqual(found, self.ads_feb | self.ads_mar)

    def test_revenue_without_a_company_is_converted_like_its_cost(self):
        self.env.cr.execute(
            "UPDATE crm_lead SET company_id = NULL, source_id = %s WHERE id = %s",
            (self.ads.id, self.referred.id),
        )
        self.env.invalidate_all()
        domain = [("lead_id", "=", self.referred.id)]

        # of company A: 1000 dollars, and of its 40 and 60 a third and a half
        self.assertMeasure("revenue", 1000, domain=domain)
        self.assertMeasure("revenue", 500, domain=domain, companies=self.company_b)
        self.assertMeasure("cost", (40 / 3 + 30) / 2, domain=domain, companies=self.company_b)

    def test_costs_follow_the_currency_of_their_company(self):
        cost = self.costs[5]
        self.assertEqual((cost.currency_id, cost.company_amount), (self.euro, 10))

        self.company_b.currency_id = self.dollar

        self.assertEqual(cost.company_amount, 20)

    def test_uninstalling_leaves_the_costs_of_shows_in_company_currency(self):
        uninstall_hook(self.env)

        costs = self.show_x.cost_ids
        self.assertEqual(sorted(costs.mapped("amount")), [200, 300])
        self.assertEqual(costs.currency_id, self.dollar)
        self.assertFalse(self.costs[3:].exists())

    @mute_logger("odoo.sql_db")
    def test_a_cost_is_for_exactly_one_thing(self):
        costs = self.env["lead.show.cost"]
        for vals in (
            {"amount": 1},
            {"amount": 1, "source_id": self.web.id, "trade_show_id": self.show_x.id},
        ):
            with (
                self.subTest(vals),
                self.assertRaises(psycopg2.errors.CheckViolation),
                self.env.cr.savepoint(),
            ):
                costs.create(vals)

    @mute_logger("odoo.sql_db")
    def test_a_show_costs_nothing_by_the_month(self):
        with self.assertRaises(psycopg2.errors.CheckViolation), self.env.cr.savepoint():
            self.costs[0].write({"period": "month"})
            self.env.flush_all()

    def test_costs_are_for_managers(self):
        for name in ("cost", "cost_per_lead", "cost_per_sql", "return_pct"):
            with self.subTest(name), self.assertRaises(AccessError):
                self._measure(name, user=self.user_rep)
        self.assertEqual(self._measure("cost_per_lead", user=self.user_marketing), 138)

    def test_counting_leads_costs_the_same_queries_for_many_costs_as_for_few(self):
        def cost(costs):
            self.env.invalidate_all()
            costs.mapped("company_amount")
            before = self.env.cr.sql_log_count
            costs.mapped("lead_count")
            return self.env.cr.sql_log_count - before

        cost(self.costs)  # what is cached is asked for once
        few = self.costs[0] | self.costs[1] | self.costs[5]  # both companies and currencies
        self.assertEqual(cost(self.costs), cost(few))
