from odoo import models


class IrMailServer(models.Model):
    """Of an e-mail that a run of the queue reaches the mail server with, that is remembered."""

    _inherit = "ir.mail_server"

    def send_email(self, message, *args, **kwargs):
        for key in ("lead_mail_run", "lead_mail_taken"):
            if taken := self.env.context.get(key):
                taken.hand(self.env.cr)
        return super().send_email(message, *args, **kwargs)
