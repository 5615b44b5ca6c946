from odoo import api, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.model
    def _cron_score_leads(self):
        stale = self.env["lead.score"].search([("is_stale", "=", True)])
        if not self.env["lead.queue"]._hand_over("score", stale.ids):
            return super()._cron_score_leads()
        return None
