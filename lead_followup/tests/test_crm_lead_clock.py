from freezegun import freeze_time

from odoo.tests import tagged

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestCrmLeadClock(LeadFollowupCase):
    def assertClock(self, lead, state):
        """``lead`` is in ``state``, and the filters of the list agree."""
        lead.invalidate_recordset()
        self.assertEqual(lead.clock_state, state)
        for name in ("in_time", "at_risk", "late", "done", "done_late"):
            found = self.env["crm.lead"].search(
                [("clock_state", "=", name), ("id", "in", lead.ids)]
            )
            self.assertEqual(bool(found), name == state, name)

    def test_a_lead_from_elsewhere_has_24_hours(self):
        lead = self._make_lead()

        self.assertEqual(str(lead.first_touch_deadline), "2026-03-21 12:00:00")
        self.assertClock(lead, "at_risk")  # nothing is planned

    def test_planned_before_the_deadline_is_in_time(self):
        self.env.company.lead_marketing_user_id = self.user_marketing
        lead = self._make_lead()
        lead.first_touch_deadline = "2026-03-20 13:00:01"

        with freeze_time("2026-03-20 12:00:00"):
            self.env.ref("lead_followup.lead_cadence_general")._enroll(lead)
        self.assertPlanned(lead, "email", "2026-03-20 13:00:00")

        self.assertClock(lead, "in_time")
        lead.first_touch_deadline = "2026-03-20 12:59:59"
        self.assertClock(lead, "at_risk")

    def test_past_the_deadline_is_late(self):
        lead = self._make_lead()

        with freeze_time("2026-03-21 12:00:01"):
            self.assertClock(lead, "late")

    def test_touched_in_time_or_late(self):
        lead = self._make_lead()
        lead.first_touch_at = "2026-03-21 12:00:00"
        self.assertClock(lead, "done")

        lead.first_touch_at = "2026-03-21 12:00:01"
        self.assertClock(lead, "done_late")

    def test_a_show_sets_its_own_deadline(self):
        lead = self._make_lead()

        self.env["lead.show.visit"].create(
            {
                "lead_id": lead.id,
                "trade_show_id": self.show.id,
                "first_touch_deadline": self.show._first_contact_deadline(False),
            }
        )

        self.assertEqual(str(lead.first_touch_deadline), "2026-03-22 01:00:00")
