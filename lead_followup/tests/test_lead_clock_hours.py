import os
import time
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeadClockHours(LeadFollowupCase):
    """Now is Friday 20 March 2026, 12:00 UTC."""

    def _average(self, leads, name):
        [(average,)] = self.env["crm.lead"]._read_group(
            [("id", "in", leads.ids)], [], [f"{name}:avg"]
        )
        return average

    def test_hours_from_the_start_of_the_clock_and_from_qualification(self):
        lead = self._make_lead()
        lead.mql_at = "2026-03-20 14:00:00"
        lead.first_touch_at = "2026-03-20 15:30:00"
        lead.first_human_touch_at = "2026-03-21 14:00:00"

        self.assertEqual(lead.first_touch_hours, 3.5)
        self.assertEqual(lead.mql_first_touch_hours, 1.5)
        self.assertEqual(lead.mql_first_human_touch_hours, 24)

    def test_who_was_contacted_before_waited_zero_hours(self):
        lead = self._make_lead()
        lead.first_touch_at = "2026-03-20 13:00:00"
        lead.mql_at = "2026-03-20 14:00:00"

        self.assertEqual(lead.mql_first_touch_hours, 0)

    def test_an_average_leaves_out_whom_nobody_contacted(self):
        leads = self.env["crm.lead"].union(
            *(self._make_lead(email_from=f"a{n}@ample.example") for n in range(4))
        )
        leads[0].first_touch_at = "2026-03-20 14:00:00"  # 2 hours
        leads[1].first_touch_at = "2026-03-20 18:00:00"  # 6 hours
        leads[2].first_touch_at = "2026-03-20 12:00:00"  # none, and contacted: it counts

        self.assertAlmostEqual(self._average(leads, "first_touch_hours"), 8 / 3)
        self.assertIs(self._average(leads, "mql_first_touch_hours"), False)  # nobody is qualified
        leads.mql_at = "2026-03-20 12:00:00"
        self.assertAlmostEqual(self._average(leads, "mql_first_touch_hours"), 8 / 3)
        self.assertIs(self._average(leads, "mql_first_human_touch_hours"), False)

    def test_they_can_be_searched_and_grouped(self):
        lead, other = self._make_lead(), self._make_lead(email_from="b@ample.example")
        lead.first_touch_at = "2026-03-20 18:00:00"
        other.first_touch_at = "2026-03-20 14:00:00"
        mine = [("id", "in", (lead | other).ids)]

        found = self.env["crm.lead"].search([*mine, ("first_touch_hours", ">", 5)])
        groups = self.env["crm.lead"].formatted_read_group(
            mine, ["country_id"], ["first_touch_hours:avg", "__count"]
        )

        self.assertEqual(found, lead)
        self.assertEqual((groups[0]["first_touch_hours:avg"], groups[0]["__count"]), (4, 2))

    def test_a_visit_has_its_own_hours_from_its_own_start(self):
        lead = self._make_lead()
        visit = self.env["lead.show.visit"].create(
            {
                "lead_id": lead.id,
                "trade_show_id": self.show.id,
                "captured_at": "2026-03-18 17:00:00",
            }
        )
        self.assertEqual(str(visit.clock_started_at), "2026-03-20 01:00:00")  # the closing
        self.assertEqual(lead.clock_started_at, visit.clock_started_at)

        visit.first_touch_at = lead.first_touch_at = "2026-03-20 13:00:00"
        visit.first_human_touch_at = "2026-03-21 01:00:00"

        self.assertEqual((visit.first_touch_hours, visit.first_human_touch_hours), (12, 24))
        self.assertEqual(lead.first_touch_hours, 12)
        self.show.clock_start = "scan"
        self.assertEqual(str(visit.clock_started_at), "2026-03-18 17:00:00")
        self.assertEqual(visit.first_touch_hours, 44)

    def test_a_visit_s_average_leaves_out_whom_nobody_contacted(self):
        leads = self._make_lead() | self._make_lead(email_from="b@ample.example")
        visits = self.env["lead.show.visit"].create(
            [{"lead_id": lead.id, "trade_show_id": self.show.id} for lead in leads]
        )
        visits[0].first_touch_at = "2026-03-20 13:00:00"

        [(average,)] = visits._read_group([("id", "in", visits.ids)], [], ["first_touch_hours:avg"])

        self.assertEqual(average, 12)

    def test_groups_by_how_the_first_contact_stands_agree_with_the_leads(self):
        def make(name, **vals):
            lead = self._make_lead(email_from=f"{name}@ample.example")
            lead.write(vals)
            return lead

        late = {"first_touch_deadline": "2026-03-20 11:00:00"}
        leads = make("risk") | make("late", **late) | make("press", not_a_buyer="press", **late)
        leads |= make("done", first_touch_at="2026-03-20 13:00:00")
        leads |= make("done_late", first_touch_at="2026-03-22 13:00:00")
        in_time = make("in_time", user_id=self.user_rep.id)
        leads |= make("none", first_touch_deadline=False) | in_time
        enrollment = self.env.ref("lead_followup.lead_cadence_general")._enroll(in_time)
        enrollment.next_touch_at = "2026-03-20 13:00:00"

        groups = dict(
            self.env["crm.lead"]._read_group(
                [("id", "in", leads.ids)], ["clock_state"], ["id:array_agg"]
            )
        )

        expected = leads.grouped("clock_state")
        self.assertEqual(
            {state: sorted(ids) for state, ids in groups.items()},
            {state: sorted(group.ids) for state, group in expected.items()},
        )
        self.assertEqual(set(expected), {False, "at_risk", "late", "in_time", "done", "done_late"})
        for state in expected:
            found = self.env["crm.lead"].search(
                [("id", "in", leads.ids), ("clock_state", "=", state)]
            )
            self.assertEqual(set(found), set(expected[state]), state)

    def test_neither_the_server_s_nor_a_person_s_time_zone_moves_what_is_stored(self):
        lead = self._make_lead(user_id=self.user_rep.id)
        self.env["lead.show.visit"].create(
            {"lead_id": lead.id, "trade_show_id": self.show.id, "captured_at": "2026-03-18 17:00"}
        )
        self.env.ref("lead_followup.lead_cadence_general")._enroll(lead)

        def read():
            self.env.flush_all()
            self.env.invalidate_all()
            touch = lead.touch_ids
            return (
                str(lead.first_touch_deadline),
                str(lead.clock_started_at),
                str(lead.visit_ids.first_touch_deadline),
                str(touch.planned_at),
                str(touch.mail_id.scheduled_date),
                lead.clock_state,
            )

        before = read()
        self.assertEqual(before[:2], ("2026-03-22 01:00:00", "2026-03-20 01:00:00"))
        self.addCleanup(time.tzset)
        with patch.dict(os.environ, {"TZ": "Pacific/Auckland"}):
            time.tzset()
            self.assertEqual(read(), before)
            self.show.clock_hours = 48
            self.show.modified(["clock_hours"])  # worked out anew on that server
            self.assertEqual(read(), before)
        self.user_rep.tz = "Asia/Tokyo"
        self.assertEqual(read(), before)

    def test_a_show_s_changed_zone_does_move_its_closing(self):
        """The near miss: a show that was entered in the wrong zone is corrected."""
        lead = self._make_lead(trade_show_id=self.show.id)

        self.show.tz = "Europe/Berlin"  # 18:00 there is 17:00 UTC

        self.assertEqual(str(lead.first_touch_deadline), "2026-03-21 17:00:00")

    def test_a_restarted_clock_counts_from_its_restart(self):
        lead = self._make_lead()
        lead.action_set_lost()

        with freeze_time("2026-04-20 12:00:00"):
            lead._revive("Wrote to us.")

        self.assertEqual(str(lead.clock_started_at), "2026-04-20 12:00:00")
        self.assertEqual(str(lead.first_touch_deadline), "2026-04-21 12:00:00")
