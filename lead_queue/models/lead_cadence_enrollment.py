from odoo import api, models


class LeadCadenceEnrollment(models.Model):
    _inherit = "lead.cadence.enrollment"

    @api.model
    def _cron_run_due(self):
        if not self.env["lead.queue"]._hand_over("due", self._find_due().ids):
            return super()._cron_run_due()
        self.env["lead.touch"]._give_up_lost()
        return None
