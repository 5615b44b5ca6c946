from odoo import fields, models


class MailMail(models.Model):
    """A cadence's mail reaches the mail server at most once, and its touch says what came of it.

    The touch is marked as being sent, and that is kept, before the mail server hears of the mail.
    Where a crash leaves that mark behind, nobody knows whether the mail went out: it is shown as
    doubtful and not sent again. While the company has stopped all sending, mails wait in the queue.
    """

    _inherit = "mail.mail"

    def _send(self, auto_commit=False, **kwargs):
        touch_by_mail = {
            touch.mail_id: touch
            for touch in self.env["lead.touch"].sudo().search([("mail_id", "in", self.ids)])
        }
        others = self.filtered(lambda mail: mail not in touch_by_mail)
        if others or not self:
            super(MailMail, others)._send(auto_commit=auto_commit, **kwargs)
        for mail in self - others:
            touch = touch_by_mail[mail]
            if (touch.company_id or self.env.company).lead_sending_stopped:
                continue  # it waits in the queue
            if touch.state == "sending":
                touch._mark_doubtful()
                continue
            if mail.state == "outgoing" and touch.state == "queued":
                touch.state = "sending"
                if auto_commit:  # the mail queue's own run, which commits after each mail as well
                    self.env.cr.commit()  # pylint: disable=invalid-commit
            super(MailMail, mail)._send(auto_commit=auto_commit, **kwargs)
        return True

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        touches = self.env["lead.touch"].sudo().search([("mail_id", "in", self.ids)])
        result = super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )
        if failure_type:
            touches._mark_failed(failure_type)
        else:
            touches._mark_done(fields.Datetime.now(), is_human=False)
        return result
