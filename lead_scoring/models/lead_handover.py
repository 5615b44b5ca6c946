from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


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

    @api.model
    def _get_had_domain(self):
        """Give which hand-overs bar a salesperson from being offered that lead again.

        Others may widen it.
        """
        return Domain("state", "in", ["returned", "expired"])

    def _lock(self):
        """Wait for whoever answers these offers right now, then read what they have become."""
        self.flush_recordset()
        self.env.execute_query(
            SQL("SELECT id FROM lead_handover WHERE id = ANY(%s) ORDER BY id FOR UPDATE", self.ids)
        )
        self.invalidate_recordset()

    def _explain_answered(self):
        """Say in words how this offer has been answered."""
        self.ensure_one()
        states = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "The offer of “%(lead)s” to %(user)s has been answered already: %(state)s.",
            lead=self.lead_id.name,
            user=self.user_id.name,
            state=states[self.state].lower(),
        )
