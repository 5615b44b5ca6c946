from odoo import api, fields, models
from odoo.fields import Domain


class LeadHandover(models.Model):
    """A lead that was taken back from its salesperson: when and why stays on his hand-over."""

    _inherit = "lead.handover"

    taken_back_at = fields.Datetime("Taken Back On", readonly=True)
    taken_back_why = fields.Selection(
        [
            ("late", "No first contact in time"),
            ("away", "Away for long"),
            ("left", "Has left"),
        ],
        "Taken Back Because",
        readonly=True,
    )

    @api.model
    def _get_had_domain(self):
        return super()._get_had_domain() | Domain("taken_back_at", "!=", False)
