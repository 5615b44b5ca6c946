from odoo import fields, models


class LeadTradeShow(models.Model):
    """What a show is to bring beyond leads."""

    _inherit = "lead.trade.show"

    goal_qualified_count = fields.Integer(
        "Qualified Leads Wanted", help="How many of its leads are to become qualified."
    )
    goal_revenue = fields.Monetary(
        "Revenue Wanted", help="What the sales to leads of this show are to bring."
    )

    _further_goals_not_negative = models.Constraint(
        "CHECK(goal_qualified_count >= 0 AND goal_revenue >= 0)",
        "A goal is a number of zero (none) or more.",
    )
