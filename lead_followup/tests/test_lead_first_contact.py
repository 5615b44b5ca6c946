from odoo.tests import tagged

from .test_lead_bounce import LeadBounceCase


@tagged("post_install", "-at_install")
class TestFirstContact(LeadBounceCase):
    """What counts as the first contact once it turns out that a touch reached nobody."""

    def _make_visit(self):
        visit = self.env["lead.show.visit"].create(
            {"lead_id": self.lead.id, "trade_show_id": self.show.id}
        )
        self._make_sent()
        self.lead.invalidate_recordset()
        self.assertEqual(visit.first_touch_at, self.lead.first_touch_at)
        return visit

    def _touch(self, moment, is_human, **vals):
        touch = self.env["lead.touch"].create(
            {"lead_id": self.lead.id, "channel": "call", "state": "queued", **vals}
        )
        touch._mark_done(moment, is_human)
        return touch

    def test_a_mail_that_came_back_is_no_contact_and_the_clock_runs_on(self):
        visit = self._make_visit()
        started, deadline = self.lead.clock_started_at, self.lead.first_touch_deadline

        self._receive("postfix_unknown_user")

        self.assertFalse(self.lead.first_touch_at)
        self.assertFalse(visit.first_touch_at)
        self.assertFalse(visit.is_in_time)
        self.assertEqual(
            (self.lead.clock_started_at, self.lead.first_touch_deadline), (started, deadline)
        )
        self.assertEqual(self.lead.clock_state, "at_risk")
        self.assertEqual(self.show.contacted_count, 0)

    def test_the_next_touch_that_was_made_is_the_first_then(self):
        visit = self._make_visit()
        self._touch("2026-03-20 15:00:00", is_human=False)
        self._touch("2026-03-20 16:00:00", is_human=True)

        self._receive("postfix_unknown_user")

        for record in (self.lead, visit):
            self.assertEqual(str(record.first_touch_at), "2026-03-20 15:00:00")
            self.assertEqual(str(record.first_human_touch_at), "2026-03-20 16:00:00")
        self.assertEqual(self.lead.first_touch_hours, 14)  # the show closed at 1:00

    def test_a_person_s_own_mail_that_came_back_is_no_human_contact(self):
        self._touch("2026-03-20 13:00:00", is_human=True, channel="email")
        self._touch("2026-03-20 14:00:00", is_human=False)

        self.lead.touch_ids.filtered(lambda touch: touch.is_human).outcome = "bounced"

        self.assertEqual(str(self.lead.first_touch_at), "2026-03-20 14:00:00")
        self.assertFalse(self.lead.first_human_touch_at)

    def test_a_later_mail_that_came_back_changes_nothing(self):
        self._touch("2026-03-20 11:00:00", is_human=True)
        self._make_sent()

        self._receive("postfix_unknown_user")

        self.assertEqual(str(self.lead.first_touch_at), "2026-03-20 11:00:00")
        self.assertEqual(str(self.lead.first_human_touch_at), "2026-03-20 11:00:00")

    def test_a_delay_is_not_a_bounce(self):
        self._make_visit()

        self._receive("postfix_delayed")

        self.assertEqual(str(self.lead.first_touch_at), "2026-03-20 12:00:00")

    def test_a_clock_begun_anew_since_is_not_touched(self):
        self._make_visit()
        self.lead.write({"first_touch_at": "2026-03-20 17:00:00"})

        self._receive("postfix_unknown_user")

        self.assertEqual(str(self.lead.first_touch_at), "2026-03-20 17:00:00")

    def test_a_call_to_a_wrong_number_is_no_contact_one_without_an_answer_is_an_attempt(self):
        wrong = self._touch("2026-03-20 13:00:00", is_human=True, outcome="wrong_number")
        self.assertEqual(wrong.state, "done")
        self.assertFalse(self.lead.first_touch_at)

        self._touch("2026-03-20 14:00:00", is_human=True, outcome="no_answer")

        self.assertEqual(str(self.lead.first_touch_at), "2026-03-20 14:00:00")

    def test_other_leads_keep_theirs(self):
        self.other.first_touch_at = "2026-03-20 12:00:00"
        self._make_sent()

        self._receive("postfix_unknown_user")

        self.assertEqual(str(self.other.first_touch_at), "2026-03-20 12:00:00")
