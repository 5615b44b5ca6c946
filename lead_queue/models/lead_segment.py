from odoo import api, models


class LeadSegment(models.Model):
    _inherit = "lead.segment"

    @api.model
    def _cron_refresh_segments(self):
        segments = self.search([("active", "=", True)])
        if not self.env["lead.queue"]._hand_over("segment", segments.ids, size=1):
            return super()._cron_refresh_segments()
        return None
