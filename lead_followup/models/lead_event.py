from odoo import fields, models


class LeadEvent(models.Model):
    _inherit = "lead.event"

    kind = fields.Selection(
        selection_add=[("opt_out", "Wants no more messages")], ondelete={"opt_out": "cascade"}
    )
