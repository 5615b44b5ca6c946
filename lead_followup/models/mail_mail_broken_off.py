import logging
from contextlib import contextmanager
from datetime import timedelta
from smtplib import SMTPServerDisconnected

from psycopg2 import OperationalError
from psycopg2.errors import LockNotAvailable
from psycopg2.extensions import TransactionRollbackError

from odoo import api, fields, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

BROKEN_OFF = (OperationalError, SMTPServerDisconnected)

CROSSED = (TransactionRollbackError, LockNotAvailable)

_TRIES = 3  # to note what the mail server took
_AGAIN_AFTER = timedelta(minutes=1)  # where somebody has crossed the queue
_AGAIN_FOR = timedelta(hours=1)  # then the queue's own rhythm does


class Taken:
    """What became of the e-mails of a run, kept where no rollback reaches it.

    ``handed``: one has been handed to the mail server, and that is not kept yet.
    ``said``: what the mail server has said of it.
    """

    handed = False
    said = None

    def hand(self, cursor):
        self.handed = True
        cursor.postcommit.add(self.keep)

    def keep(self):
        self.handed = False


def get_taken(env, key):
    """Return what the run or the e-mail of ``env`` keeps under ``key``; nothing a client sends."""
    taken = env.context.get(key)
    return taken if isinstance(taken, Taken) else None


class MailMail(models.Model):
    """Where the sending of an e-mail breaks off in the middle, its doubt is noted at once.

    Odoo's mail queue logs it and ends its run as if it were through: the mark of being sent would
    stay behind, and the other e-mails would wait for the queue's next hour. Where the mail server
    had taken it and only the note of that was lost, the note is written anew.
    """

    _inherit = "mail.mail"

    def _note_broken_off(self, record, error, auto_commit, taken):
        """Note on ``record``, whose e-mail this is, what came of it; wake the queue where in doubt.

        What was never handed to the mail server is in no doubt: it waits in the queue again. What
        was sent as a test has reached nobody: it is put by.

        :param error: one of ``BROKEN_OFF``. After one of the database only the queue's own run,
            which has kept all that was before, can go on.
        :return: whether the mail server is known to have taken it: then it is noted as sent.
        """
        self.ensure_one()
        if not auto_commit:
            if not isinstance(error, OperationalError):
                self._note_doubt(record, taken)
                self._wake_queue()
            return False
        if run := get_taken(self.env, "lead_mail_run"):
            run.keep()  # what was handed over last is this one, and noted here
        if taken.said and self._note_taken(taken.said):
            return True
        self.env.cr.rollback()
        self.env.invalidate_all(flush=False)
        self._note_doubt(record, taken)
        if taken.handed or not isinstance(error, OperationalError):
            self._wake_queue()
        self.env.cr.commit()  # pylint: disable=invalid-commit
        return False

    def _note_doubt(self, record, taken):
        if not taken.handed:
            record._put_back()
            self.state = "outgoing"
        elif record._get_test_address():
            record._mark_tested()
        else:
            record._mark_broken_off()

    def _run_again(self):
        """Have the queue, which somebody has crossed, end what it has begun and run once more.

        As long as one of these has not waited for an hour. Where an e-mail has just been handed
        over and that is not kept, all is left to Odoo: it would go out twice the sooner.
        """
        taken = get_taken(self.env, "lead_mail_run")
        if taken and taken.handed:
            return
        self.env.cr.rollback()
        self.env.invalidate_all(flush=False)
        now = fields.Datetime.now()
        due = self.exists().filtered_domain(
            Domain("state", "=", "outgoing")
            & Domain("scheduled_date", ">", now - _AGAIN_FOR)
            & Domain("scheduled_date", "<=", now)
        )
        if due:
            self._wake_queue(at=now + _AGAIN_AFTER)
        self.env.cr.commit()  # pylint: disable=invalid-commit

    def _filter_ours(self):
        """Return those of these e-mails that a cadence or an ask for a referral has queued."""
        of_ours = Domain("mail_id", "in", self.ids)
        # sudo: whoever runs the queue need not see the leads
        touches = self.env["lead.touch"].sudo().search(of_ours)
        referrals = self.env["lead.referral"].sudo().search(of_ours)
        return self.browse((touches.mail_id | referrals.mail_id).ids)

    def _note_taken(self, said):
        """Note anew that the mail server took this e-mail; return whether that could be kept.

        Somebody wrote the same lead while it was sent; what he wrote is known to the next try.

        :param said: what ``_postprocess_sent_message`` is told.
        """
        for _try in range(_TRIES):
            self.env.cr.rollback()
            self.env.invalidate_all(flush=False)
            try:
                self.write({"state": "sent", "failure_type": False, "failure_reason": False})
                self._postprocess_sent_message(**said)
                self.env.cr.commit()  # pylint: disable=invalid-commit
                return True
            except OperationalError as error:
                _logger.info("The note that %s was sent was crossed: %s", self, error)
        return False

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        taken = get_taken(self.env, "lead_mail_taken")
        if taken and (success_pids or success_emails) and not failure_type:
            taken.said = {"success_pids": success_pids, "success_emails": success_emails}
        return super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )

    @contextmanager
    def _waking_queue(self):
        """Wake the queue for these, still to be sent, where the connection breaks off at others.

        What became of the others is noted by Odoo.
        """
        try:
            yield
        except SMTPServerDisconnected:
            if self:
                self._wake_queue()
            raise

    @api.model
    def _wake_queue(self, at=None):
        """Have the mail queue run once more, soon or ``at`` a moment: it is not through."""
        # sudo: whoever sends a mail need not see the scheduler
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger(at=at)


def is_closed(session):
    """Tell whether the mail server has ended this session: smtplib lets go of its socket.

    An answer of 421 to one e-mail does it; none of the others has been attempted.
    """
    return session is not None and getattr(session, "sock", True) is None
