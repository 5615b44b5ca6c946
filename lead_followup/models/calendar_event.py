from odoo import api, fields, models
from odoo.fields import Domain


class CalendarEvent(models.Model):
    """A meeting with a lead ends its cadence; one called off leaves a next action.

    Whoever makes it: a rep on the lead, a colleague, or the lead itself through an invitation
    that a calendar brings in with the lead among the guests.
    """

    _inherit = "calendar.event"

    _LEAD_FIELDS = frozenset({"opportunity_id", "res_id", "res_model_id", "partner_ids"})

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        events.filtered("active")._note_lead_meetings()
        return events

    def write(self, vals):
        active = self.filtered("active")
        result = super().write(vals)
        if not self._LEAD_FIELDS.isdisjoint(vals):
            self.filtered("active")._note_lead_meetings()
        if "active" in vals and not vals["active"]:
            active._note_cancelled_meetings()
        return result

    def unlink(self):
        self.filtered("active")._note_cancelled_meetings()
        return super().unlink()

    def _note_lead_meetings(self):
        """Tell the leads of these meetings; one search where guests have to be looked up."""
        if not self or self.env.context.get("lead_meetings_noted"):
            return
        # sudo: whoever books a meeting need not see leads
        in_cadence = Domain("enrollment_id", "!=", False)
        leads_by_meeting = self.sudo()._get_leads_by_meeting(in_cadence)
        self.env["crm.lead"].sudo()._note_meetings(leads_by_meeting)

    def _note_cancelled_meetings(self):
        """Tell the leads whose meetings these were, as far as they still were to come."""
        if self:
            # sudo: as for booking
            self.env["crm.lead"].sudo()._note_cancelled_meetings(self.sudo())

    def _get_leads_by_meeting(self, invited):
        """Return ``{meeting: leads}``: those it is about, and guests that match ``invited``."""
        leads_by_address = self._get_invited_leads(invited)
        found = {}
        for event in self:
            leads = event.opportunity_id
            if event.res_model == "crm.lead" and event.res_id:
                leads |= leads.browse(event.res_id).exists()
            for partner in event.partner_ids:
                leads |= leads_by_address.get(partner.email_normalized, leads.browse())
            if leads:
                found[event] = leads
        return found

    def _get_invited_leads(self, invited):
        """Return ``{address: leads}`` of the guests from outside of what is still ahead.

        What is over is left out: a calendar that is connected brings in years of meetings.
        """
        now = fields.Datetime.now()
        guests = self.filtered(lambda event: event.stop and event.stop > now).partner_ids
        addresses = {guest.email_normalized for guest in guests if guest.partner_share} - {False}
        if not addresses:
            return {}
        leads = self.env["crm.lead"].search(
            Domain("email_normalized", "in", list(addresses)) & invited
        )
        return leads.grouped("email_normalized")
