import json

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .funnel_common import LeadFunnelCase


@tagged("post_install", "-at_install")
class TestShowScorecard(LeadFunnelCase):
    """Of the world of the funnel: show X closed on 03-20 at 01:00, show Y on 03-11 at 01:00.

    X was visited by ``both`` and ``at_x`` (won on 03-13, 2070), Y by ``both`` and ``at_y``. X cost
    300 dollars and 100 euros, that is 500; Y cost 90. Money counts for the first show.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        shows = cls.env["lead.trade.show"].with_context(active_test=False).search([])
        others = shows - cls.show_x - cls.show_y
        others.write({"date_begin": "2030-01-01", "date_end": "2030-01-02"})
        cls.env.flush_all()

    def _get_cards(self, shows, user=None):
        shows = shows.with_user(user or self.user_marketing)
        return shows.with_context(
            allowed_company_ids=self.company_a.ids, tz="UTC"
        )._get_scorecard_figures()

    def _get_values(self, show, *names, looked_at=None, user=None):
        [card] = self._get_cards(show, user)
        figures = card["figures_by_show"][looked_at or show]
        return [figures[name].value for name in names]

    def _open(self, figure, show, until=None, staff=(), user=None):
        action = show.action_open_figure(json.dumps([figure, show.id, until, list(staff)]))
        leads = self.env["crm.lead"].with_user(user or self.user_marketing)
        leads = leads.with_context(**action["context"], allowed_company_ids=self.company_a.ids)
        return leads.search(action["domain"])

    def _add_visitor(self, show, day="2026-03-17 00:00:00", **visit_vals):
        lead = self._make("visitor", day)
        self.env["lead.show.visit"].create(
            {"lead_id": lead.id, "trade_show_id": show.id, "captured_at": day, **visit_vals}
        )
        return lead

    def test_a_lead_at_two_shows_is_a_visit_of_both_and_money_of_the_first(self):
        names = ("lead", "qualified", "won", "revenue", "cost", "cost_per_lead", "return")

        x, y = self._get_values(self.show_x, *names), self._get_values(self.show_y, *names)

        self.assertEqual(x, [2, 1, 1, 2070, 500, 250, 314])
        self.assertEqual(y, [2, 0, 0, 0, 90, 90, -100])

    def test_a_setting_puts_money_down_to_the_latest_show(self):
        self.company_a.lead_show_credit = "last"
        names = ("lead", "revenue", "cost", "cost_per_lead")

        x, y = self._get_values(self.show_x, *names), self._get_values(self.show_y, *names)

        self.assertEqual(x, [2, 2070, 500, 500])  # at_x alone
        self.assertEqual(y, [2, 0, 90, 45])

    def test_money_agrees_with_the_funnel(self):
        names = ("revenue", "cost", "cost_per_lead", "return")
        for show in (self.show_x, self.show_y):
            measures = ("revenue", "cost", "cost_per_lead", "return_pct")
            domain = [("trade_show_id", "=", show.id)]
            with self.subTest(show.name):
                funnel = self._measure(*measures, domain=domain)
                self.assertEqual(self._get_values(show, *names), [value or 0 for value in funnel])

    def test_what_is_not_due_yet_is_not_counted_as_missed(self):
        [card] = self._get_cards(self.show_x)

        own = card["figures_by_show"][self.show_x]["in_time"]

        self.assertEqual((own.value, own.rate, own.base), (0, None, 0))  # due on 03-22

    def test_who_was_not_contacted_in_time_is_counted_once_it_is_over(self):
        [card] = self._get_cards(self.show_y)

        own = card["figures_by_show"][self.show_y]["in_time"]

        self.assertEqual((own.value, own.rate, own.base), (0, 0, 2))  # due on 03-13

    def test_automatic_and_human_first_contacts_are_told_apart(self):
        auto = {"first_touch_at": "2026-03-11 09:00:00"}
        human = {**auto, "first_human_touch_at": "2026-03-12 09:00:00"}
        late = {**auto, "first_human_touch_at": "2026-03-13 01:00:01"}  # due at 01:00
        for vals in (auto, human, late):
            self._add_visitor(self.show_y, "2026-03-10 00:00:00", **vals)

        values = self._get_values(self.show_y, "in_time", "human", "automatic")

        self.assertEqual(values, [3, 1, 2])  # of 5: both and at_y heard nothing

    def test_an_earlier_show_is_told_as_it_stood_at_the_same_age(self):
        """Show X closed 11 hours ago; 11 hours after Y closed it was 03-11 12:00."""
        self._tell_moments(self.at_y, mql_at="2026-03-11 11:00:00", sql_at="2026-03-11 13:00:00")
        [card] = self._get_cards(self.show_x)

        figures = card["figures_by_show"][self.show_y]

        self.assertEqual(card["others"], self.show_y)
        self.assertEqual(figures["qualified"].value, 1)
        self.assertEqual(figures["in_time"].base, 0)

    def test_what_came_later_to_an_earlier_show_is_left_out(self):
        self._tell_moments(self.at_y, mql_at="2026-03-11 12:00:01")

        then = self._get_values(self.show_x, "lead", "qualified", looked_at=self.show_y)
        now = self._get_values(self.show_y, "lead", "qualified")

        self.assertEqual(then, [2, 0])
        self.assertEqual(now, [2, 1])

    def test_earlier_editions_come_before_other_shows(self):
        editions = [
            self._make_show(
                name=f"Spring Pump Expo {year}",
                date_begin=f"{year}-03-10",
                date_end=f"{year}-03-12",
                active=year != 2024,
            )
            for year in (2022, 2023, 2024, 2025)
        ]
        later = self._make_show(
            name="Spring Pump Expo 2027", date_begin="2027-03-10", date_end="2027-03-12"
        )

        [card] = self._get_cards(self.show_x)

        self.assertTrue(card["is_same"])
        self.assertEqual(list(card["others"]), editions[:0:-1])
        self.assertNotIn(later, card["others"])

    def test_shows_of_another_company_are_not_compared(self):
        self.show_y.write({"company_id": self.company_b.id})

        shows = self.show_x.with_user(self.user_marketing).with_context(
            allowed_company_ids=(self.company_a | self.company_b).ids
        )
        [card] = shows._get_scorecard_figures()

        self.assertFalse(card["others"])

    def test_without_leads_the_cost_is_still_told(self):
        empty = self._make_show(name="Empty Hall")
        self.env["lead.show.cost"].create({"trade_show_id": empty.id, "amount": 70})
        names = ("lead", "qualified", "cost", "cost_per_lead", "return", "touches")

        values = self._get_values(empty, *names)

        self.assertEqual(values, [0, 0, 70, None, -100, None])

    def test_no_cost_is_not_a_cost_of_zero(self):
        free, untold = (self._make_show(name=name) for name in ("Free", "Untold"))
        self.env["lead.show.cost"].create({"trade_show_id": free.id, "amount": 0})
        self._add_visitor(free)
        self._add_visitor(untold)
        names = ("lead", "cost", "cost_per_lead", "return")

        self.assertEqual(self._get_values(free, *names), [1, 0, 0, None])
        self.assertEqual(self._get_values(untold, *names), [1, None, None, None])

    def test_open_pipeline_is_of_opportunities_neither_won_nor_lost(self):
        deals = [self._add_visitor(self.show_x) for _number in range(3)]
        for deal in deals:
            deal.write({"type": "opportunity", "expected_revenue": 100})
        deals[1].action_set_lost()
        lead_only = self._add_visitor(self.show_x)
        lead_only.expected_revenue = 100

        values = self._get_values(self.show_x, "pipeline")

        self.assertEqual(values, [200])
        self.assertEqual(self._open("open_deal", self.show_x), deals[0] | deals[2])

    def test_touches_count_since_the_show(self):
        self.env["lead.touch"].create(
            [
                {"lead_id": self.both.id, "channel": "call", "state": state, "done_at": at}
                for at, state in (
                    ("2026-03-05 00:00:00", "done"),
                    ("2026-03-12 00:00:00", "done"),
                    ("2026-03-13 00:00:00", "cancelled"),
                )
            ]
        )

        self.assertEqual(self._get_values(self.show_x, "touches"), [1])  # 2 of 2 leads
        self.assertEqual(self._get_values(self.show_y, "touches"), [0.5])  # since 03-10

    def test_staff_are_told_by_whom_they_met(self):
        for name in ("Bo Best", "bo  best", "Al Also", "", False):
            self._add_visitor(self.show_x, captured_by=name)
        self.at_x.visit_ids.captured_by = "Bo Best"

        [card] = self._get_cards(self.show_x)

        self.assertEqual(
            [(person["lead"], person["qualified"], person["won"]) for person in card["staff"]],
            [(3, 1, 1), (1, 0, 0)],
        )
        opened = self._open("lead", self.show_x, staff=card["staff"][0]["names"])
        self.assertEqual(len(opened), 3)
        self.assertIn(self.at_x, opened)

    def test_each_count_opens_as_many_leads(self):
        self._add_visitor(
            self.show_y,
            "2026-03-10 00:00:00",
            first_touch_at="2026-03-11 09:00:00",
            first_human_touch_at="2026-03-11 10:00:00",
        )
        until = "2026-03-11 12:00:00"
        for name in ("lead", "qualified", "in_time", "human", "automatic", "won"):
            for show, looked_at, moment in (
                (self.show_y, self.show_y, None),
                (self.show_x, self.show_x, None),
                (self.show_x, self.show_y, until),
            ):
                with self.subTest(f"{name} of {looked_at.name} until {moment}"):
                    [count] = self._get_values(show, name, looked_at=looked_at)
                    self.assertEqual(len(self._open(name, looked_at, moment)), count)
        self.assertEqual(self._open("costed", self.show_x), self.both | self.at_x)
        self.assertEqual(self._open("revenue", self.show_x), self.at_x)

    def test_a_figure_that_is_none_is_refused(self):
        for text in ("[]", "nonsense", json.dumps(["; DROP", self.show_x.id, None, []])):
            with self.subTest(text), self.assertRaisesRegex(UserError, "no figure"):
                self.env["crm.lead"].search([("show_figure", "=", text)])

    def test_a_rep_is_shown_no_scorecard(self):
        with self.assertRaisesRegex(AccessError, "everybody's leads"):
            self._get_cards(self.show_x, self.user_rep)
        with self.assertRaisesRegex(AccessError, "everybody's leads"):
            self.show_x.with_user(self.user_rep).get_scorecard_html()

    def test_a_number_opens_no_leads_that_one_may_not_see(self):
        self.at_x.user_id = self.user_marketing

        opened = self._open("lead", self.show_x, user=self.user_rep)

        self.assertEqual(opened, self.both)

    def test_costs_are_for_managers(self):
        reader = self._make_user("rita", "sales_team.group_sale_salesman_all_leads")
        shows = self.show_x.with_user(reader)

        [page] = shows._get_scorecard_pages()

        labels = [row["label"] for row in page["rows"]]
        self.assertIn("Revenue won", labels)
        self.assertNotIn("Cost", labels)
        self.assertEqual(self._get_values(self.show_x, "lead", user=reader), [2])

    def test_a_show_of_another_company_is_refused(self):
        foreign = self._make_show(name="Branch Fair", company_id=self.company_b.id)

        with self.assertRaises(AccessError):
            self._get_cards(foreign)
        text = json.dumps(["lead", foreign.id, None, []])
        self._add_visitor(foreign)
        leads = self.env["crm.lead"].with_user(self.user_marketing)
        leads = leads.with_context(allowed_company_ids=self.company_a.ids)
        self.assertFalse(leads.search([("show_figure", "=", text)]))

    def test_costs_of_campaigns_are_held_and_said(self):
        """The lead at show X that carries the campaign's 30 is one of two."""
        self.at_x.campaign_id = self.env["utm.campaign"].create({"title": "Billboards"})
        self.env["lead.show.cost"].create(
            {"campaign_id": self.at_x.campaign_id.id, "amount": 30, "kind": "advertising"}
        )

        [card] = self._get_cards(self.show_x)

        self.assertEqual(card["figures_by_show"][self.show_x]["cost"].value, 530)
        self.assertEqual(card["extra_cost"], 30)
        self.assertEqual(self._get_cards(self.show_y)[0]["extra_cost"], 0)

    def test_money_is_told_in_the_currency_of_the_show(self):
        branch = self._make_show(name="Branch Fair", company_id=self.company_b.id)
        self.env["lead.show.cost"].create({"trade_show_id": branch.id, "amount": 50})
        lead = self._add_visitor(branch)
        lead.company_id = self.company_b
        shows = branch.with_user(self.user_marketing).with_context(
            allowed_company_ids=(self.company_a | self.company_b).ids
        )

        [card] = shows._get_scorecard_figures()

        self.assertEqual(card["figures_by_show"][branch]["cost"].value, 50)

    def test_ten_scorecards_cost_no_more_queries_than_one(self):
        shows = self.env["lead.trade.show"].union(
            *(
                self._make_show(name=f"Fair {number}", date_begin=day, date_end=day)
                for number, day in enumerate(f"2026-02-{day:02}" for day in range(1, 11))
            )
        )
        for show in shows:
            self._add_visitor(show, "2026-02-10 00:00:00", captured_by="Bo Best")
        self.env["lead.show.cost"].create(
            [{"trade_show_id": show.id, "amount": 10} for show in shows]
        )
        self.env.flush_all()
        self._get_cards(shows[:1])

        counts = []
        for some in (shows[9], shows):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._get_cards(some)
            counts.append(self.env.cr.sql_log_count - before)

        self.assertLessEqual(counts[1], counts[0])

    def test_goals_say_how_far_it_is(self):
        self.show_x.write(
            {
                "goal_lead_count": 2,
                "goal_qualified_count": 4,
                "goal_revenue": 0,
                "goal_cost_total": 499,
                "goal_cost_per_lead": 250,
            }
        )

        goals = self._get_goals(self.show_x)

        self.assertEqual(goals["Leads"]["word"], "✓ reached")
        self.assertEqual(goals["Qualified"]["word"], "25 % of it so far")
        self.assertEqual(goals["Cost"]["word"], "▲ above the goal")
        self.assertEqual(goals["Cost a lead"]["word"], "✓ within")
        self.assertEqual(goals["First contact within 48 hours"]["word"], "nothing to judge yet")
        self.assertFalse(goals["Revenue won"])

    def test_late_contacts_are_below_the_goal(self):
        goals = self._get_goals(self.show_y)

        self.assertEqual(goals["First contact within 48 hours"]["word"], "▼ below the goal")

    def _get_goals(self, show):
        [page] = show.with_user(self.user_marketing)._get_scorecard_pages()
        return {row["label"]: row["goal"] for row in page["rows"]}

    def test_the_page_says_as_of_when_it_speaks(self):
        soon = self._make_show(name="Soon", date_begin="2026-04-01", date_end="2026-04-02")
        for moment, show, state in (
            ("2026-03-20 12:00:00", soon, "Has not begun"),
            ("2026-03-18 12:00:00", self.show_x, "day 2 of 3"),
            ("2026-03-20 12:00:00", self.show_x, "less than a day ago"),
            ("2026-03-22 12:00:00", self.show_x, "Days since its closing: 2"),
        ):
            with self.subTest(state), freeze_time(moment):
                [page] = show.with_user(self.user_marketing)._get_scorecard_pages()
                self.assertIn(state, page["state"])

    def test_small_samples_are_marked_and_large_ones_are_not(self):
        self.assertIn("⚠", self._render(self.show_x))
        big = self._make_show(name="Big Hall")
        for _number in range(30):
            self._add_visitor(
                big,
                first_touch_at="2026-03-20 09:00:00",
                first_human_touch_at="2026-03-20 09:00:00",
            )
        (self.show_x | self.show_y).write({"date_begin": "2027-01-01", "date_end": "2027-01-02"})

        self.assertNotIn("⚠", self._render(big))

    def _render(self, show):
        return show.with_user(self.user_marketing).get_scorecard_html()

    def test_on_paper_nothing_is_a_button(self):
        report = self.env.ref("lead_nurture.action_report_show_scorecard")
        render = self.env["ir.actions.report"].with_user(self.user_marketing)._render_qweb_html

        paper = render(report.report_name, (self.show_x | self.show_y).ids)[0].decode()

        self.assertIn("314", paper)
        self.assertNotIn("data-figure", paper)
        self.assertIn("data-figure", self._render(self.show_x))

    def test_what_people_wrote_is_shown_as_text(self):
        self.at_x.visit_ids.captured_by = "<script>alert(1)</script>"
        self.show_x.name = "Fair <img src=x>"

        html = self._render(self.show_x)

        self.assertNotIn("<script", html)
        self.assertNotIn("<img", html)

    def test_a_running_show_counts_visits_without_a_time_of_scan(self):
        """They stand at its closing, which is still to come."""
        running = self._make_show(name="Now", date_begin="2026-03-20", date_end="2026-03-21")
        self._add_visitor(running, "2026-03-22 01:00:00")

        self.assertEqual(self._get_values(running, "lead"), [1])
