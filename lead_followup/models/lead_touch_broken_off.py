from odoo import api, models

_BROKEN_OFF = "broken_off"


class LeadTouch(models.Model):
    """An e-mail whose connection broke off in the middle is doubtful: shown, and not sent again."""

    _inherit = "lead.touch"

    @api.depends("state", "reason")
    def _compute_reason_text(self):
        broken = self.filtered(lambda touch: touch.reason == _BROKEN_OFF)
        for touch in broken:
            touch.reason_text = self.env._(
                "The connection broke off while it was sent; it may have gone out"
            )
        return super(LeadTouch, self - broken)._compute_reason_text()

    def _mark_broken_off(self):
        """Note that nobody knows whether the mail server took the mails of these touches."""
        sending = self.filtered(lambda touch: touch.state == "sending")
        sending._mark_doubtful()
        sending.write({"reason": _BROKEN_OFF})
        for touch in sending:
            touch.mail_id.failure_reason = touch.reason_text

    def _put_back(self):
        """Have these wait in the mail queue again: the mail server has not heard of them."""
        self.filtered(lambda touch: touch.state == "sending").state = "queued"
