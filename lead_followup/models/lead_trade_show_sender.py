from odoo import models


class LeadTradeShow(models.Model):
    """A show that gets another sender: what the former one was to sign is his."""

    _inherit = "lead.trade.show"

    def write(self, vals):
        result = super().write(vals)
        if "sender_id" in vals:
            # sudo: who may change a show need not see its leads
            leads = self.env["crm.lead"].sudo()
            leads = leads.search(
                [("trade_show_id", "in", self.ids), ("enrollment_id.state", "=", "active")]
            )
            leads._pass_on_touches()
        return result
