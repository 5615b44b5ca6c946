from datetime import timedelta

from odoo import fields, models
from odoo.tools.mail import append_content_to_html

from .mail_mail_broken_off import BROKEN_OFF, Taken, is_closed

_MODEL = "lead.referral"
_RETRY_AFTER = timedelta(minutes=15)  # when the mail server could not be reached at all


class MailMail(models.Model):
    """An ask's mail reaches the mail server at most once, and its referral says what came of it.

    It carries the way to opt out, and obeys the company's stop switch and test mode.
    """

    _inherit = "mail.mail"

    def _get_referral_by_mail(self):
        """Return ``{mail: referral}`` of those of these mails that ask for a referral."""
        asking = self.filtered(lambda mail: mail.model == _MODEL)
        if not asking:
            return {}
        # sudo: the mail queue may run as anybody
        referrals = self.env[_MODEL].sudo().search([("mail_id", "in", asking.ids)])
        return {referral.mail_id.with_env(self.env): referral for referral in referrals}

    def _send(self, auto_commit=False, post_send_callback=None, **kwargs):
        referral_by_mail = self._get_referral_by_mail()
        others = self.filtered(lambda mail: mail not in referral_by_mail)
        if not referral_by_mail:
            return super()._send(
                auto_commit=auto_commit, post_send_callback=post_send_callback, **kwargs
            )
        if others:
            with (self - others)._waking_queue():
                super(MailMail, others)._send(auto_commit=auto_commit, **kwargs)
        for mail, referral in referral_by_mail.items():
            if is_closed(kwargs.get("smtp_session")):
                mail._wake_queue()
                return True  # the callback is not for what is still to be sent
            if mail.state != "outgoing" or not referral._may_send_now():
                continue
            if not referral._get_test_address():
                referral._mark_asked(fields.Datetime.now())
            if auto_commit:  # the mail queue's own run, which commits after each mail as well
                self.env.cr.commit()  # pylint: disable=invalid-commit
            taken = Taken()
            try:
                super(MailMail, mail.with_context(lead_mail_taken=taken))._send(
                    auto_commit=auto_commit, **kwargs
                )
            except BROKEN_OFF as error:
                if not mail._note_broken_off(referral, error, auto_commit, taken):
                    raise
        if post_send_callback:
            post_send_callback(self.ids)
        return True

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        referral_by_mail = self._get_referral_by_mail()
        result = super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )
        for mail, referral in referral_by_mail.items():
            if referral.state == "to_send" and failure_type == "mail_smtp":
                later = fields.Datetime.now() + _RETRY_AFTER
                mail.write({"state": "outgoing", "scheduled_date": later})
            elif referral._get_test_address():
                referral._mark_tested()
            elif mail.state != "sent":
                referral._mark_not_asked(failure_type or mail.failure_type or "unknown")
        return result

    def _prepare_outgoing_body(self):
        body = super()._prepare_outgoing_body()
        referral = body and self._get_referral_by_mail().get(self)
        if not referral:
            return body
        foot = referral._render_opt_out_foot()
        return append_content_to_html(str(body), str(foot), plaintext=False)

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        emails = super()._prepare_outgoing_list(
            mail_server=mail_server, doc_to_followers=doc_to_followers
        )
        referral = self._get_referral_by_mail().get(self)
        if not referral:
            return emails
        headers = {
            "List-Unsubscribe": f"<{referral._get_opt_out_url()}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        for email in emails:
            email["headers"] = {**email["headers"], **headers}
        address = referral._get_test_address()
        return [self._as_test(emails[0], address)] if address and emails else emails
