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
