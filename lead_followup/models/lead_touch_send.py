from odoo import models


class LeadTouch(models.Model):
    """The last look at a queued e-mail, at the moment it would go out."""

    _inherit = "lead.touch"

    def _may_send_now(self):
        """Tell whether the mail may go out now; if it never may, the touch says why."""
        self.ensure_one()
        if self.state == "approval":  # put in the queue past its sender
            self._hold_for_approval()
            return False
        if self.state == "sending":
            self._mark_doubtful()
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
        addressee = self.mail_id.email_to
        if addressee and self.lead_id.email_normalized not in addressee.lower():
            return "address_changed"
        if doubled is None:
            doubled = self.enrollment_id._filter_same_address()
        if self.enrollment_id in doubled:
            return "same_address"
        return self.lead_id._get_email_obstacle()
