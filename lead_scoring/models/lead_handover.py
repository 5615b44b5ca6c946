from odoo import fields, models


class LeadHandover(models.Model):
    """One offer of a qualified lead to a salesperson, and his answer. All of them are kept.

    A lead has at most one open offer. An offer nobody answers is reminded of once, then it ends
    and the lead goes to the next.
    """

    _name = "lead.handover"
    _description = "Hand-over"
    _order = "offered_at desc, id desc"
    _rec_name = "lead_id"

    lead_id = fields.Many2one("crm.lead", required=True, index=True, ondelete="cascade")
    user_id = fields.Many2one(
        "res.users", string="Salesperson", required=True, index=True, ondelete="restrict"
    )
    rule_id = fields.Many2one("lead.assignment.rule", ondelete="set null")
    score = fields.Integer(help="What the lead was worth when it was offered.")
    offered_at = fields.Datetime(required=True, default=fields.Datetime.now)
    reminded_at = fields.Datetime()
    answered_at = fields.Datetime()
    state = fields.Selection(
        [
            ("offered", "Offered"),
            ("accepted", "Accepted"),
            ("returned", "Returned"),
            ("expired", "Expired"),
        ],
        required=True,
        default="offered",
    )
    reason_id = fields.Many2one("lead.return.reason", ondelete="restrict")
    note = fields.Char()

    _one_open_offer = models.UniqueIndex(
        "(lead_id) WHERE state = 'offered'", "This lead is offered to somebody already."
    )
    _open_idx = models.Index("(offered_at) WHERE state = 'offered'")
