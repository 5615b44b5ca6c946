from odoo import fields, models

from odoo.addons.lead_scoring.models.lead_working_hours import WorkingHours

_BATCH = 500  # leads a savepoint
_HORIZON_DAYS = 366


class CrmLead(models.Model):
    """Qualified leads that were not contacted before their deadline go to another salesperson.

    He has the company's working hours after the deadline, or after he got the lead, whichever is
    later. Where nobody else can take it, the lead waits for assignment and its leader is told.
    """

    _inherit = "crm.lead"

    def _pass_on_late(self, company):
        """Offer those of these leads to others whose time is up; who is at work on one keeps it."""
        late = self.filtered(_is_to_pass_on)._filter_time_up(company)
        for start in range(0, len(late), _BATCH):
            late[start : start + _BATCH]._act_or_leave(type(self)._pass_on)

    def _filter_time_up(self, company):
        """Return those that were late for longer than ``company`` allows, in its working hours."""
        if not self:
            return self
        now = fields.Datetime.now()
        owned_since = self._get_owned_since()
        late_since = {lead: max(lead.first_touch_deadline, owned_since[lead]) for lead in self}
        begin = max(min(late_since.values()), fields.Datetime.subtract(now, days=_HORIZON_DAYS))
        nobody = self.env["res.users"]  # the company's own hours: a leave is no excuse here
        hours = WorkingHours(nobody, company, begin, now)
        return self.filtered(
            lambda lead: (
                now > late_since[lead]
                and hours.count(nobody, company, max(begin, late_since[lead]))
                >= company.lead_clock_pass_on_hours
            )
        )

    def _get_owned_since(self):
        """Return ``{lead: since when its rep has it}``, by his last hand-over; one query."""
        now = fields.Datetime.now()
        since = {lead: min(lead.date_open or now, now) for lead in self}
        handovers = self.env["lead.handover"].search_fetch(
            [("lead_id", "in", self.ids)], ["lead_id", "user_id", "offered_at"], order="offered_at"
        )
        for handover in handovers:
            if handover.user_id == handover.lead_id.user_id:
                since[handover.lead_id] = handover.offered_at
        return since

    def _pass_on(self):
        """Take these leads back and offer them to others; who had one, and who leads, is told."""
        self.invalidate_recordset(["first_touch_at", "user_id", "lifecycle"])
        late = self.filtered(_is_to_pass_on)  # others may have contacted them since
        leads_by_owner = late.grouped("user_id")
        for owner, leads in leads_by_owner.items():
            leads._log_clock_notices("pass_on", owner)
        left_over = late._take_back("late")
        for owner, leads in leads_by_owner.items():
            if owner._is_there():
                leads._notify_clocks("pass_on", owner)
        left_over._tell_no_taker()

    def _tell_no_taker(self):
        """Tell the leaders of these leads that nobody could take them."""
        for leader, leads in self.grouped(lambda lead: lead._get_clock_leader()).items():
            if leader:
                leads._notify_clocks("no_taker", leader)


def _is_to_pass_on(lead):
    return lead.clock_state == "late" and lead.user_id and lead._is_for_the_rules()
