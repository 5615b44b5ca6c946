from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeadClockSettings(LeadFollowupCase):
    def test_the_hours_of_leads_from_elsewhere_are_the_company_s(self):
        self.env.company.lead_first_contact_hours = 4
        other = self.env["res.company"].create(
            {"name": "Elsewhere", "lead_first_contact_hours": 72}
        )

        lead = self._make_lead()
        theirs = self._make_lead(company_id=other.id, email_from="b@ample.example")
        visitor = self._make_lead(trade_show_id=self.show.id, email_from="c@ample.example")

        self.assertEqual(str(lead.first_touch_deadline), "2026-03-20 16:00:00")
        self.assertEqual(str(theirs.first_touch_deadline), "2026-03-23 12:00:00")
        self.assertEqual(str(visitor.first_touch_deadline), "2026-03-22 01:00:00")

    def test_changed_hours_leave_clocks_that_run_alone(self):
        lead = self._make_lead()

        self.env.company.lead_first_contact_hours = 4

        self.assertEqual(str(lead.first_touch_deadline), "2026-03-21 12:00:00")

    def test_what_makes_no_sense_is_refused_with_a_sentence(self):
        for vals, sentence in (
            ({"lead_first_contact_hours": 0}, "above zero"),
            ({"lead_clock_remind_pct": 0}, "reminded first"),
            ({"lead_clock_remind_pct": 80, "lead_clock_leader_pct": 79}, "reminded first"),
            ({"lead_clock_leader_pct": 101}, "at most 100"),
            ({"lead_clock_pass_on_hours": -1}, "zero or more"),
        ):
            company = self.env["res.company"].create({"name": f"Ltd {vals}"})
            with self.subTest(vals), self.assertRaisesRegex(ValidationError, sentence):
                company.write(vals)
        self.env.company.write({"lead_clock_remind_pct": 80, "lead_clock_leader_pct": 80})

    def test_the_settings_screen_writes_them_together(self):
        values = {
            "lead_clock_remind_pct": 80,  # above the leader's 75: only both together are allowed
            "lead_clock_leader_pct": 90,
            "lead_first_contact_hours": 12,
            "lead_clock_pass_on": True,
            "lead_away_mode": "reassign",
            "lead_away_days": 30,
        }

        with freeze_time("2026-03-21 09:00:00"):
            self.env["res.config.settings"].create(values).execute()

        company = self.env.company
        self.assertEqual({name: company[name] for name in values}, values)
        self.assertEqual(str(company.lead_clock_pass_on_since), "2026-03-21 09:00:00")

    def test_a_new_company_reminds_and_tells_and_passes_nothing_on(self):
        company = self.env["res.company"].create({"name": "New Ltd"})

        self.assertTrue(company.lead_clock_remind)
        self.assertTrue(company.lead_clock_leader)
        self.assertFalse(company.lead_clock_pass_on)
        self.assertEqual(str(company.lead_clock_remind_since), "2026-03-20 12:00:00")
        self.assertEqual(company.lead_away_mode, "wait")
