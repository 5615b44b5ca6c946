from datetime import timedelta

from odoo import api, fields, models, modules

from ..tools import refusals
from .mail_mail_broken_off import BROKEN_OFF, CROSSED, Taken, is_closed

_RETRY_AFTER = timedelta(minutes=15)  # when the mail server could not be reached, or says “later”


class MailMail(models.Model):
    """A cadence's mail reaches the mail server at most once, and its touch says what came of it.

    Just before it goes out it is looked at again: the cadence may have ended, the lead may have
    opted out since it was queued. Then the touch is marked as being sent, and that is kept, before
    the mail server hears of it. Where a crash leaves that mark behind, nobody knows whether the
    mail went out: it is shown as doubtful and not sent again. While the company has stopped all
    sending, mails are held back. What the queue finds more than an hour late, or what comes too
    fast after others in its sender's name, gets a new moment instead of leaving in a burst.
    """

    _inherit = "mail.mail"

    @api.model
    def process_email_queue(self, email_ids=(), batch_size=1000):
        if not email_ids:
            # sudo: whoever runs the queue need not see the leads
            self.env["lead.touch"].sudo()._plan_overdue_anew()
        return super().process_email_queue(email_ids=email_ids, batch_size=batch_size)

    def send(self, auto_commit=False, raise_exception=False, post_send_callback=None):
        """Leave a cadence's mail to the mail queue's own run, which sends it at most once.

        Here the mark could not be kept before the mail server hears of it, and whatever rolls this
        transaction back would have it sent again.
        """
        handed = self.browse()
        if not auto_commit and not modules.module.current_test:
            # sudo: whoever sends a mail need not see the lead
            touches = self.env["lead.touch"].sudo().search([("mail_id", "in", self.ids)])
            touches._hand_to_mail_queue()
            handed = self.browse(touches.mail_id.ids)
        if self <= handed and handed:
            return True
        mails = (self - handed).with_context(lead_mail_run=Taken())
        # looked up now: a transaction that was crossed answers nothing any more
        ours = mails._filter_ours() if auto_commit else mails.browse()
        try:
            return super(MailMail, mails).send(
                auto_commit=auto_commit,
                raise_exception=raise_exception,
                post_send_callback=post_send_callback,
            )
        except CROSSED:
            if ours:  # the mail queue's own run, which would take it for its end
                ours._run_again()
            raise

    def _send(self, auto_commit=False, post_send_callback=None, **kwargs):
        touches = self.env["lead.touch"].sudo().search([("mail_id", "in", self.ids)])
        touch_by_mail = {touch.mail_id: touch for touch in touches}
        others = self.filtered(lambda mail: mail not in touch_by_mail)
        if others or not self:
            with (self - others)._waking_queue():
                super(MailMail, others)._send(
                    auto_commit=auto_commit, post_send_callback=post_send_callback, **kwargs
                )
        room_by_sender = touches._get_room_by_sender()
        is_first = True
        for mail in self - others:
            if is_closed(kwargs.get("smtp_session")):
                mail._wake_queue()
                return True  # the callback is not for what is still to be sent
            touch = touch_by_mail[mail]
            if mail.state != "outgoing" or not touch._may_send_now_apart():
                continue
            if room_by_sender.get(touch.user_id, 1) < 1 and touch._is_due():
                touch._plan_anew_apart()
                continue
            touch.state = "sending"
            if auto_commit:  # the mail queue's own run, which commits after each mail as well
                self.env.cr.commit()  # pylint: disable=invalid-commit
            taken = Taken()
            try:
                super(MailMail, mail.with_context(lead_mail_taken=taken))._send(
                    auto_commit=auto_commit, post_send_callback=post_send_callback, **kwargs
                )
            except BROKEN_OFF as error:
                if not mail._note_broken_off(touch, error, auto_commit, taken):
                    raise  # the mail queue logs it and ends its run
            if auto_commit and is_first:
                # Odoo's queue tells of no progress: killed thrice it would rest for an hour.
                self.env["ir.cron"]._commit_progress(1)
                is_first = False
            if touch.user_id in room_by_sender:
                room_by_sender[touch.user_id] -= 1
        if post_send_callback:
            post_send_callback(self.ids)  # those that were put off are done with as well
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
        for mail, mail_touches in touches.grouped("mail_id").items():
            if mail.state == "sent":
                mail_touches._mark_sent(fields.Datetime.now())
            elif success_pids or success_emails:  # once more, and they would have it twice
                mail_touches._mark_partly_sent(fields.Datetime.now())
            elif failure_type == "mail_smtp" and "sending" not in mail_touches.mapped("state"):
                # The server could not be reached: no attempt was made, so this one still stands.
                mail._try_later()
            elif refusals.is_for_now(failure_reason) and mail_touches._filter_tried_again():
                mail_touches.state = "queued"  # the server has taken nothing
                mail._try_later()
            else:
                mail_touches._mark_refused(failure_type or mail.failure_type or "unknown")
        return result

    def _try_later(self):
        """Put this mail, which the mail server has not taken, back in the queue for later."""
        later = fields.Datetime.now() + _RETRY_AFTER
        self.write({"state": "outgoing", "scheduled_date": later})
