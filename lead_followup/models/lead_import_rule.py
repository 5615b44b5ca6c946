from odoo import models


class LeadImport(models.Model):
    """The rules of cadences take an import's leads when it is through: its cadence comes first."""

    _inherit = "lead.import"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") in ("done", "failed"):
            self.env["lead.cadence"]._note_newcomers()
        return result
