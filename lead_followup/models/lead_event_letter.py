from odoo import fields, models


class LeadEvent(models.Model):
    """An answer to a letter, by its code: on its page, to one of us, or in an e-mail."""

    _inherit = "lead.event"

    kind = fields.Selection(
        selection_add=[("letter_answer", "Answered a letter")],
        ondelete={"letter_answer": "cascade"},
    )
