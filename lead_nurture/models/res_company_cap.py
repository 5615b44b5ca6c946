from odoo import fields, models


class ResCompany(models.Model):
    """How often a lead is written to, by all tracks and mailings together."""

    _inherit = "res.company"

    lead_mailing_cap = fields.Integer("Mailings a Lead", default=1, help="0: no cap.")
    lead_mailing_cap_days = fields.Integer("Days of the Cap", default=7)

    _lead_mailing_cap_in_bounds = models.Constraint(
        "CHECK(lead_mailing_cap BETWEEN 0 AND 100 AND lead_mailing_cap_days BETWEEN 1 AND 365)",
        "Give 0 (no cap) to 100 mailings, and a span of 1 to 365 days.",
    )
