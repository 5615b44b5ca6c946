from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from .common import LeadFollowupCase
from .sending_common import SendingMixin

SEND_EMAIL = "odoo.addons.base.models.ir_mail_server.IrMail_Server.send_email"
_LATER = "SMTPRecipientsRefused: {'bob@ample.example': (451, b'4.7.1 Greylisted')}"
_NEVER = "SMTPRecipientsRefused: {'bob@ample.example': (550, b'5.1.1 No such user')}"


@tagged("post_install", "-at_install")
class TestLeadSendingPartly(SendingMixin, LeadFollowupCase):
    """A mail that some of its recipients have had goes to none of them a second time."""

    def setUp(self):
        super().setUp()
        self.touch = self._enroll()
        self.touch.mail_id.recipient_ids = self.env["res.partner"].create(
            [{"name": name, "email": f"{name}@ample.example"} for name in ("bob", "cy")]
        )

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def _refuse(self, answer, taken=()):
        """Let the mail server take as many as are in ``taken`` and refuse the next."""
        error = MailDeliveryException("Mail Delivery Failed", answer)
        with patch(SEND_EMAIL, side_effect=[*taken, error]):
            self._run_queue("2026-03-20 13:00:00")

    def assertPartlySent(self):
        self.assertEqual((self.touch.state, self.touch.mail_id.state), ("done", "sent"))
        self.assertIn("only some of its recipients", self.touch.reason_text)
        self.assertIn("bob@ample.example", self.touch.mail_id.failure_reason)
        self.touch.mail_id.mark_outgoing()  # Odoo's own button
        self.assertFalse(self._run_queue("2026-03-20 13:16:00"))
        self.assertFalse(self._run_queue("2026-03-20 14:30:00"))

    def test_the_second_is_refused_for_now(self):
        self._refuse(_LATER, taken=["<one@x>"])

        self.assertPartlySent()
        self.assertEqual(str(self.touch.done_at), "2026-03-20 13:00:00")

    def test_the_second_is_refused_for_good(self):
        self._refuse(_NEVER, taken=["<one@x>"])

        self.assertPartlySent()

    def test_the_first_is_refused_and_all_are_tried_again(self):
        self._refuse(_LATER)

        self.assertEqual((self.touch.state, self.touch.mail_id.state), ("queued", "outgoing"))
        self.assertEqual(len(self._run_queue("2026-03-20 13:16:00")), 3)
        self.assertEqual(self.touch.state, "done")
        self.assertFalse(self.touch.reason_text)
