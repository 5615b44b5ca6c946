"""E-mails of cadences that really go out, to a mail server that only keeps them."""

from email import message_from_string, policy

from freezegun import freeze_time

from odoo.addons.base.tests.common import MockSmtplibCase


class SendingMixin(MockSmtplibCase):
    """Mix in before a LeadFollowupCase. ``self.outbox`` holds what the mail server took."""

    def setUp(self):
        super().setUp()
        self.company = self.env.company
        self.cadence = self.env.ref("lead_followup.lead_cadence_trade_show")
        self.outbox = []

    def _enroll(self, **vals):
        """Return the touch of the first e-mail to a new lead of the rep's."""
        lead = self._make_lead(user_id=self.user_rep.id, **vals)
        self.cadence._enroll(lead)
        return lead.touch_ids

    def _run_queue(self, moment):
        """Let Odoo's mail queue do its round at ``moment``; return what it sent."""
        with freeze_time(moment), self.mock_smtplib_connection():
            self.env["mail.mail"].process_email_queue()
        sent = [message_from_string(mail["message"], policy=policy.SMTP) for mail in self.emails]
        self.outbox += sent
        return sent

    def _release(self, moment):
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref("lead_followup.ir_cron_release_held_emails").method_direct_trigger()

    def _get_recipients(self):
        return [message["To"] for message in self.outbox]
