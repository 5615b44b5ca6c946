from odoo import fields, models


class LeadReturnReason(models.Model):
    """Why a salesperson gives a lead back, and where it goes then."""

    _name = "lead.return.reason"
    _description = "Return Reason"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    destination = fields.Selection(
        [
            ("nurture", "Nurture it"),
            ("next", "Offer it to the next salesperson"),
            ("disqualified", "Disqualify it"),
        ],
        required=True,
        default="nurture",
    )
