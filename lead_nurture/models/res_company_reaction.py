from odoo import fields, models

from .lead_cadence_reaction import Reaction, split_lines


class ResCompany(models.Model):
    """What a nurtured lead has to do to be offered to a salesperson at once."""

    _inherit = "res.company"

    lead_react_to_reply = fields.Boolean("Offer Who Answers", default=True)
    lead_react_page_count = fields.Integer(
        "Visits to the Price List",
        default=2,
        help="So many visits to the price list, on different days, 0 for never.",
    )
    lead_react_page_days = fields.Integer("Days between Visits", default=14)
    lead_react_links = fields.Text(
        "Links that Count",
        help="One a line. Who follows a link in a mailing whose address holds one of these texts "
        "is offered at once; what programs follow does not count.",
    )

    _lead_react_page_in_bounds = models.Constraint(
        "CHECK(lead_react_page_count BETWEEN 0 AND 100 AND lead_react_page_days BETWEEN 1 AND 365)",
        "Give 0 to 100 visits, and a span of 1 to 365 days.",
    )

    def _get_lead_reaction(self):
        """Return what a lead has to do here, as ``Reaction``."""
        return Reaction(
            self.lead_react_to_reply,
            self.lead_react_page_count,
            self.lead_react_page_days,
            split_lines(self.lead_react_links),
        )
