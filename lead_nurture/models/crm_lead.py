from odoo import models
from odoo.exceptions import UserError


class CrmLead(models.Model):
    """A lead that is not ready goes to nurture: no rep is troubled, and it is not forgotten."""

    _inherit = "crm.lead"

    def action_start_nurture(self):
        """Let these leads enter the track “Stay in touch”; say how many did.

        Customers, lost ones, those who don't buy or must not be contacted are left out, and so
        is whoever is in a cadence already.

        :raises UserError: none of them may enter.
        """
        leads = self.filtered(lambda lead: lead._can_enroll())
        if not leads:
            raise UserError(
                self.env._(
                    "None of these leads can be nurtured: they are in a cadence already, were "
                    "won or lost, don't buy, or must not be contacted."
                )
            )
        leads.lifecycle = "nurture"
        track = self.env.ref("lead_nurture.lead_cadence_stay_in_touch")
        count = len(track._enroll(leads))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(count)s of %(all)s leads are nurtured now.", count=count, all=len(self)
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
