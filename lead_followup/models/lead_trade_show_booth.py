from odoo import models


class LeadTradeShow(models.Model):
    _inherit = "lead.trade.show"

    def action_open_booth(self):
        """Open the page on which the booth's staff writes down visitors."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/lead/booth/{self.id}", "target": "self"}
