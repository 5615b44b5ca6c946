from datetime import date

import psycopg2

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .plan_common import LeadPlanCase


@tagged("post_install", "-at_install")
class TestLeadPlan(LeadPlanCase):
    def test_the_past_is_of_closed_leads_of_possible_buyers_made_in_it(self):
        plan = self._make_plan()

        web, ads = self._line(plan, self.web), self._line(plan, self.ads)
        self.assertEqual(plan.line_ids, web | ads)
        self.assertEqual(
            (web.past_lead_count, web.past_mql_count, web.past_case_count, web.past_won_count),
            (48, 12, 40, 10),  # 10 + 30 + 8 open; the won ones and 2 lost ones were qualified
        )
        self.assertEqual((web.past_revenue, ads.past_revenue), (30000, 10000))
        self.assertEqual(plan.past_days_to_win, 30)

    def test_the_past_agrees_with_the_funnel(self):
        plan = self._make_plan()
        funnel = (
            self.env["lead.funnel.report"]
            .with_context(allowed_company_ids=self.company.ids)
            .with_user(self.user_marketing)
        )

        domain = [*plan._get_leads_domain("past"), ("source_id", "=", self.web.id)]
        stages = {stage["measure"]: stage for stage in funnel.get_funnel(domain)["stages"]}

        web = self._line(plan, self.web)
        self.assertEqual(stages["inquiry_count"]["count"], web.past_case_count)
        self.assertEqual(stages["won_count"]["count"], web.past_won_count)
        ((rate, revenue),) = funnel._read_group(
            domain, [], ["won_of_inquiries_pct:avg", "revenue:sum"]
        )
        self.assertEqual(rate, web.rate_pct)
        self.assertEqual(revenue, web.past_revenue)

    def test_leads_needed_by_the_own_rate_lie_between_wilsons_bounds(self):
        web = self._line(self._make_plan(), self.web)

        # 75 % of 40000 is 30000. 10 of 40 is 25 %; 30000 / (0.25 * 3000) = 40.
        # Wilson of 10 in 40: (0.25 + 0.04802 ± 0.14253) / 1.09604 = 0.1419 and 0.4019, hence
        # 30000 / (0.4019 * 3000) = 24.9 and 30000 / (0.1419 * 3000) = 70.5.
        self.assertEqual((web.share_pct, web.target_revenue, web.value), (75, 30000, 3000))
        self.assertEqual((web.rate_basis, web.rate_pct), ("own", 25))
        self.assertAlmostEqual(web.rate_low_pct, 14.19, 1)
        self.assertAlmostEqual(web.rate_high_pct, 40.19, 1)
        self.assertEqual((web.wins_needed, web.leads_needed), (10, 40))
        self.assertEqual((web.leads_min, web.leads_max), (25, 71))
        self.assertEqual(web.range_text, "25–71")

    def test_below_30_cases_the_published_range_stands_and_says_so(self):
        ads = self._line(self._make_plan(), self.ads)

        # one sale of 10000: 1 / 0.40 = 2.5 and 1 / 0.0035 = 285.7
        self.assertEqual(ads.past_case_count, 29)
        self.assertEqual((ads.rate_basis, ads.rate_pct, ads.leads_needed), ("published", 0, 0))
        self.assertEqual((ads.leads_min, ads.leads_max), (3, 286))
        self.assertEqual(
            ads.basis_text,
            "0.35–40 %, published for B2B, not our own (won 1 of 29 closed)",
        )

    def test_who_sells_to_consumers_sees_their_published_range(self):
        ads = self._line(self._make_plan(market="b2c"), self.ads)

        # 1 / 0.19 = 5.3 and 1 / 0.018 = 55.6
        self.assertIn("1.8–19 %, published for B2C", ads.basis_text)
        self.assertEqual((ads.leads_min, ads.leads_max), (6, 56))

    def test_with_30_cases_the_own_rate_counts(self):
        self._make_lost(1, "2025-10-02", source_id=self.ads.id)

        ads = self._line(self._make_plan(), self.ads)

        # 1 of 30; 10000 / (10000 / 30) = 30
        self.assertEqual((ads.rate_basis, ads.leads_needed), ("own", 30))
        self.assertIn("won 1 of 30 closed", ads.basis_text)

    def test_a_disqualified_lead_is_closed_an_open_one_is_not(self):
        self._make_open(1, "2025-10-02", source_id=self.ads.id)
        self.assertEqual(self._line(self._make_plan(), self.ads).past_case_count, 29)

        self._make_open(1, "2025-10-02", source_id=self.ads.id, lifecycle="disqualified")

        self.assertEqual(self._line(self._make_plan(), self.ads).past_case_count, 30)

    def test_the_past_begins_and_ends_with_its_days(self):
        for made in ("2025-02-28 23:59:59", "2026-03-01 00:00:00"):
            self._make_lost(1, made, source_id=self.ads.id)
        self.assertEqual(self._line(self._make_plan(), self.ads).past_case_count, 29)

        for made in ("2025-03-01 00:00:00", "2026-02-28 23:59:59"):
            self._make_lost(1, made, source_id=self.ads.id)

        self.assertEqual(self._line(self._make_plan(), self.ads).past_case_count, 31)

    def test_the_mix_and_the_rates_can_be_changed_by_hand(self):
        plan = self._make_plan()
        web, ads = self._line(plan, self.web), self._line(plan, self.ads)

        web.share_pct, ads.share_pct = 60, 40
        ads.write({"hand_rate_pct": 5, "hand_value": 8000})

        # 24000 / (0.25 * 3000) = 32; 16000 / (0.05 * 8000) = 40
        self.assertEqual((web.leads_needed, ads.leads_needed), (32, 40))
        self.assertEqual((ads.rate_basis, ads.leads_min, ads.leads_max), ("hand", 40, 40))
        self.assertEqual(plan.leads_needed, 72)
        ads.write({"hand_rate_pct": 0})
        self.assertEqual(ads.rate_basis, "published")

    def test_a_new_source_takes_the_average_sale_of_all(self):
        plan = self._make_plan()
        line = plan.line_ids.create({"plan_id": plan.id, "source_id": self.fairs.id})

        # 40000 for 11 sales
        self.assertAlmostEqual(line.value, 40000 / 11, 2)
        self.assertEqual(line.rate_basis, "published")

    def test_the_past_is_read_once_and_again_when_told(self):
        plan = self._make_plan()
        web, ads = self._line(plan, self.web), self._line(plan, self.ads)
        web.share_pct, ads.share_pct = 50, 50
        self._make_lost(1, "2025-10-02", source_id=self.ads.id)
        self.assertEqual(ads.past_case_count, 29)

        plan.action_read_past()

        self.assertEqual(ads.past_case_count, 30)
        self.assertEqual((web.share_pct, ads.share_pct), (75, 25))

    def test_another_past_keeps_the_shares_and_adds_sources_without_one(self):
        plan = self._make_plan()
        self._line(plan, self.web).share_pct = 70
        self._make_lost(1, "2025-02-10", source_id=self.fairs.id)

        plan.past_from = "2025-02-10"

        self.assertEqual(self._line(plan, self.web).share_pct, 70)
        self.assertEqual(self._line(plan, self.fairs).share_pct, 0)
        self.assertEqual(self._line(plan, self.fairs).past_case_count, 1)

    def test_lines_by_channel(self):
        medium = self.env["utm.medium"].create({"name": "Plan channel"})
        self.env["crm.lead"].with_context(active_test=False).search(
            [("source_id", "=", self.ads.id)]
        ).medium_id = medium
        plan = self._make_plan()

        plan.split_by = "medium_id"

        self.assertEqual(
            {line.medium_id: line.past_case_count for line in plan.line_ids},
            {medium: 29, medium.browse(): 40},
        )
        self.assertEqual(set(plan.line_ids.mapped("display_name")), {"Without", "Plan channel"})

    def test_lines_by_show(self):
        visitor = self._make_lost(1, "2025-10-01")
        self.env["lead.show.visit"].create({"lead_id": visitor.id, "trade_show_id": self.show.id})

        plan = self._make_plan(split_by="trade_show_id")

        by_show = {line.trade_show_id: line.past_case_count for line in plan.line_ids}
        self.assertEqual(by_show, {self.show: 1, self.show.browse(): 69})

    def test_no_history_says_what_to_do_and_shows_what_is_published(self):
        plan = self._make_plan(past_from="2020-01-01", past_to="2020-12-31")

        self.assertFalse(plan.line_ids)
        self.assertIn("add the lines by hand", plan.warning_text)
        with self.assertRaisesRegex(UserError, "has no line"):
            plan.action_start()
        line = plan.line_ids.create(
            {"plan_id": plan.id, "source_id": self.fairs.id, "share_pct": 100}
        )
        self.assertEqual((line.value, line.leads_min, line.leads_max), (0, 0, 0))
        self.assertIn("What a sale brings is not known for: Plan fairs", plan.warning_text)
        line.hand_value = 4000
        # ten sales: 10 / 0.40 and 10 / 0.0035
        self.assertEqual((line.leads_min, line.leads_max), (25, 2858))
        self.assertFalse(plan.warning_text)

    def test_where_none_was_won_no_number_of_leads_is_enough(self):
        self._make_lost(30, "2025-10-01", source_id=self.fairs.id)
        plan = self._make_plan()
        fairs = self._line(plan, self.fairs)
        self.assertEqual((fairs.share_pct, fairs.rate_basis), (0, "own"))
        self.assertFalse(plan.warning_text)

        self._line(plan, self.ads).share_pct = 0
        fairs.share_pct = 25

        self.assertIn("no number of leads is enough by the own rate: Plan fairs", plan.warning_text)
        # Wilson of 0 in 30: at most 3.8416 / 33.8416 = 11.35 %; 10000 / (0.1135 * 3636.36) = 24.2
        self.assertEqual((fairs.leads_needed, fairs.leads_min, fairs.leads_max), (0, 25, 0))
        self.assertEqual(fairs.range_text, "≥ 25")
        self.assertIn("no upper bound is known", plan.need_text)

    def test_a_past_without_revenue_shares_by_leads(self):
        self.env["crm.lead"].with_context(active_test=False).search(
            [("company_id", "=", self.company.id)]
        ).expected_revenue = 0

        plan = self._make_plan()

        # 48 and 29 leads of 77
        self.assertEqual(self._line(plan, self.web).share_pct, 62.3)
        self.assertEqual(self._line(plan, self.ads).share_pct, 37.7)
        self.assertEqual(plan.leads_needed, 0)

    def test_a_target_of_nothing_and_periods_that_end_first_are_refused(self):
        for vals in (
            {"target_revenue": 0},
            {"target_revenue": -1},
            {"date_to": "2026-02-28"},
            {"past_to": "2025-02-28"},
            {"past_to": "2026-03-01"},  # the first day of the plan
        ):
            with (
                self.subTest(vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.CheckViolation),
                self.env.cr.savepoint(),
            ):
                self._make_plan(**vals)
        self.assertTrue(self._make_plan(date_to="2026-03-01", target_revenue=1))

    def test_shares_must_add_up_before_it_starts(self):
        plan = self._make_plan()
        self._line(plan, self.web).share_pct = 74.9
        self.assertIn("add up to 99.9 %", plan.warning_text)
        with self.assertRaisesRegex(UserError, r"add up to 99\.9 %"):
            plan.action_start()

        self._line(plan, self.web).share_pct = 75
        plan.action_start()

        self.assertEqual(plan.state, "running")

    def test_a_source_stands_once(self):
        plan = self._make_plan()

        with self.assertRaisesRegex(ValidationError, "“Plan web” stands twice"):
            plan.line_ids.create({"plan_id": plan.id, "source_id": self.web.id})

    def test_a_plan_under_way_stays_as_it_is(self):
        plan = self._make_plan()
        plan.action_start()

        for change in (
            lambda: plan.write({"target_revenue": 1}),
            lambda: plan.action_read_past(),
            lambda: plan.line_ids[0].write({"share_pct": 1}),
            lambda: plan.line_ids[0].unlink(),
            lambda: plan.line_ids.create({"plan_id": plan.id, "source_id": self.fairs.id}),
        ):
            with self.assertRaisesRegex(UserError, "not a draft any more"):
                change()
        with self.assertRaisesRegex(UserError, "is running"):
            plan.unlink()
        plan.write({"name": "March, renamed", "target_revenue": 40000})
        plan.action_finish()
        self.assertEqual(plan.state, "done")
        plan.action_back_to_draft()
        plan.target_revenue = 1
        plan.unlink()

    def test_the_next_period_keeps_the_mix_and_reads_the_past_as_it_is_then(self):
        plan = self._make_plan()
        self._line(plan, self.web).share_pct = 60
        self._line(plan, self.ads).write({"share_pct": 40, "hand_rate_pct": 5})
        plan.action_start()

        following = plan.browse(plan.action_plan_next_period()["res_id"])

        self.assertEqual(following.state, "draft")
        self.assertEqual(
            (following.date_from, following.date_to), (date(2026, 4, 1), date(2026, 4, 30))
        )
        # up to today, as long as the past of the other: 365 days
        self.assertEqual(
            (following.past_from, following.past_to), (date(2025, 3, 21), date(2026, 3, 20))
        )
        web, ads = self._line(following, self.web), self._line(following, self.ads)
        self.assertEqual((web.share_pct, ads.share_pct, ads.hand_rate_pct), (60, 40, 5))
        self.assertEqual((web.past_case_count, web.past_won_count), (41, 11))  # with the quick one
        without = self._line(following, self.web.browse())
        self.assertEqual((without.share_pct, without.past_won_count), (0, 1))

    def test_the_form_proposes_a_quarter_and_the_year_before(self):
        plans = self.env["lead.plan"].with_user(self.user_marketing)
        form = Form(plans.with_context(allowed_company_ids=self.company.ids))

        self.assertEqual(
            [form.date_from, form.date_to, form.past_from, form.past_to],
            [date(2026, 4, 1), date(2026, 6, 30), date(2025, 3, 21), date(2026, 3, 20)],
        )
        form.name = "By hand"
        form.target_revenue = 8000
        plan = form.save()
        self.assertEqual(plan.company_id, self.company)
        self.assertTrue(plan.line_ids)
