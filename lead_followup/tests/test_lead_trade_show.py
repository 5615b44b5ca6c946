from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeadTradeShow(LeadFollowupCase):
    def test_closing_is_the_last_day_at_six_in_the_show_s_zone(self):
        # 18:00 on 19 March in Los Angeles, daylight saving time (UTC-7)
        self.assertEqual(fields.Datetime.to_string(self.show.closes_at), "2026-03-20 01:00:00")

    def test_closing_follows_a_changed_hour_and_zone(self):
        self.show.write({"closing_hour": 16.5, "tz": "Asia/Tehran"})  # UTC+3:30

        self.assertEqual(fields.Datetime.to_string(self.show.closes_at), "2026-03-19 13:00:00")

    def test_each_show_owns_a_campaign(self):
        other = self._make_show(name="Autumn Valve Fair")

        self.assertEqual(other.campaign_id.title, "Autumn Valve Fair")
        self.assertNotEqual(other.campaign_id, self.show.campaign_id)

    def test_deadline_counts_from_closing(self):
        scan = fields.Datetime.to_datetime("2026-03-17 16:00:00")

        deadline = self.show._first_contact_deadline(scan)

        self.assertEqual(fields.Datetime.to_string(deadline), "2026-03-22 01:00:00")

    def test_deadline_counts_from_the_scan_where_the_show_says_so(self):
        self.show.clock_start = "scan"
        scan = fields.Datetime.to_datetime("2026-03-17 16:00:00")

        self.assertEqual(
            fields.Datetime.to_string(self.show._first_contact_deadline(scan)),
            "2026-03-19 16:00:00",
        )
        # near miss: nobody knows when he was scanned, so the closing it is
        self.assertEqual(
            fields.Datetime.to_string(self.show._first_contact_deadline(False)),
            "2026-03-22 01:00:00",
        )

    @mute_logger("odoo.sql_db")
    def test_a_show_cannot_end_before_it_begins(self):
        with self.assertRaisesRegex(CheckViolation, "lead_trade_show_dates_in_order"):
            self.show.date_end = "2026-03-16"
            self.env.flush_all()

    def test_closing_hour_is_an_hour_of_the_day(self):
        self.show.closing_hour = 24.0
        with self.assertRaisesRegex(ValidationError, "between 0:00 and 24:00"):
            self.show.closing_hour = 24.5

    def test_cost_a_lead_is_total_over_all_leads_lost_ones_too(self):
        leads = self._make_lead() | self._make_lead(email_from="bob@ample.example")
        self.env["lead.show.visit"].create(
            [{"lead_id": lead.id, "trade_show_id": self.show.id} for lead in leads]
        )
        self.show.cost_ids = [(0, 0, {"amount": 900}), (0, 0, {"kind": "travel", "amount": 300})]
        leads[0].action_set_lost()

        self.show.invalidate_recordset()

        self.assertEqual(self.show.lead_count, 2)
        self.assertEqual(self.show.cost_per_lead, 600)

    def _make_visits(self, show, count, **vals):
        """Make ``count`` leads that were at ``show``; return their visits."""
        leads = self.env["crm.lead"].create(
            [
                {"name": f"Lead {n}", "contact_name": f"Lead {n}", "user_id": False, **vals}
                for n in range(count)
            ]
        )
        return self.env["lead.show.visit"].create(
            [{"lead_id": lead.id, "trade_show_id": show.id} for lead in leads]
        )

    def _set_create_date(self, lead, moment):
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET create_date = %s WHERE id = %s", [moment, lead.id])
        lead.invalidate_recordset()

    def test_figures_are_counts_over_all_leads_of_the_show(self):
        visits = self._make_visits(self.show, 4)
        self._make_visits(self._make_show(name="Elsewhere"), 3)
        leads = visits.lead_id
        # contacted: one in time, one on the dot, one an hour late; the deadline is 22 March 01:00
        for visit, moment in zip(visits, ("21 12:00", "22 01:00", "22 02:00"), strict=False):
            visit.first_touch_at = f"2026-03-{moment}:00"
        leads[0].action_set_won()
        leads[1].action_set_lost()
        self.show.goal_lead_count = 5
        self.show.invalidate_recordset()

        self.assertRecordValues(
            self.show,
            [
                {
                    "lead_count": 4,
                    "cold_count": 4,
                    "contacted_count": 3,
                    "in_time_count": 2,
                    "contact_due_count": 3,  # the fourth has time until the deadline
                    "in_time_pct": 200 / 3,  # 2 of 3, the lost one among them
                    "won_count": 1,
                    "won_pct": 25.0,
                    "lead_goal_pct": 80.0,  # 4 of 5
                    "is_small_sample": True,
                }
            ],
        )

    def _count_due(self):
        self.show.invalidate_recordset()
        return self.show.contact_due_count, self.show.in_time_pct

    def test_a_missed_contact_counts_from_the_deadline_on_one_that_is_none_never(self):
        visits = self._make_visits(self.show, 5)
        touched, missed, press, quiet, lost = visits.lead_id
        visits[0].first_touch_at = "2026-03-21 12:00:00"
        press.not_a_buyer = "press"
        quiet.do_not_contact = True
        lost.action_set_lost()

        with freeze_time("2026-03-22 01:00:00"):  # the deadline itself
            self.assertEqual(self._count_due(), (1, 100.0))
        with freeze_time("2026-03-22 01:00:01"):
            self.assertEqual(self._count_due(), (3, 100 / 3))  # touched, missed, lost
        visits[2].first_touch_at = "2026-03-23 12:00:00"  # made nevertheless, late
        self.assertEqual(self._count_due(), (2, 50.0))

    def test_a_show_without_leads_has_no_rates(self):
        self.show.cost_ids = [(0, 0, {"amount": 900})]

        self.assertRecordValues(
            self.show,
            [{"lead_count": 0, "in_time_pct": 0, "won_pct": 0, "cost_per_lead": 0}],
        )
        self.assertFalse(self.show.is_small_sample)

    def test_new_and_known_leads_are_told_apart(self):
        known = self._make_lead()
        self._set_create_date(known, "2026-01-10")
        rows = [["Name", "E-mail"], ["Ann Ample", "ann@ample.example"], ["Bob", "bob@x.example"]]

        self._import(rows)
        # the same two at the next show: both are known by then
        autumn = self._make_show(name="Autumn Fair")
        self._import([*rows, ["Cid", "cid@x.example"]], trade_show_id=autumn.id)

        self.assertEqual((self.show.new_count, self.show.known_count), (1, 1))
        self.assertEqual((autumn.new_count, autumn.known_count), (1, 2))

    def test_a_visit_noted_by_hand_is_new_for_a_lead_made_since_the_show_began(self):
        fresh, old = self._make_lead(), self._make_lead(email_from="old@ample.example")
        self.env.flush_all()
        self._set_create_date(old, "2026-03-16 23:59:59")
        self._set_create_date(fresh, "2026-03-17 00:00:00")

        visits = self.env["lead.show.visit"].create(
            [{"lead_id": lead.id, "trade_show_id": self.show.id} for lead in fresh | old]
        )

        self.assertEqual(visits.mapped("is_new_lead"), [True, False])

    def test_a_returning_visitor_does_not_take_his_first_contact_from_the_earlier_show(self):
        visit = self._make_visits(self.show, 1)
        visit.lead_id.first_touch_at = visit.first_touch_at = "2026-03-21 12:00:00"
        autumn = self._make_show(name="Autumn Fair")

        again = self.env["lead.show.visit"].create(
            {"lead_id": visit.lead_id.id, "trade_show_id": autumn.id}
        )
        again._restart_clocks()

        self.assertEqual((self.show.contacted_count, autumn.contacted_count), (1, 0))
        found = self.env["crm.lead"].search(self.show.action_open_contacted_leads()["domain"])
        self.assertEqual(found, visit.lead_id)

    def test_figures_cost_the_same_queries_for_one_show_as_for_fifty(self):
        shows = self.show | self.show.union(*(self._make_show(name=f"Show {n}") for n in range(49)))
        for show in shows[:3]:
            self._make_visits(show, 2)
        self.env.flush_all()
        names = ["lead_count", "in_time_count", "won_count", "lead_goal_pct", "cost_per_lead"]

        def count_queries(records):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.read(names)
            return self.env.cr.sql_log_count - before

        count_queries(self.show)  # warm up

        self.assertEqual(len(shows), 50)
        self.assertEqual(count_queries(self.show), count_queries(shows))

    def test_costs_and_their_goals_are_for_managers(self):
        self.show.goal_cost_total = 5000
        fields_of_rep = self.show.with_user(self.user_rep).fields_get()
        fields_of_manager = self.show.with_user(self.user_marketing).fields_get()

        for name in ("cost_total", "cost_per_lead", "goal_cost_total", "goal_cost_per_lead"):
            with self.subTest(name):
                self.assertNotIn(name, fields_of_rep)
                self.assertIn(name, fields_of_manager)
        self.assertIn("lead_count", fields_of_rep)
        self.assertEqual(self.show.with_user(self.user_rep).lead_count, 0)

    def test_salesperson_and_manager_read_the_same_figures(self):
        self._make_visits(self.show, 3)
        leads = self.show.visit_ids.lead_id
        leads[:2].user_id = self.user_marketing
        leads[2].user_id = self.user_rep

        counts = [
            self.show.with_user(user).lead_count for user in (self.user_rep, self.user_marketing)
        ]

        self.assertEqual(counts, [3, 3])

    @mute_logger("odoo.sql_db")
    def test_a_goal_is_no_negative_number(self):
        with self.assertRaisesRegex(CheckViolation, "lead_trade_show_goals_not_negative"):
            self.show.goal_lead_count = -1
            self.env.flush_all()
