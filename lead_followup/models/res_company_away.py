from odoo import fields, models


class ResCompany(models.Model):
    """What becomes of leads in a cadence whose salesperson is away for long."""

    _inherit = "res.company"

    lead_away_mode = fields.Selection(
        [
            ("wait", "His calls wait for him, e-mails go out in another's name"),
            ("reassign", "They are offered to others"),
        ],
        "Salesperson Away for Long",
        default="wait",
        help="What becomes of his leads in a cadence. Those of somebody who has left always go to "
        "others.",
    )
    lead_away_days = fields.Integer(
        "Away for Long From (days)",
        default=14,
        help="Who does not work in so many days from now is away for long. A shorter leave "
        "changes nothing but the hours of his calls.",
    )

    _lead_away_days_positive = models.Constraint(
        "CHECK(lead_away_days > 0)", "Away for long is one day or more."
    )
