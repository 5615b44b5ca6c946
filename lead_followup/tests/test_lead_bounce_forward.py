from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .test_lead_bounce import LeadBounceCase

# Friday 20 March 2026, 12:00 UTC. The lead lives by New York's clock (UTC-4) and is due by Saturday
# 12:00 UTC. The call waits a working day from the e-mail: until Monday. Contacted, its best hours
# come first: Wednesday from 10, 14:00 UTC. Not contacted, and the deadline past by then, it is
# made in the first daytime: Monday from 9, 13:00 UTC.
IN_BEST_HOURS = "2026-03-25 14:00:00"
AT_ONCE = "2026-03-23 13:00:00"


@tagged("post_install", "-at_install")
class TestBouncePullsForward(LeadBounceCase):
    """An e-mail that came back was no contact: what comes next may be due earlier."""

    def setUp(self):
        super().setUp()
        self._make_sent()
        self._run_cadences()
        self.call = self.lead.touch_ids.filtered(lambda touch: touch.channel == "call")
        self.assertPlanned(self.lead, "call", IN_BEST_HOURS)

    def test_the_call_is_made_earlier_after_its_wait(self):
        activity = self.call.activity_id

        self._receive("postfix_unknown_user")

        self.assertPlanned(self.lead, "call", AT_ONCE)
        self.assertTrue(self.call.is_late_by_plan)
        self.assertEqual((self.call.state, self.call.activity_id), ("queued", activity))
        self.assertEqual(str(activity.date_deadline), "2026-03-23")
        self.assertIn("09:00", activity.summary)

    def test_what_was_moved_by_hand_stays(self):
        self.enrollment._move_next(fields.Datetime.to_datetime("2026-03-26 15:00:00"))

        self._receive("postfix_unknown_user")

        self.assertPlanned(self.lead, "call", "2026-03-26 15:00:00")

    def test_nothing_gets_later_by_it(self):
        self.call.planned_at = "2026-03-23 12:30:00"

        self._receive("postfix_unknown_user")

        self.assertEqual(str(self.call.planned_at), "2026-03-23 12:30:00")

    def test_whoever_was_reached_meanwhile_is_called_as_planned(self):
        with freeze_time("2026-03-20 15:00:00"):
            self.lead._plan_call(fields.Datetime.now(), slot_rule="by_hand")
            reached = self.lead.touch_ids.filtered(lambda touch: not touch.step_id)
            reached._mark_done(fields.Datetime.now(), is_human=True)

            self._receive("postfix_unknown_user")

        self.assertTrue(self.lead.first_touch_at)
        self.assertEqual(str(self.call.planned_at), IN_BEST_HOURS)

    def test_without_a_deadline_the_best_hours_stay(self):
        self.lead.first_touch_deadline = False

        self._receive("postfix_unknown_user")

        self.assertPlanned(self.lead, "call", IN_BEST_HOURS)

    def test_what_is_only_delayed_moves_nothing(self):
        self._receive("postfix_delayed")

        self.assertPlanned(self.lead, "call", IN_BEST_HOURS)

    def test_a_paused_cadence_stays_paused(self):
        self.enrollment.action_pause()

        self._receive("postfix_unknown_user")

        self.assertEqual(self.enrollment.state, "paused")
        self.assertFalse(self.enrollment.next_touch_at)
