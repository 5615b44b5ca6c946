from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from .common import LeadFollowupCase
from .sending_common import SendingMixin

SEND_EMAIL = "odoo.addons.base.models.ir_mail_server.IrMail_Server.send_email"
_LATER = "SMTPRecipientsRefused: {'ann@ample.example': (451, b'4.7.1 Greylisted')}"
_NEVER = "SMTPRecipientsRefused: {'ann@ample.example': (550, b'5.1.1 No such user')}"


@tagged("post_install", "-at_install")
class TestLeadSendingRefused(SendingMixin, LeadFollowupCase):
    """A mail server that says “not now” has taken nothing: it is asked again."""

    def setUp(self):
        super().setUp()
        self.touch = self._enroll()

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def _refuse(self, moment, answer):
        error = MailDeliveryException("Mail Delivery Failed", answer)
        with patch(SEND_EMAIL, side_effect=error):
            return self._run_queue(moment)

    def test_refused_for_now_it_goes_out_later_and_once(self):
        self._refuse("2026-03-20 13:00:00", _LATER)
        self.assertEqual((self.touch.state, self.touch.mail_id.state), ("queued", "outgoing"))
        self.assertFalse(self._run_queue("2026-03-20 13:10:00"))

        self.assertEqual(len(self._run_queue("2026-03-20 13:16:00")), 1)
        self.assertFalse(self._run_queue("2026-03-20 13:40:00"))
        self.assertEqual(self.touch.state, "done")

    def test_refused_for_good_it_has_failed(self):
        self._refuse("2026-03-20 13:00:00", _NEVER)

        self.assertEqual((self.touch.state, self.touch.mail_id.state), ("failed", "exception"))

    def test_after_five_days_it_is_given_up_in_sight(self):
        moment = fields.Datetime.to_datetime("2026-03-20 13:00:00")
        while self.touch.state == "queued":
            moment = max(self.touch.planned_at, self.touch.mail_id.scheduled_date, moment)
            self._refuse(moment, _LATER)

        self.assertEqual(self.touch.state, "failed")
        since = self.touch.refused_since
        self.assertEqual(str(since), "2026-03-20 13:00:00")
        self.assertGreaterEqual(moment, since + timedelta(days=5))
        self.assertLess(moment, since + timedelta(days=6))

    def test_who_opted_out_while_it_was_refused_gets_nothing(self):
        self._refuse("2026-03-20 13:00:00", _LATER)
        with freeze_time("2026-03-20 13:05:00"):
            self.env["mail.blacklist"]._add("ann@ample.example")

        self.assertFalse(self._run_queue("2026-03-20 13:16:00"))
