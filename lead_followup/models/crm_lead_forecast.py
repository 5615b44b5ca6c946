from odoo import models


class CrmLead(models.Model):
    """What a lead leaves undone while an import is carried out only to be foreseen."""

    _inherit = "crm.lead"

    def _notify_offer(self, user):
        """Tell nobody under ``lead_forecast``: the offer is about to be taken back."""
        if self.env.context.get("lead_forecast"):
            return None
        return super()._notify_offer(user)
