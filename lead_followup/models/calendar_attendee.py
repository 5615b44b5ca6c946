from odoo import models


class CalendarAttendee(models.Model):
    """A lead that declines an agreed meeting leaves a next action, as one called off does."""

    _inherit = "calendar.attendee"

    def write(self, vals):
        declined = self.browse()
        if vals.get("state") == "declined":
            declined = self.filtered(lambda attendee: attendee.state != "declined")
        result = super().write(vals)
        if declined:
            # sudo: whoever answers an invitation need not see leads
            self.env["crm.lead"].sudo()._note_declined_meetings(declined.sudo())
        return result
