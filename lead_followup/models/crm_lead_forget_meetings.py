from odoo import models

from .untracked import UNTRACKED


class CrmLead(models.Model):
    """Meetings about a lead that is forgotten: when they were stays, not with whom."""

    _inherit = "crm.lead"

    def _forget_told(self):
        result = super()._forget_told()
        # sudo from the caller: a meeting may be anybody's
        meetings = self.env["calendar.event"].with_context(
            **UNTRACKED, active_test=False, no_mail_to_attendees=True, dont_notify=True
        )
        meetings = meetings.search([("opportunity_id", "in", self.ids)])
        meetings.message_ids.unlink()
        meetings.write({"name": self.env._("Erased"), "description": False, "location": False})
        return result
