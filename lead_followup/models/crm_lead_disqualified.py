from odoo import models


class CrmLead(models.Model):
    """Who turns out to be no buyer is left in peace: no cadence would take him in either."""

    _inherit = "crm.lead"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("lifecycle") == "disqualified":
            self.enrollment_id._stop("disqualified")
            self._withdraw_calls("disqualified")
        return result
