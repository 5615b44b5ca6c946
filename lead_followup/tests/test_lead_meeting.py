from freezegun import freeze_time

from odoo.tests import tagged

from .common import LeadFollowupCase

# NOW is Friday 20 March 2026, 12:00 UTC.


@tagged("post_install", "-at_install")
class TestLeadMeeting(LeadFollowupCase):
    def setUp(self):
        super().setUp()
        self.lead = self._make_lead(user_id=self.user_rep.id, type="opportunity")
        self.enrollment = self.env.ref("lead_followup.lead_cadence_trade_show")._enroll(self.lead)
        self.user_clerk = self._make_user("carl", "base.group_user")
        self.guest = self.env["res.partner"].create(
            {"name": "Ann Ample", "email": "Ann@ample.example"}
        )

    def _book(self, user=None, **vals):
        return (
            self.env["calendar.event"]
            .with_user(user or self.user_rep)
            .create(
                {
                    "name": "Demo of the pump",
                    "start": "2026-03-24 14:00:00",
                    "stop": "2026-03-24 15:00:00",
                    **vals,
                }
            )
        )

    def assertEnded(self):
        self.assertEqual(
            (self.enrollment.state, self.enrollment.stop_reason), ("stopped", "meeting")
        )
        self.assertEqual(self.lead.touch_ids.state, "cancelled")
        self.assertEqual(self.lead.event_ids.mapped("kind").count("meeting"), 1)

    def assertGoesOn(self):
        self.assertEqual(self.enrollment.state, "active")
        self.assertEqual(self.lead.touch_ids.state, "queued")
        self.assertNotIn("meeting", self.lead.event_ids.mapped("kind"))
        self.assertFalse(self.lead.activity_ids)

    def test_a_meeting_on_the_opportunity_ends_the_cadence_and_is_the_next_action(self):
        meeting = self._book(opportunity_id=self.lead.id)

        self.assertEnded()
        self.assertEqual(self.lead.activity_ids.calendar_event_id, meeting)
        self.assertEqual(str(self.lead.activity_ids.date_deadline), "2026-03-24")
        self.assertEqual(self.lead.activity_ids.user_id, self.user_rep)

    def test_a_meeting_made_from_the_lead_leaves_one_next_action(self):
        self._book(
            opportunity_id=self.lead.id,
            res_model_id=self.env["ir.model"]._get_id("crm.lead"),
            res_id=self.lead.id,
        )

        self.assertEnded()
        self.assertEqual(len(self.lead.activity_ids), 1)

    def test_a_meeting_on_the_document_alone_ends_it_too(self):
        self._book(res_model_id=self.env["ir.model"]._get_id("crm.lead"), res_id=self.lead.id)

        self.assertEnded()

    def test_a_colleague_without_rights_on_leads_may_book_it(self):
        meeting = self._book(user=self.user_clerk)
        self.assertGoesOn()

        # the calendar's own form writes it so
        meeting.sudo().with_user(self.user_rep).write({"opportunity_id": self.lead.id})

        self.assertEnded()

    def test_an_invitation_with_the_lead_among_the_guests_ends_it(self):
        self._book(user=self.user_clerk, partner_ids=[(6, 0, self.guest.ids)])

        self.assertEnded()

    def test_a_guest_added_later_ends_it(self):
        meeting = self._book()
        self.assertGoesOn()

        meeting.write({"partner_ids": [(4, self.guest.id)]})

        self.assertEnded()

    def test_an_internal_meeting_or_a_stranger_s_ends_nothing(self):
        stranger = self.env["res.partner"].create({"name": "Bob", "email": "bob@best.example"})

        self._book(partner_ids=[(6, 0, (self.user_clerk.partner_id | stranger).ids)])

        self.assertGoesOn()

    def test_a_colleague_at_the_table_is_no_lead(self):
        self.lead.email_from = self.user_clerk.email

        self._book(partner_ids=[(6, 0, self.user_clerk.partner_id.ids)])

        self.assertGoesOn()

    def test_old_meetings_of_a_calendar_that_is_connected_end_nothing(self):
        self._book(
            start="2025-03-24 14:00:00",
            stop="2025-03-24 15:00:00",
            partner_ids=[(6, 0, self.guest.ids)],
        )

        self.assertGoesOn()

    def test_a_meeting_entered_after_it_was_held_asks_what_came_of_it(self):
        self._book(
            opportunity_id=self.lead.id, start="2026-03-19 14:00:00", stop="2026-03-19 15:00:00"
        )

        self.assertEnded()
        event = self.lead.event_ids.filtered(lambda event: event.kind == "meeting")
        self.assertEqual(str(event.occurred_at), "2026-03-19 14:00:00")
        self.assertEqual(self.lead.activity_ids.summary, "What came of “Demo of the pump”?")

    def test_moving_a_meeting_is_no_second_one(self):
        meeting = self._book(opportunity_id=self.lead.id)

        meeting.write({"start": "2026-03-26 14:00:00", "stop": "2026-03-26 15:00:00"})
        meeting.write({"opportunity_id": self.lead.id})

        self.assertEnded()
        self.assertEqual(str(self.lead.activity_ids.date_deadline), "2026-03-26")

    def test_a_meeting_of_a_merged_lead_is_no_second_one(self):
        meeting = self._book(opportunity_id=self.lead.id)
        other = self._make_lead(type="opportunity", user_id=self.user_rep.id)
        self.env.ref("lead_followup.lead_cadence_general")._enroll(other)

        kept = (self.lead | other).merge_opportunity()

        self.assertEqual(meeting.opportunity_id, kept)
        self.assertEqual(kept.event_ids.mapped("kind").count("meeting"), 1)
        self.assertEqual(kept.activity_ids.calendar_event_id, meeting)
        self.assertEqual(len(kept.activity_ids), 1)
        self.assertFalse(kept.enrollment_id)

    def test_a_series_is_one_meeting(self):
        self._book(
            opportunity_id=self.lead.id,
            recurrency=True,
            rrule_type="weekly",
            tue=True,
            end_type="count",
            count=3,
            event_tz="UTC",
        )

        self.assertEnded()

    def test_a_meeting_called_off_leaves_a_next_action_and_starts_nothing(self):
        for end in (lambda meeting: meeting.action_archive(), lambda meeting: meeting.unlink()):
            with self.subTest(end=end):
                meeting = self._book(opportunity_id=self.lead.id)

                end(meeting.with_user(self.user_rep))

                self.assertEqual(self.enrollment.state, "stopped")
                self.assertEqual(self.lead.activity_ids.user_id, self.user_rep)
                self.assertIn("“Demo of the pump” was called off", self.lead.activity_ids.summary)
                self.lead.activity_ids.unlink()

    def test_a_guest_s_meeting_called_off_leaves_a_next_action(self):
        meeting = self._book(partner_ids=[(6, 0, self.guest.ids)])

        meeting.unlink()

        self.assertIn("was called off", self.lead.activity_ids.summary)

    def test_called_off_while_another_is_agreed_leaves_nothing_more(self):
        first = self._book(opportunity_id=self.lead.id)
        second = self._book(
            opportunity_id=self.lead.id, start="2026-03-27 14:00:00", stop="2026-03-27 15:00:00"
        )

        first.unlink()

        self.assertEqual(self.lead.activity_ids.calendar_event_id, second)

    def test_tidying_up_meetings_that_were_held_leaves_nothing(self):
        meeting = self._book(opportunity_id=self.lead.id)

        with freeze_time("2026-04-20 12:00:00"):
            meeting.action_archive()

        self.assertNotIn("called off", "".join(self.lead.activity_ids.mapped("summary")))

    def test_a_won_lead_s_meeting_called_off_leaves_nothing(self):
        meeting = self._book(opportunity_id=self.lead.id)
        self.lead.action_set_won()

        meeting.unlink()

        self.assertFalse(self.lead.activity_ids)

    def _answer(self, meeting, word, guest=None):
        attendee = meeting.attendee_ids.filtered(
            lambda attendee: attendee.partner_id == (guest or self.guest)
        )
        attendee.write({"state": word})

    def test_a_meeting_the_lead_declines_leaves_a_next_action_once(self):
        meeting = self._book(partner_ids=[(4, self.guest.id)])

        self._answer(meeting, "declined")
        self._answer(meeting, "declined")

        self.assertEnded()
        asks = self.lead.activity_ids.filtered(lambda todo: "was declined" in todo.summary)
        self.assertEqual(len(asks), 1)
        self.assertEqual(asks.user_id, self.user_rep)

    def test_a_meeting_the_lead_accepts_or_a_colleague_declines_leaves_nothing(self):
        colleague = self.user_clerk.partner_id
        meeting = self._book(partner_ids=[(4, self.guest.id), (4, colleague.id)])
        before = self.lead.activity_ids

        self._answer(meeting, "accepted")
        self._answer(meeting, "tentative")
        self._answer(meeting, "declined", colleague)

        self.assertEqual(self.lead.activity_ids, before)

    def test_a_meeting_declined_while_another_is_agreed_leaves_nothing(self):
        meeting = self._book(partner_ids=[(4, self.guest.id)])
        self._book(
            opportunity_id=self.lead.id, start="2026-03-26 14:00:00", stop="2026-03-26 15:00:00"
        )
        before = self.lead.activity_ids

        self._answer(meeting, "declined")

        self.assertEqual(self.lead.activity_ids, before)
