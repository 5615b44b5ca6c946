from odoo import fields, models


class LeadEvent(models.Model):
    _inherit = "lead.event"

    kind = fields.Selection(
        selection_add=[("page_view", "Visited a page")], ondelete={"page_view": "cascade"}
    )
