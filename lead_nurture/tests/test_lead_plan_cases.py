from odoo.exceptions import UserError
from odoo.tests import tagged

from .plan_common import LeadPlanCase


@tagged("post_install", "-at_install")
class TestLeadPlanCases(LeadPlanCase):
    """Recycled, referred and two-show leads in a plan; and what may start one."""

    def _make_visits(self, lead, *days):
        for show, day in zip((self.show, self.other_show), days, strict=True):
            self.env["lead.show.visit"].create(
                {"lead_id": lead.id, "trade_show_id": show.id, "captured_at": day}
            )

    def test_a_recycled_lead_is_open_again_and_left_out_of_the_rate(self):
        again = self._make_lost(1, "2025-10-02", source_id=self.ads.id)
        self.assertEqual(self._line(self._make_plan(), self.ads).past_case_count, 30)

        again.write({"active": True, "probability": 10, "rotation": 1})
        self.env.flush_all()

        line = self._line(self._make_plan(), self.ads)
        self.assertEqual((line.past_lead_count, line.past_case_count), (30, 29))

    def test_a_referred_lead_counts_for_its_source(self):
        referral = self.env["lead.referral"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Glad Customer"}).id,
                "company_id": self.company.id,
            }
        )
        self._make_won(
            1, "2025-10-01", "2025-10-31", 5000, source_id=self.fairs.id, referral_id=referral.id
        )

        line = self._line(self._make_plan(), self.fairs)

        self.assertEqual((line.past_won_count, line.past_revenue), (1, 5000))

    def test_a_lead_at_two_shows_counts_for_one_line(self):
        self.other_show = self._make_show(
            name="Autumn Pump Expo", date_begin="2026-03-09", date_end="2026-03-10"
        )
        lead = self._make_won(1, "2025-10-01", "2025-10-31", 5000)
        self._make_visits(lead, "2025-10-01 10:00:00", "2025-11-01 10:00:00")
        self.env.flush_all()

        def get_lines():
            plan = self._make_plan(split_by="trade_show_id")
            return {
                line.trade_show_id: (line.past_case_count, line.past_revenue)
                for line in plan.line_ids
                if line.trade_show_id
            }

        self.assertEqual(get_lines(), {self.show: (1, 5000)})
        self.company.lead_show_credit = "last"
        self.env.flush_all()
        self.assertEqual(get_lines(), {self.other_show: (1, 5000)})

    def test_a_plan_can_not_be_started_past_its_checks(self):
        plan = self._make_plan()
        self._line(plan, self.web).share_pct = 74.9
        empty = self._make_plan(past_from="2020-01-01", past_to="2020-12-31")

        for state in ("running", "done"):
            with self.subTest(state), self.assertRaisesRegex(UserError, r"add up to 99\.9 %"):
                plan.write({"state": state})
        with self.assertRaisesRegex(UserError, "has no line"):
            empty.write({"state": "running"})
        with self.assertRaisesRegex(UserError, "has no line"):
            self._make_plan(past_from="2020-01-01", past_to="2020-12-31", state="running")

    def test_a_plan_that_is_whole_starts_in_any_way(self):
        plan = self._make_plan()
        plan.write({"state": "running"})
        made = self._make_plan(state="running")

        self.assertEqual((plan.state, made.state), ("running", "running"))
        plan.write({"state": "done"})
        plan.write({"state": "draft"})
        self.assertEqual(plan.state, "draft")

    def test_what_has_no_past_says_how_to_go_on(self):
        plan = self._make_plan(split_by="trade_show_id")
        line = plan.line_ids.create(
            {"plan_id": plan.id, "trade_show_id": self.show.id, "share_pct": 0}
        )

        self.assertIn("nothing is known of it yet", line.basis_text)
        self.assertIn("0.35–40 %, published for B2B, not our own", line.basis_text)
        line.hand_rate_pct = 12.5
        self.assertEqual(line.basis_text, "12.50 %, entered by hand")

    def test_leads_needed_are_a_range_where_rates_are_not_our_own(self):
        plan = self._make_plan()
        # web 25 to 71, ads 3 to 286
        self.assertEqual(plan.leads_text, "28–357")

        self._line(plan, self.ads).hand_rate_pct = 5
        # web 40; ads 10000 / (0.05 * 10000) = 20
        self.assertEqual(plan.leads_text, "60")
        self._line(plan, self.web).hand_rate_pct = 100
        plan.line_ids.share_pct = 0
        self.assertEqual(plan.leads_text, "–")

    def test_leads_needed_are_written_as_numbers_are_and_follow_the_basis(self):
        plan = self._make_plan(target_revenue=40000000)
        self._line(plan, self.ads).hand_rate_pct = 5
        # web 30000000 / (0.25 * 3000) = 40000; ads 10000000 / (0.05 * 10000) = 20000
        self.assertEqual((plan.leads_text, plan.has_range), ("60,000", False))

        self._line(plan, self.ads).hand_rate_pct = 0
        # web 10000 / 0.4019 to 10000 / 0.1419, ads 1000 / 0.4 to 1000 / 0.0035
        self.assertEqual(plan.leads_text, "27,380–356,203")
        self.assertIn("In all between 27,380 and 356,203 leads.", plan.need_text)
        self.assertTrue(plan.has_range)

    def test_without_a_number_of_leads_none_is_called_due(self):
        plan = self._make_plan()
        plan.write({"state": "running"})
        self.assertIn("Leads: 3 came, 25 were due.", plan.came_text)
        plan.write({"state": "draft"})
        self._line(plan, self.web).share_pct = 0
        self._line(plan, self.ads).share_pct = 100
        plan.write({"state": "running"})

        self.assertIn("Leads: 3 came. Sales: 3.", plan.came_text)
