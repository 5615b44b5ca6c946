from odoo import fields, models


class LeadTouch(models.Model):
    """A call that a lead has wished for by its personal link: the last wish counts."""

    _inherit = "lead.touch"

    is_wished = fields.Boolean(
        "Wished by the Lead",
        readonly=True,
        help="Asked for by the personal link; wished for anew, it takes the place of this one.",
    )
