from odoo import fields, models


class ResCompany(models.Model):
    """How fast a company's cadences write to the people of one house."""

    _inherit = "res.company"

    lead_house_hourly = fields.Integer(
        "E-mails to One Domain an Hour",
        default=60,
        help="Cadence e-mails to one company's mail domain an hour, whoever signs them; 0 is no "
        "limit. Big mail providers are no such domain.",
    )

    _lead_house_hourly_in_bounds = models.Constraint(
        "CHECK(lead_house_hourly BETWEEN 0 AND 3600)",
        "The e-mails to one domain in an hour are 1 to 3,600, or 0 for no limit.",
    )

    def _get_lead_house_pace_seconds(self):
        """Return the least distance of two e-mails to one domain, in seconds; 0 is none."""
        self.ensure_one()
        return 3600 // self.lead_house_hourly if self.lead_house_hourly else 0
