from odoo import fields, models
from odoo.fields import Domain


class CrmLead(models.Model):
    """What a meeting in somebody's calendar means to its lead."""

    _inherit = "crm.lead"

    def _merge_dependences_calendar_events(self, opportunities):
        """Take the meetings over without noting them again: they were noted when booked."""
        head = self.with_context(lead_meetings_noted=True)
        return super(CrmLead, head)._merge_dependences_calendar_events(opportunities)

    def _stop_for_meeting(self):
        """End the cadence of a merged lead, if one of both has a meeting still to come."""
        if self.enrollment_id and self._has_meeting_ahead(self.env["calendar.event"]):
            self.enrollment_id._stop("meeting")

    def _note_meetings(self, leads_by_meeting):
        """Stop the cadences of these leads and leave the meeting as what comes next, once each.

        A series is one meeting. One entered after it took place asks what came of it.

        :param leads_by_meeting: ``{calendar.event: leads}``.
        """
        vals_by_ref, meeting_by_ref = {}, {}
        for meeting, leads in leads_by_meeting.items():
            for lead in leads:
                ref = self._get_meeting_ref(meeting, lead)
                meeting_by_ref.setdefault(ref, (meeting, lead))
                vals_by_ref.setdefault(ref, self._prepare_meeting_vals(ref, meeting, lead))
        events = self.env["lead.event"]
        new_ids = events._log(list(vals_by_ref.values()))
        booked = self.browse()
        for event in events.browse(new_ids):
            meeting, lead = meeting_by_ref[event.ref]
            lead._schedule_meeting(meeting)
            booked |= lead
        booked.touch_ids._note_result("meeting")
        booked.enrollment_id._stop("meeting")
        booked._update_scores()

    def _note_cancelled_meetings(self, meetings):
        """Leave a next action where a meeting that was to come is called off.

        The cadence stays ended: the lead wanted to talk. Nothing is left where the series goes on,
        or another meeting is agreed already.
        """
        ahead = meetings.filtered(lambda meeting: meeting.start > fields.Datetime.now())
        leads_by_meeting = ahead._get_leads_by_meeting(Domain("enrollment_ids", "!=", False))
        noted = self._get_noted_meetings(leads_by_meeting)
        for meeting, leads in leads_by_meeting.items():
            for lead in leads:
                if self._get_meeting_ref(meeting, lead) not in noted:
                    continue
                noted.discard(self._get_meeting_ref(meeting, lead))
                if lead.won_status == "pending" and not lead._has_meeting_ahead(meetings):
                    lead._schedule_after_cancelling(meeting)

    def _note_declined_meetings(self, attendees):
        """Leave a next action to the leads among ``attendees`` that say no to what is to come.

        The meeting stays where it is: the others may meet all the same.
        """
        now = fields.Datetime.now()
        meetings = attendees.event_id.filtered(lambda meeting: meeting.start > now)
        leads_by_meeting = meetings._get_leads_by_meeting(Domain("enrollment_ids", "!=", False))
        noted = self._get_noted_meetings(leads_by_meeting)
        for attendee in attendees:
            meeting, guest = attendee.event_id, attendee.partner_id
            for lead in leads_by_meeting.get(meeting, self.browse()):
                is_guest = lead.partner_id == guest or (
                    guest.email_normalized and guest.email_normalized == lead.email_normalized
                )
                ref = self._get_meeting_ref(meeting, lead)
                if ref not in noted or not is_guest or lead.won_status != "pending":
                    continue
                noted.discard(ref)
                if not lead._has_meeting_ahead(meeting):
                    lead._schedule_after_declining(meeting)

    def _get_meeting_ref(self, meeting, lead):
        series = meeting.recurrence_id
        name = f"series,{series.id}" if series else f"{meeting.id}"
        return f"meeting,{name},{lead.id}"

    def _prepare_meeting_vals(self, ref, meeting, lead):
        return {
            "lead_id": lead.id,
            "kind": "meeting",
            "ref": ref,
            # booked now, or held before it was entered
            "occurred_at": min(meeting.start, fields.Datetime.now()),
            "note": meeting.name,
        }

    def _get_noted_meetings(self, leads_by_meeting):
        """Return the refs of those of these meetings that ended or could end a cadence."""
        refs = [
            self._get_meeting_ref(meeting, lead)
            for meeting, leads in leads_by_meeting.items()
            for lead in leads
        ]
        return set(self.env["lead.event"].search([("ref", "in", refs)]).mapped("ref"))

    def _has_meeting_ahead(self, but):
        """Tell whether a meeting about this lead is still to come, ``but`` those left out."""
        return bool(
            self.env["calendar.event"].search_count(
                [
                    ("id", "not in", but.ids),
                    ("start", ">", fields.Datetime.now()),
                    "|",
                    ("opportunity_id", "=", self.id),
                    "&",
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                ],
                limit=1,
            )
        )

    def _schedule_meeting(self, meeting):
        """Leave the meeting on its owner's list, unless Odoo did; ask what came of a past one."""
        if self.id in meeting.activity_ids.filtered(self._is_lead_activity).mapped("res_id"):
            return
        user = self.user_id or meeting.user_id or self.env.user
        if meeting.start <= fields.Datetime.now():
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("What came of “%(meeting)s”?", meeting=meeting.name),
                user_id=user.id,
            )
        else:
            self.activity_schedule(
                "mail.mail_activity_data_meeting",
                date_deadline=fields.Date.to_date(user._get_lead_local(meeting.start)),
                summary=meeting.name,
                user_id=user.id,
                calendar_event_id=meeting.id,
            )

    def _schedule_after_declining(self, meeting):
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._(
                "“%(meeting)s” was declined: agree on another day, or go on with the cadence",
                meeting=meeting.name,
            ),
            user_id=(self.user_id or meeting.user_id or self.env.user).id,
        )

    def _is_lead_activity(self, activity):
        return activity.res_model == self._name

    def _schedule_after_cancelling(self, meeting):
        mine = meeting.activity_ids.filtered(self._is_lead_activity)
        mine.filtered(lambda activity: activity.res_id == self.id).unlink()
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._(
                "“%(meeting)s” was called off: agree on another day, or go on with the cadence",
                meeting=meeting.name,
            ),
            user_id=(self.user_id or meeting.user_id or self.env.user).id,
        )
