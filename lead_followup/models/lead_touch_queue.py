import logging
from datetime import datetime, timedelta

from psycopg2 import OperationalError

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .first_cause import get_first_cause

_logger = logging.getLogger(__name__)

_WAKE_UP = timedelta(minutes=1)  # as fine as the scheduler looks at the time


class LeadTouch(models.Model):
    """Putting planned touches on their way: into Odoo's mail queue, on the rep's list.

    E-mails of one step and sender are rendered together and wait in the queue with their moment;
    Odoo's own scheduler sends them. Letters wait to be printed.
    """

    _inherit = "lead.touch"

    @api.model
    def _get_to_queue_domain(self):
        """Return which touches are to be put on their way now; others may leave out theirs."""
        return Domain("state", "=", "planned") & Domain(
            "planned_at", "<=", self._get_queue_horizon()
        )

    def _queue(self):
        """Queue those of these touches whose moment lies within the horizon.

        Under ``lead_forecast`` in the context nothing is put on its way: the touches are about to
        be taken back, and rendering their mails would be most of the work.
        """
        if self.env.context.get("lead_forecast"):
            return
        horizon = self._get_queue_horizon()
        ready = self.filtered(
            lambda touch: touch.state == "planned" and touch.planned_at <= horizon
        )
        for channel, touches in ready.grouped("channel").items():
            if channel == "email":
                touches._queue_emails()
            elif channel == "letter":
                touches._queue_letters()
            else:
                touches._queue_activities()

    def _queue_emails(self):
        """Render and queue the e-mails, step by step and sender by sender.

        A template that fails for one lead fails that lead's touch only, with the reason.
        """
        for touches in self.grouped(
            lambda touch: (touch.step_id, touch.user_id, touch.round)
        ).values():
            touches._queue_emails_apart()

    def _queue_emails_apart(self):
        """Queue these e-mails of one step; where one can't be made, the others still are."""
        try:
            with self.env.cr.savepoint():
                self._render_emails()
        except OperationalError:
            raise  # two transactions met: the scheduler tries again
        except Exception as error:
            if len(self) == 1:
                _logger.warning("The e-mail of %s could not be made: %s", self, error)
                self._mark_failed(self._describe_failure(error))
                self._note_text_fault()
                return
            for touch in self:
                touch._queue_emails_apart()

    def _note_text_fault(self):
        """Note of these failed touches that it was their text; others may do more."""

    def _describe_failure(self, error):
        """Return which text it was and what is wrong with it, for the lead it fails for."""
        self.ensure_one()
        return self.env._(
            "Its template “%(template)s” fails for this lead: %(error)s",
            template=self.step_id.template_id.name or "",
            error=get_first_cause(error),
        )

    def _render_emails(self):
        """Make the mails of these touches, of one step, sender and round, in one go."""
        step, sender = self.step_id, self.user_id
        mails = (
            # sudo: a sender need not see a lead that has no salesperson yet; with_user: the
            # reply goes to the sender, not to the scheduler's user.
            self.lead_id.with_user(sender)
            .sudo()
            .with_context(mail_composer_force_partners=False)
            .message_mail_with_source(step.template_id, **self._prepare_composer_vals(step, sender))
        )
        self._take_mails(mails)

    def _prepare_composer_vals(self, step, sender):
        """Return values of the composer for one step and sender; others may add theirs."""
        return {
            "email_from": sender.email_formatted,
            "author_id": sender.partner_id.id,
            "auto_delete": False,
            "force_send": False,
        }

    def _take_mails(self, mails):
        """Tie each touch to its mail and give that its moment; mark what Odoo refused to send.

        What its sender approves first is held back at once.
        """
        mails.is_lead_touch = True
        mail_by_lead = {mail.res_id: mail for mail in mails}
        failed_by_reason = {}
        queued = self.browse()
        for touch in self:
            mail = mail_by_lead.get(touch.lead_id.id, mails.browse())
            touch.mail_id = mail
            if mail.state == "outgoing":
                queued |= touch
            else:
                reason = mail.failure_type or "mail_missing"
                failed_by_reason[reason] = failed_by_reason.get(reason, self.browse()) | touch
        queued.write({"state": "queued"})
        queued._schedule_mails()
        queued.filtered(lambda touch: touch._needs_approval())._hold_for_approval()
        for reason, touches in failed_by_reason.items():
            touches._mark_failed(reason)

    def _schedule_mails(self):
        """Write each mail's moment in one statement, and wake the mail queue at the first."""
        if not self:
            return
        self.env["mail.mail"].flush_model(["scheduled_date"])
        self.flush_recordset(["mail_id", "planned_at"])
        self.env.cr.execute(
            SQL(
                """UPDATE mail_mail SET scheduled_date = t.planned_at
                     FROM lead_touch t WHERE t.mail_id = mail_mail.id AND t.id IN %s""",
                tuple(self.ids),
            )
        )
        self.mail_id.invalidate_recordset(["scheduled_date"])
        self._wake_mail_queue()

    def _wake_mail_queue(self):
        """Wake the mail queue soon after each of these moments, once for all that lie close.

        Its own rhythm is hourly: what was planned apart would leave in one go, and what was
        planned for the end of a window after it.
        """
        scheduler = self.env.ref("mail.ir_cron_mail_scheduler_action")
        moments = {
            touch.planned_at - (touch.planned_at - datetime.min) % -_WAKE_UP for touch in self
        }
        # sudo: wake-ups are the scheduler's own
        standing = self.env["ir.cron.trigger"].sudo()
        standing = standing.search(
            [("cron_id", "=", scheduler.id), ("call_at", "in", list(moments))]
        )
        scheduler._trigger(at=sorted(moments - set(standing.mapped("call_at"))))

    def _get_local_date(self):
        """Return the day of the touch on the rep's calendar."""
        return self.user_id._get_lead_local(self.planned_at).date()

    def _get_activity_summary(self):
        """Return what to do and at what time of the rep's and the lead's day."""
        own = self.user_id._get_lead_local(self.planned_at)
        theirs = self.lead_id._get_place().local(self.planned_at)
        if own.replace(tzinfo=None) == theirs.replace(tzinfo=None):
            return self.env._(
                "%(step)s, from %(time)s", step=self._get_title(), time=f"{own:%H:%M}"
            )
        return self.env._(
            "%(step)s, from %(time)s (%(theirs)s there)",
            step=self._get_title(),
            time=f"{own:%H:%M}",
            theirs=f"{theirs:%H:%M}",
        )
