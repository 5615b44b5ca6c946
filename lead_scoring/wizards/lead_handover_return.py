from odoo import fields, models


class LeadHandoverReturn(models.TransientModel):
    """Asks why a lead is given back."""

    _name = "lead.handover.return"
    _description = "Return a Lead"

    lead_id = fields.Many2one("crm.lead", required=True, readonly=True, ondelete="cascade")
    reason_id = fields.Many2one("lead.return.reason", required=True, ondelete="cascade")
    destination = fields.Selection(related="reason_id.destination")
    note = fields.Char()

    def action_return(self):
        """Give the lead back and show what else is offered: this one may be another's by now."""
        self.ensure_one()
        if not self.lead_id._return_handover(self.reason_id, self.note):
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {
                    "type": "warning",
                    "message": self.lead_id._explain_no_offer(),
                    "next": {"type": "ir.actions.act_window_close"},
                },
            }
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_scoring.crm_lead_action_offered"
        )
        return {**action, "target": "main"}
