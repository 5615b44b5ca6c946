import logging

from psycopg2 import OperationalError

from odoo import models
from odoo.tools.mail import email_normalize_all

_logger = logging.getLogger(__name__)

_ON_ITS_WAY = ("approval", "queued", "sending", "done", "doubtful")


class LeadTouch(models.Model):
    """The last look at a queued e-mail, at the moment it would go out."""

    _inherit = "lead.touch"

    def _may_send_now_apart(self):
        """Tell what ``_may_send_now`` does; where it fails, the touch has failed, in sight."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                return self._may_send_now()
        except OperationalError:
            raise  # two transactions met: the mail queue tries again
        except Exception as error:
            _logger.exception("Queued e-mail could not be looked at: %s", self)
            self.mail_id.cancel()
            self._mark_failed(str(error)[:200])
            return False

    def _may_send_now(self):
        """Tell whether the mail may go out now; if it never may, the touch says why."""
        self.ensure_one()
        if self.state == "approval":  # put in the queue past its sender
            self._hold_for_approval()
            return False
        if self.state == "sending":
            self._mark_doubtful()
            return False
        if not self._is_to_send():  # put back in the queue by somebody
            self.mail_id.state = "sent" if self.state == "done" else "cancel"
            return False
        if self._get_sending_company().lead_sending_stopped:
            self._hold()
            return False
        reason = self._get_send_obstacle()
        if reason:
            self.mail_id.cancel()
            self.write({"state": "blocked", "reason": reason})
            self.enrollment_id._ask_for_plan()
            return False
        return True

    def _is_to_send(self):
        """Tell whether the cadence still wants this e-mail sent, now or once more.

        A failed one may be tried again until a later e-mail has taken its place.
        """
        self.ensure_one()
        if self.state != "failed":
            return self.state in ("queued", "doubtful")
        return not any(
            touch.id > self.id and touch.channel == "email" and touch.state in _ON_ITS_WAY
            for touch in self.enrollment_id.touch_ids
        )

    def _get_sending_company(self):
        """Return whose switches and limits this touch obeys: the lead's company, else the
        sender's."""
        self.ensure_one()
        return self.company_id or self.user_id.company_id

    def _mark_sent(self, sent_at):
        """Note that the mail server took the mails of these touches; others may tell some apart."""
        self._mark_done(sent_at, is_human=False)

    def _get_send_obstacle(self, doubled=None):
        """Return the word for what has changed since the mail was queued, None for nothing.

        :param doubled: enrollments whose address another one e-mails, where they are known.
        """
        if self.enrollment_id.state != "active":
            return "stopped"
        if reason := self.lead_id._get_contact_obstacle():
            return reason
        if not self.user_id.active:
            return "sender_archived"
        address = self.lead_id.email_normalized
        addressees = self._get_addressees()
        if address and address not in addressees:
            return "address_changed"
        if doubled is None:
            doubled = self.enrollment_id._filter_same_address()
        if self.enrollment_id in doubled:
            return "same_address"
        others = addressees - {address}
        # sudo: nobody who said no is written to, whoever asks
        if others and self.env["mail.blacklist"].sudo().search_count(
            [("email", "in", list(others))], limit=1
        ):
            return "opted_out"
        return self.lead_id._get_email_obstacle()

    def _get_addressees(self):
        """Return to which addresses, normalised, the mail goes."""
        self.ensure_one()
        mail = self.mail_id
        return set(email_normalize_all(mail.email_to or "")) | set(
            mail.recipient_ids.mapped("email_normalized")
        ) - {False}
