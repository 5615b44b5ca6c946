from odoo import fields, models


class LeadInterest(models.Model):
    """A product or topic that customers come back for after so many months."""

    _inherit = "lead.interest"

    cycle_months = fields.Integer(
        "Bought Again after (months)",
        help="0: as the settings say. Of several interests of a customer the shortest counts.",
    )

    _cycle_months_in_bounds = models.Constraint(
        "CHECK(cycle_months BETWEEN 0 AND 600)",
        "Something is bought again after 1 to 600 months; 0: as the settings say.",
    )
