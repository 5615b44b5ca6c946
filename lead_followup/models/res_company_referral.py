from odoo import fields, models


class ResCompany(models.Model):
    """How often a company asks a customer for a referral, and how long its links work."""

    _inherit = "res.company"

    lead_referral_again_days = fields.Integer(
        "Ask Again After",
        default=180,
        help="Days until a customer who was asked for a referral may be asked again.",
    )
    lead_referral_link_days = fields.Integer(
        "Referral Links Work", default=90, help="Days until the link of an ask expires."
    )

    _lead_referral_again_days_positive = models.Constraint(
        "CHECK(lead_referral_again_days > 0)",
        "A customer is asked again after one day or more.",
    )
    _lead_referral_link_days_positive = models.Constraint(
        "CHECK(lead_referral_link_days > 0)", "The link of an ask works for one day or more."
    )
