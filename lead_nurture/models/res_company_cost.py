from odoo import fields, models


class ResCompany(models.Model):
    """To which show a lead that was at several, and its money, are put down."""

    _inherit = "res.company"

    lead_show_credit = fields.Selection(
        [("first", "The first show it was at"), ("last", "The latest show it was at")],
        "A Lead's Money Counts for",
        default="first",
    )
