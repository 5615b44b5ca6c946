from odoo import api, models


class LeadRecycle(models.Model):
    _inherit = "lead.recycle"

    @api.model
    def _run_batches(self, domain, run):
        kind = {"_give_up": "recycle_end", "_enter": "recycle_enter"}[run.__name__]
        if self.env["lead.queue"]._hand_over(kind, self.search(domain).ids):
            return True
        return super()._run_batches(domain, run)
