from odoo import fields, models


class MailMail(models.Model):
    """A sent or failed mail of a cadence is noted on its touch, in the mail's own transaction."""

    _inherit = "mail.mail"

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
