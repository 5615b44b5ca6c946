from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .plan_common import LeadPlanCase


@tagged("post_install", "-at_install")
class TestLeadPlanCame(LeadPlanCase):
    def test_leads_made_and_sales_won_in_the_period_come(self):
        plan = self._make_plan()
        plan.action_start()

        web, ads = self._line(plan, self.web), self._line(plan, self.ads)
        self.assertEqual(
            (web.came_lead_count, web.came_won_count, web.came_revenue),
            (2, 2, 6000),  # quick and fresh; quick and old
        )
        self.assertEqual((ads.came_lead_count, ads.came_won_count, ads.came_revenue), (0, 0, 0))
        # with the one found, of no line of the plan
        self.assertEqual(
            (plan.came_lead_count, plan.came_won_count, plan.came_revenue), (3, 3, 6500)
        )
        self.assertIn("19 of 31 days are over.", plan.came_text)
        self.assertIn("Leads: 3 came, 25 were due. Sales: 3.", plan.came_text)
        self.assertIn("came from no line of this plan: leads 1, revenue", plan.came_text)
        self.assertIn("published rates have no leads due", plan.came_text)
        ads.plan_id.action_back_to_draft()
        ads.hand_rate_pct = 5
        plan.line_ids.create({"plan_id": plan.id})  # for leads without a source
        plan.action_start()
        self.assertEqual(plan.line_ids[-1].came_revenue, 500)
        self.assertNotIn("no line", plan.came_text)
        self.assertNotIn("published", plan.came_text)

    def test_what_is_due_follows_the_days_that_are_over(self):
        plan = self._make_plan()
        web = self._line(plan, self.web)

        # 19 of 31 days, of 40 leads, 10 sales and 30000
        self.assertEqual((web.due_lead_count, web.due_won_count), (24.5, 6.1))
        self.assertAlmostEqual(web.due_revenue, 30000 * 19 / 31, 2)
        self.assertAlmostEqual(plan.due_revenue, 40000 * 19 / 31, 2)
        for day, share in (("2026-03-01", 0), ("2026-02-01", 0), ("2026-04-01", 1)):
            with self.subTest(day), freeze_time(day):
                self.env.invalidate_all()
                self.assertEqual(web.due_revenue, 30000 * share)

    def test_the_pace_is_said_in_words(self):
        plan = self._make_plan()
        web = self._line(plan, self.web)
        self.assertEqual(web.pace, "both")

        # 18387.10 were due, 6000 came
        self.quick.expected_revenue = 4000 + 12387.09
        self.env.invalidate_all()
        self.assertEqual(web.pace, "both")
        self.quick.expected_revenue = 4000 + 12387.10
        self.env.invalidate_all()
        self.assertEqual(web.pace, "leads")
        # 24.5 were due, 2 came
        self._make_open(22, "2026-03-07", source_id=self.web.id)
        self.env.invalidate_all()
        self.assertEqual(web.pace, "leads")
        self._make_open(1, "2026-03-07", source_id=self.web.id)
        self.env.invalidate_all()
        self.assertEqual(web.pace, "good")

    def test_each_figure_opens_its_leads(self):
        plan = self._make_plan()
        web = self._line(plan, self.web)

        def open_leads(figure):
            action = web.with_context(lead_plan_figure=figure).action_open_leads()
            leads = self.env["crm.lead"].with_user(self.user_marketing)
            leads = leads.with_context(
                **action["context"], allowed_company_ids=self.company.ids, tz="Asia/Tehran"
            )
            return leads.search(action["domain"])

        self.assertEqual(open_leads("came"), self.quick | self.fresh)
        self.assertEqual(open_leads("won"), self.quick | self.old)
        self.assertEqual(len(open_leads("past")), web.past_case_count)

    def test_many_plans_cost_as_many_queries_as_one(self):
        plans = self._make_plan()
        for number in range(4):
            plans |= self._make_plan(name=f"Plan {number}", target_revenue=1000 + number)
        self.env.flush_all()

        def count(records):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.mapped("came_revenue")
            records.line_ids.mapped("pace")
            records.mapped("capacity_text")
            return self.env.cr.sql_log_count - before

        count(plans)  # warms the caches
        self.assertEqual(count(plans), count(plans[0]))

    def test_capacity_counts_members_days_and_absences(self):
        team = self.env["crm.team"].create(
            {"name": "Planned team", "company_id": self.company.id, "user_id": False}
        )
        self.user_rep.company_ids |= self.company
        plan = self._make_plan(date_to="2026-03-30")  # 30 days
        self._line(plan, self.ads).write({"hand_rate_pct": 10})  # 10 leads
        mine = self.env["crm.team.member"].search([("crm_team_id.company_id", "=", False)])
        mine.assignment_optout = True
        self.env.invalidate_all()
        self.assertIn("Nobody takes leads", plan.capacity_text)
        member = self.env["crm.team.member"].create(
            {"crm_team_id": team.id, "user_id": self.user_rep.id, "assignment_max": 7}
        )

        # 50 leads needed, in the past 13 of 77 leads qualified: 8.4 reach sales; 7 can be taken
        self.env.invalidate_all()
        self.assertEqual(plan.leads_needed, 50)
        self.assertIn("(1) can take 7 in 30 days", plan.capacity_text)
        self.assertIn("Leads to be taken: 8.", plan.capacity_text)
        self.assertIn("in the past 16.9 % of them", plan.capacity_text)
        self.assertIn("too little by 1 leads", plan.capacity_text)
        member.assignment_max = 8
        self.env.invalidate_all()
        self.assertIn("That is enough.", plan.capacity_text)
        member.write({"lead_absent_from": "2026-03-28", "lead_absent_to": "2026-04-20"})
        self.env.invalidate_all()
        self.assertIn("can take 7 in 30 days", plan.capacity_text)  # 8 * 27 / 30 = 7.2
        member.assignment_optout = True
        self.env.invalidate_all()
        self.assertIn("Nobody takes leads", plan.capacity_text)

    def test_a_range_that_rests_on_published_rates_leaves_the_answer_open(self):
        self.user_rep.company_ids |= self.company
        team = self.env["crm.team"].create(
            {"name": "Planned team", "company_id": self.company.id, "user_id": False}
        )
        self.env["crm.team.member"].search([]).assignment_optout = True
        self.env["crm.team.member"].create(
            {"crm_team_id": team.id, "user_id": self.user_rep.id, "assignment_max": 30}
        )
        plan = self._make_plan()

        # 28 to 357 leads, of which 13 in 77 qualify; 31 can be taken in 31 days
        self.assertIn("In all between 28 and 357 leads.", plan.need_text)
        self.assertIn("Leads to be taken: 5–60.", plan.capacity_text)
        self.assertIn("depends on how many are won", plan.capacity_text)

    def test_days_to_won_are_said(self):
        plan = self._make_plan(date_to="2026-05-31")

        self.assertIn("a sale took 30 days on average", plan.need_text)
        self.assertIn("05/01/2026", plan.need_text)

    def test_salespeople_have_no_part_in_it(self):
        plan = self._make_plan()

        for record in (plan, plan.line_ids):
            with self.assertRaises(AccessError):
                record.with_user(self.user_rep).read(["display_name"])

    def test_plans_of_other_companies_are_not_seen(self):
        plan = self._make_plan()
        other = self.env["lead.plan"].with_user(self.user_marketing)
        other = other.with_context(allowed_company_ids=self.env.company.ids)

        self.assertNotIn(plan, other.search([]))
        self.assertFalse(plan.line_ids & other.line_ids.search([]))
        with self.assertRaises(AccessError):
            other.browse(plan.id).read(["name"])

    def test_leads_of_other_companies_do_not_count(self):
        self._make_lost(1, "2025-10-02", source_id=self.ads.id, company_id=self.env.company.id)
        self._make_lost(1, "2025-10-02", source_id=self.ads.id, company_id=False)

        self.assertEqual(self._line(self._make_plan(), self.ads).past_case_count, 29)

    def test_leads_without_a_company_count_for_the_first(self):
        first = self.env["res.company"].browse(self.env["res.company"]._get_first_company_id())
        self.user_marketing.company_ids |= first
        self._make_lost(2, "2025-10-02", source_id=self.fairs.id, company_id=False)

        plan = self._make_plan(company=first, company_id=first.id)

        self.assertEqual(self._line(plan, self.fairs).past_case_count, 2)

    def test_money_is_in_the_currency_of_the_company_whoever_looks(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        other = self.env["res.company"].create({"name": "Euro branch", "currency_id": euro.id})
        self.user_marketing.company_ids |= other
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "name": "2025-01-01", "rate": 0.5, "company_id": other.id}
        )
        self._make_won(
            1, "2025-10-01", "2025-10-31", 700, source_id=self.fairs.id, company_id=other.id
        )
        self._make_won(
            1, "2026-03-02", "2026-03-03", 90, source_id=self.fairs.id, company_id=other.id
        )

        plan = self._make_plan(company=self.company | other, company_id=other.id)

        line = self._line(plan, self.fairs)
        self.assertEqual(plan.currency_id, euro)
        self.assertEqual((line.past_revenue, line.came_revenue), (700, 90))

    def test_the_last_day_of_the_period_counts_and_the_next_does_not(self):
        for made in ("2026-03-31 23:59:59", "2026-04-01 00:00:00"):
            self._make_open(1, made, source_id=self.ads.id)

        ads = self._line(self._make_plan(), self.ads)

        self.assertEqual(ads.came_lead_count, 1)
        last = ads.plan_id.date_to
        self.assertEqual(fields.Date.to_string(last + timedelta(days=1)), "2026-04-01")
