from collections import defaultdict

import pytz

from odoo import fields, models

from ..tools import timing


class LeadTouch(models.Model):
    """E-mails that come to a sender beside his own: no day gets more of them than the cap."""

    _inherit = "lead.touch"

    def _keep_sender_cap(self):
        """Give those of these e-mails that are above their sender's cap another moment.

        Those that are due soonest keep theirs. What a person has moved stays, and so does what is
        over; what others have planned for that day is left alone.
        """
        now = fields.Datetime.now()
        coming = self.filtered(
            lambda touch: (
                touch.channel == "email"
                and touch.state in ("planned", "approval", "queued")
                and touch.planned_at
                and touch.planned_at > now
                and touch.reason in (False, "branch_open")  # not what was sent as a test
            )
        )
        above = self.browse()
        for company, touches in coming.grouped(
            lambda touch: touch.company_id or self.env.company
        ).items():
            if company.lead_email_cap:
                above |= touches._filter_above_cap(company)
        above._choose_new_moments()
        above.enrollment_id._note_coming()
        above.filtered(
            lambda touch: touch.state == "queued" and touch.mail_id.state == "outgoing"
        )._schedule_mails()

    def _filter_above_cap(self, company):
        """Return those of these e-mails that their sender's day has no place for. One query."""
        tz = company._get_lead_tz()
        requests = [timing.SendRequest(touch.enrollment_id, touch.user_id.id, ()) for touch in self]
        taken = self.enrollment_id._get_taken(requests, tz)
        by_day = defaultdict(self.browse)
        for touch in self:
            local = pytz.utc.localize(touch.planned_at).astimezone(pytz.timezone(tz))
            by_day[touch.user_id.id, local.date()] |= touch
        above = self.browse()
        for key, touches in by_day.items():
            surplus = taken.get(key, 0) - company.lead_email_cap
            movable = touches.filtered(lambda touch: touch.slot_rule != "by_hand")
            last_first = movable.sorted(
                lambda touch: (not touch.deadline, touch.deadline, touch.planned_at), reverse=True
            )
            above |= last_first[: max(surplus, 0)]
        return above
