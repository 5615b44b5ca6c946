from datetime import datetime

from odoo.tests import tagged
from odoo.tools import SQL

from .funnel_common import LeadFunnelCase


@tagged("post_install", "-at_install")
class TestLeadFunnel(LeadFunnelCase):
    """The figures of company A, worked out by hand over the leads of ``funnel_common``."""

    def test_every_lead_counts_once_for_each_stage_it_reached(self):
        # MQL: won, lost, recycled, referred, at_x, ads_mar; SQL: the same without lost;
        # offered: won, lost (twice, counted once), ads_mar; accepted: won
        names = ["inquiry_count", "mql_count", "offered_count", "accepted_count", "sql_count"]

        self.assertEqual(self._measure(*names, "won_count"), (11, 6, 3, 1, 5, 3))

    def test_archived_and_lost_leads_are_in_every_stage(self):
        domain = [("is_archived", "=", True)]

        counts = self._measure(
            "inquiry_count", "mql_count", "offered_count", "sql_count", domain=domain
        )

        self.assertEqual(counts, (1, 1, 1, 0))

    def test_rates_are_ratios_of_sums(self):
        self.assertMeasure("mql_rate_pct", 100 * 6 / 11)
        self.assertMeasure("offered_rate_pct", 100 * 3 / 6)
        self.assertMeasure("accepted_rate_pct", 100 * 1 / 3)
        self.assertMeasure("sql_of_accepted_pct", 100)
        self.assertMeasure("sql_rate_pct", 100 * 5 / 6)
        self.assertMeasure("won_rate_pct", 100 * 3 / 5)
        self.assertMeasure("won_of_inquiries_pct", 100 * 3 / 11)

    def test_a_rate_over_all_is_no_average_of_the_rates_of_its_groups(self):
        # web 3 of 5, ads 1 of 2, the others 2 of 4; their plain average would be 53.3
        by_source = self._measure("mql_rate_pct", by="source_id")

        self.assertEqual(by_source, {self.web: 60, self.ads: 50, self.env["utm.source"]: 50})
        self.assertMeasure("mql_rate_pct", 100 * 6 / 11)

    def test_rates_in_a_pivot_are_ratios_of_sums_at_every_level(self):
        report = self._get_report()
        domain = [("lead_id", "in", self.leads.ids)]

        total, by_source, by_month = report.formatted_read_grouping_sets(
            domain,
            [[], ["source_id"], ["date:month", "source_id"]],
            ["mql_rate_pct:avg", "capture_touch_hours:avg", "cost_per_lead:avg"],
        )

        self.assertAlmostEqual(total[0]["mql_rate_pct:avg"], 100 * 6 / 11, 6)
        self.assertEqual(total[0]["capture_touch_hours:avg"], 12)
        self.assertEqual(total[0]["cost_per_lead:avg"], 138)
        rates = {group["source_id"][0]: group["mql_rate_pct:avg"] for group in by_source[:2]}
        self.assertEqual(rates, {self.web.id: 60, self.ads.id: 50})
        ads = [group for group in by_month if group["source_id"] == (self.ads.id, "Some ads")]
        self.assertEqual([group["mql_rate_pct:avg"] for group in ads], [0, 100])

    def test_nothing_to_divide_by_is_empty_not_zero(self):
        domain = [("lead_id", "=", self.at_y.id)]

        for name in (
            "offered_rate_pct",
            "accepted_rate_pct",
            "won_rate_pct",
            "days_to_mql",
            "capture_touch_hours",
            "touches_to_win",
            "cost_per_sql",
            "cost_per_customer",
        ):
            with self.subTest(name):
                self.assertMeasure(name, False, domain=domain)
        self.assertMeasure("mql_rate_pct", 0, domain=domain)

    def test_no_lead_at_all_is_empty_everywhere(self):
        report = self._get_report()
        names = report._get_measure_names()

        values = self._measure(*names, domain=[("lead_id", "=", 0)])

        self.assertEqual(set(values), {False})

    def test_days_between_leave_out_what_has_not_come_as_far_again(self):
        # to MQL: won 2, lost 1, recycled 9, at_x 8, ads_mar 1
        self.assertMeasure("days_to_mql", 21 / 5)
        # to the first offer: won 0.5, lost 0, ads_mar 0
        self.assertMeasure("days_to_offer", 0.5 / 3)
        self.assertMeasure("days_to_accept", 1)
        # won 1.5, at_x 2, ads_mar 1; recycled was SQL before it was MQL again
        self.assertMeasure("days_to_sql", 1.5)
        # won 10, at_x 1; referred was never SQL by a date
        self.assertMeasure("days_to_win", 5.5)
        # won 13.5, referred 10, at_x 11
        self.assertMeasure("days_in_all", 11.5)

    def test_days_to_accept_are_those_of_the_first_acceptance(self):
        # accepted after 1 day, given back; accepted by another after 6 hours
        self.env["lead.handover"].create(
            {
                "lead_id": self.won.id,
                "user_id": self.user_marketing.id,
                "offered_at": "2026-03-06 00:00:00",
                "answered_at": "2026-03-06 06:00:00",
                "state": "accepted",
            }
        )

        self.assertMeasure("days_to_accept", 1)

    def test_speed_from_capture_tells_automatic_and_human_apart(self):
        # won 6 h and 36 h, lost 30 h and 30 h, recycled 12 h since it came back; asked was missed
        self.assertMeasure("capture_touch_hours", 12)
        self.assertMeasure("capture_touch_24_pct", 100 * 2 / 4)
        self.assertMeasure("capture_touch_48_pct", 100 * 3 / 4)
        self.assertMeasure("capture_human_hours", 33)
        self.assertMeasure("capture_human_24_pct", 0)
        self.assertMeasure("capture_human_48_pct", 100 * 2 / 4)

    def test_speed_from_qualification_is_zero_for_who_was_contacted_before(self):
        # touch: won 0, lost 6, recycled 0; human: won 0, lost 6, recycled missed
        self.assertMeasure("mql_touch_hours", 0)
        self.assertMeasure("mql_touch_24_pct", 100)
        self.assertMeasure("mql_touch_48_pct", 100)
        self.assertMeasure("mql_human_hours", 3)
        self.assertMeasure("mql_human_24_pct", 100 * 2 / 3)
        self.assertMeasure("mql_human_48_pct", 100 * 2 / 3)

    def test_who_is_owed_no_contact_is_not_missed(self):
        domain = [("lead_id", "in", [self.student.id, self.asked.id])]

        self.assertMeasure("capture_touch_24_pct", 0, domain=domain)
        student = [("lead_id", "=", self.student.id)]
        self.assertMeasure("capture_touch_24_pct", False, domain=student)

    def test_whose_hours_still_run_is_not_missed_yet(self):
        domain = [("lead_id", "=", self.asked.id)]
        self._tell_moments(self.asked, create_date="2026-03-19 06:00:00")  # 30 hours ago

        self.assertMeasure("capture_touch_24_pct", 0, domain=domain)
        self.assertMeasure("capture_touch_48_pct", False, domain=domain)

    def test_a_visitor_counts_from_his_scan_not_from_the_import(self):
        domain = [("lead_id", "=", self.at_y.id)]
        self._tell_moments(self.at_y, create_date="2026-03-15 00:00:00")
        self.at_y.visit_ids.first_touch_at = "2026-03-12 00:00:00"

        self.assertMeasure("capture_touch_hours", 48, domain=domain)

    def test_each_show_has_the_speed_of_its_own_visit(self):
        # X 03-02, touched after 10 and 20 h; Y 03-10, whose clock began anew, after 30 h
        of_x, of_y = self.both.visit_ids.sorted("captured_at")
        of_x.write(
            {
                "first_touch_at": "2026-03-02 10:00:00",
                "first_human_touch_at": "2026-03-02 20:00:00",
            }
        )
        of_y.first_touch_at = "2026-03-11 06:00:00"
        self._tell_moments(self.both, first_touch_at="2026-03-11 06:00:00")
        names = ("capture_touch_hours", "capture_human_hours", "capture_touch_24_pct")
        both = [("lead_id", "=", self.both.id)]

        first = self._measure(*names, by="trade_show_id", domain=both)
        self.company_a.lead_show_credit = "last"
        self.env.flush_all()
        last = self._measure(*names, by="trade_show_id", domain=both)

        self.assertEqual(first, {self.show_x: (10, 20, 100)})
        self.assertEqual(last, {self.show_y: (30, False, 0)})

    def test_nothing_is_joined_for_what_is_not_asked_for(self):
        report = self._get_report()
        query = report._search([])

        rows = self.env.execute_query(SQL("EXPLAIN %s", query.select(SQL("COUNT(*)"))))

        plan = "\n".join(row for (row,) in rows)
        self.assertIn("crm_lead", plan)
        self.assertNotIn("lead_show_visit", plan)
        self.assertNotIn("lead_show_cost", plan)

    def test_touches_made_count_and_those_to_win_only_before_it(self):
        # won 4 (one after the sale), lost 2, nobody else any
        self.assertMeasure("touch_count", 6)
        self.assertMeasure("touches_per_lead", 6 / 11)
        self.assertMeasure("touched_3_pct", 100 * 1 / 11)
        self.assertMeasure("touches_to_win", 3 / 3)

    def test_leads_of_several_interests_and_segments_are_not_doubled(self):
        pumps, valves = self.env["lead.interest"].create([{"name": "Zpumps"}, {"name": "Avalves"}])
        self.won.interest_ids = pumps | valves
        segments = self.env["lead.segment"].create(
            [
                {"name": "Later", "sequence": 20, "domain": "[('name', '=', 'won')]"},
                {"name": "Earlier", "sequence": 10, "domain": "[('name', '=', 'won')]"},
            ]
        )

        by_interest = self._measure("inquiry_count", by="interest_id")
        by_segment = self._measure("inquiry_count", by="segment_id")

        self.assertEqual(by_interest, {pumps: 1, self.env["lead.interest"]: 10})
        self.assertEqual(by_segment, {segments[1]: 1, self.env["lead.segment"]: 10})
        any_interest = [("lead_id.interest_ids", "in", valves.ids)]
        self.assertMeasure("inquiry_count", 1, domain=any_interest)
        self.assertMeasure(
            "inquiry_count", 1, domain=[("lead_id.segment_ids", "in", segments[0].ids)]
        )

    def test_a_lead_at_two_shows_counts_once_for_the_first(self):
        by_show = self._measure("inquiry_count", by="trade_show_id")
        nowhere = self.env["lead.trade.show"]

        self.assertEqual(by_show, {self.show_x: 2, self.show_y: 1, nowhere: 8})
        self.assertEqual((self.show_x.lead_count, self.show_y.lead_count), (2, 2))
        was_at_y = [("lead_id.visit_ids.trade_show_id", "=", self.show_y.id)]
        self.assertMeasure("inquiry_count", 2, domain=was_at_y)

    def test_recycled_and_referred_leads_can_be_told_apart(self):
        self.assertMeasure("inquiry_count", 1, domain=[("is_recycled", "=", True)])
        self.assertMeasure("won_count", 1, domain=[("is_referred", "=", True)])

    def test_repeat_sales_can_be_told_from_inquiries(self):
        self.ads_feb.repeat_of_id = self.referred

        self.assertMeasure("inquiry_count", 1, domain=[("is_repeat", "=", True)])
        self.assertMeasure("inquiry_count", 10, domain=[("is_repeat", "=", False)])

    def test_months_quarters_and_years_group_by_creation(self):
        report = self._get_report()
        domain = [("lead_id", "in", self.leads.ids)]

        for interval, expected in (
            ("month", {datetime(2026, 2, 1): 1, datetime(2026, 3, 1): 10}),
            ("quarter", {datetime(2026, 1, 1): 11}),
            ("year", {datetime(2026, 1, 1): 11}),
        ):
            with self.subTest(interval):
                counts = report._read_group(domain, [f"date:{interval}"], ["inquiry_count:sum"])
                self.assertEqual(dict(counts), expected)

    def test_a_rep_sees_his_own_leads_and_nobodys(self):
        theirs = self._make(
            "theirs", "2026-03-01 00:00:00", user_id=self.user_marketing.id, team_id=False
        )
        rows = self.env["lead.funnel.report"].with_user(self.user_rep)

        seen = rows.search([("lead_id", "in", [theirs.id, self.ads_mar.id, self.asked.id])])

        self.assertEqual(set(seen.ids), {self.ads_mar.id, self.asked.id})

    def test_each_company_sees_its_own_leads(self):
        self.assertMeasure("inquiry_count", 2, companies=self.company_b)
        self.assertMeasure("inquiry_count", 13, companies=self.company_a | self.company_b)
