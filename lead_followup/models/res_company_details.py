from odoo import fields, models


class ResCompany(models.Model):
    """How often a company asks a lead to complete its details."""

    _inherit = "res.company"

    lead_details_again_days = fields.Integer(
        "Ask for Details Again After",
        default=14,
        help="Days for which a lead that got its link is not asked again without a warning.",
    )

    _lead_details_again_days_not_negative = models.Constraint(
        "CHECK(lead_details_again_days >= 0)",
        "Give the days until a lead is asked again as 0 or more; 0 never warns.",
    )
