from odoo import fields, models


class LeadShowCost(models.Model):
    """One amount that a show cost."""

    _name = "lead.show.cost"
    _description = "Trade Show Cost"
    _order = "trade_show_id, kind, id"

    trade_show_id = fields.Many2one(
        "lead.trade.show", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="trade_show_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="trade_show_id.currency_id")
    kind = fields.Selection(
        [
            ("stand", "Stand and space"),
            ("build", "Construction and transport"),
            ("travel", "Travel and hotel"),
            ("staff", "Staff"),
            ("marketing", "Marketing and gifts"),
            ("other", "Other"),
        ],
        required=True,
        default="stand",
    )
    name = fields.Char("Description")
    amount = fields.Monetary(required=True)

    _amount_not_negative = models.Constraint(
        "CHECK(amount >= 0)", "A cost is an amount of zero or more."
    )
