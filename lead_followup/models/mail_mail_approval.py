from odoo import fields, models


class MailMail(models.Model):
    """An e-mail that waits for its sender's word is in no queue: Odoo sends what is outgoing."""

    _inherit = "mail.mail"

    state = fields.Selection(
        selection_add=[("approval", "To Approve")], ondelete={"approval": "set cancel"}
    )
