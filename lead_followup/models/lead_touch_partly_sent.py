from odoo import api, models

_PARTLY = "partly_sent"


class LeadTouch(models.Model):
    """An e-mail that reached some of its recipients was sent: the others cost nobody a second one.

    Odoo gives the mail server one message a recipient, and stops at the first that it refuses.
    The touch says so; the mail keeps the words of the mail server.
    """

    _inherit = "lead.touch"

    @api.depends("state", "reason")
    def _compute_reason_text(self):
        partly = self.filtered(lambda touch: touch.reason == _PARTLY)
        for touch in partly:
            touch.reason_text = self.env._(
                "It reached only some of its recipients: the mail server refused another. Its "
                "e-mail says which; write to those who are missing yourself."
            )
        return super(LeadTouch, self - partly)._compute_reason_text()

    def _mark_partly_sent(self, sent_at):
        """Note that the mail server took the mails of these touches for some recipients only."""
        self.mail_id.state = "sent"
        self._mark_sent(sent_at)
        self.filtered(lambda touch: touch.state == "done").reason = _PARTLY
