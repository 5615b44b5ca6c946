from odoo import models

from .mail_mail_broken_off import get_taken


class IrMailServer(models.Model):
    """Of an e-mail that a run of the queue reaches the mail server with, that is remembered."""

    _inherit = "ir.mail_server"

    def send_email(self, message, *args, **kwargs):
        for key in ("lead_mail_run", "lead_mail_taken"):
            if taken := get_taken(self.env, key):
                taken.hand(self.env.cr)
        return super().send_email(message, *args, **kwargs)
