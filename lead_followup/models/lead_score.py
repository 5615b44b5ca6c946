from odoo import api, models


class LeadScore(models.Model):
    """What is not written of scores while an import is carried out only to be foreseen."""

    _inherit = "lead.score"

    @api.model
    def _mark_stale_leads(self, leads):
        """Leave the marks under ``lead_forecast``: each chunk is scored whole, then taken back."""
        if self.env.context.get("lead_forecast"):
            return None
        return super()._mark_stale_leads(leads)
