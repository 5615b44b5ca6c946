from odoo import api, fields, models
from odoo.exceptions import UserError


class LeadReturnReason(models.Model):
    """Why a salesperson gives a lead back, and where it goes then."""

    _name = "lead.return.reason"
    _description = "Return Reason"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    destination = fields.Selection(
        [
            ("nurture", "Nurture it"),
            ("next", "Offer it to the next salesperson"),
            ("disqualified", "Disqualify it"),
        ],
        required=True,
        default="nurture",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        handovers = self.env["lead.handover"].sudo()  # leads the user can't see count too
        used = handovers._read_group(
            [("reason_id", "in", self.ids)], ["reason_id"], ["__count"], limit=1
        )
        for reason, count in used:
            raise UserError(
                self.env._(
                    "“%(name)s” is why %(count)s leads were returned.\n"
                    "Archive it instead: nobody can choose it any more, and the history stays.",
                    name=reason.name,
                    count=count,
                )
            )
