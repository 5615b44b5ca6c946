from contextlib import suppress
from smtplib import SMTPServerDisconnected
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import DiskFull, SerializationFailure

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import MailDeliveryException
from odoo.addons.base.tests.test_ir_cron import CronMixinCase
from odoo.addons.lead_followup.models.mail_mail_broken_off import Taken

from .common import LeadFollowupCase
from .sending_common import SendingMixin

MORNING = "2026-03-20 13:30:00"
SEND_EMAIL = "odoo.addons.base.models.ir_mail_server.IrMail_Server.send_email"


@tagged("post_install", "-at_install")
class TestLeadSendingBrokenOff(SendingMixin, CronMixinCase, LeadFollowupCase):
    """A connection that breaks off in the middle leaves a doubt, and it is said at once."""

    def setUp(self):
        super().setUp()
        self.touch = self._enroll()
        self.other = self._enroll(email_from="ben@bold.example")
        (self.touch | self.other).mail_id.write({"scheduled_date": "2026-03-20 13:00:00"})
        self.queue = self.env.ref("mail.ir_cron_mail_scheduler_action")

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def _run_badly(self, send):
        """Let the queue run while ``send`` sends; return how often it was asked to run again."""
        with (
            patch(SEND_EMAIL, autospec=True, side_effect=send) as attempts,
            self.capture_triggers(self.queue.id) as captured,
        ):
            self._run_queue(MORNING)
        self.attempts = attempts.call_count
        return len(captured.records)

    def _break_off(self, *_args, **_kwargs):
        raise SMTPServerDisconnected("Connection unexpectedly closed")

    def _close_the_door(self, *_args, smtp_session=None, **_kwargs):
        smtp_session.sock = None  # as smtplib does at this answer
        raise MailDeliveryException(
            "Mail Delivery Failed", "SMTPDataError: (421, b'4.3.2 Closing')"
        )

    def test_broken_off_it_is_doubtful_and_not_sent_again(self):
        asked = self._run_badly(self._break_off)

        self.assertEqual(
            (self.touch.state, self.touch.reason, self.touch.mail_id.state),
            ("doubtful", "broken_off", "exception"),
        )
        self.assertIn("may have gone out", self.touch.reason_text)
        self.assertEqual((self.attempts, asked, self.other.state), (1, 1, "queued"))
        [sent] = self._run_queue(MORNING)
        self.assertIn("ben@bold.example", sent["To"])

    def test_after_421_nothing_more_is_attempted_and_nothing_is_in_doubt(self):
        asked = self._run_badly(self._close_the_door)

        self.assertEqual((self.attempts, asked), (1, 1))
        self.assertEqual((self.touch | self.other).mapped("state"), ["queued", "queued"])
        self.assertEqual(self.other.mail_id.state, "outgoing")
        [sent] = self._run_queue(MORNING)
        self.assertIn("ben@bold.example", sent["To"])

    def test_mail_that_cannot_be_noted_as_sent_is_doubtful_and_what_was_not_kept_is_gone(self):
        with self.enter_registry_test_mode(), self.registry.cursor() as cursor:
            touch = self.touch.with_env(self.env(cr=cursor))
            touch.state = "sending"
            cursor.commit()  # as the mail queue does before the server hears of it
            touch.lead_id.name = "Written with the note that was lost"
            touch.env.flush_all()

            taken = Taken()
            taken.handed = True
            touch.mail_id._note_broken_off(touch, SerializationFailure(), True, taken)

        self.env.invalidate_all()
        self.assertEqual((self.touch.state, self.touch.reason), ("doubtful", "broken_off"))
        self.assertEqual(self.touch.lead_id.name, "A lead")

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def _send_crossed(self, times):
        """Send in a run of the queue's own; so often somebody crosses the note that it was sent."""
        crossed = [SerializationFailure()] * times
        with (
            self.enter_registry_test_mode(),
            self.registry.cursor() as cursor,
            self.mock_smtplib_connection(),
            patch.object(
                type(self.touch),
                "_mark_sent",
                autospec=True,
                side_effect=self._fail_first(crossed, type(self.touch)._mark_sent),
            ),
            freeze_time(MORNING),
            suppress(SerializationFailure),
        ):
            self.touch.mail_id.with_env(self.env(cr=cursor)).send(auto_commit=True)
        self.env.invalidate_all()

    def _fail_first(self, errors, method):
        def act(*args):
            if errors:
                raise errors.pop()
            return method(*args)

        return act

    def test_mail_that_was_taken_is_sent_even_if_the_first_note_of_it_is_lost(self):
        self._send_crossed(times=2)

        self.assertEqual((self.touch.state, self.touch.mail_id.state), ("done", "sent"))
        self.assertEqual(len(self.emails), 1)

    def test_mail_whose_note_is_lost_time_after_time_is_doubtful(self):
        self._send_crossed(times=9)

        self.assertEqual((self.touch.state, self.touch.mail_id.state), ("doubtful", "exception"))
        self.assertEqual(len(self.emails), 1)

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def _run_crossed(self, where, error, moment=MORNING, mails=None):
        """Let a run of the queue's own be crossed in ``where``; return how often it asked again."""
        mails = self.touch.mail_id if mails is None else mails
        model, method = where
        with (
            self.enter_registry_test_mode(),
            self.registry.cursor() as cursor,
            self.mock_smtplib_connection(),
            patch.object(type(self.env[model]), method, side_effect=error),
            self.capture_triggers(self.queue.id) as captured,
            freeze_time(moment),
            suppress(type(error)),
        ):
            mails.with_env(self.env(cr=cursor)).send(auto_commit=True)
        self.env.invalidate_all()
        return [str(at) for at in captured.records.mapped("call_at")]

    def test_queue_that_is_crossed_before_it_sends_runs_once_more_in_a_minute(self):
        asked = self._run_crossed(("lead.touch", "_may_send_now"), SerializationFailure())

        self.assertEqual((asked, len(self.emails)), (["2026-03-20 13:31:00"], 0))
        self.assertEqual(self.touch.state, "queued")

    def test_queue_that_is_crossed_for_an_hour_keeps_its_own_rhythm(self):
        look = ("lead.touch", "_may_send_now")

        self.assertTrue(self._run_crossed(look, SerializationFailure(), "2026-03-20 13:59:00"))
        self.assertFalse(self._run_crossed(look, SerializationFailure(), "2026-03-20 14:01:00"))

    def test_queue_that_fails_otherwise_or_at_mails_of_others_is_left_to_odoo(self):
        foreign = self.env["mail.mail"].create({"email_to": "a@x.example", "body_html": "Hi"})
        put_together = ("mail.mail", "_prepare_outgoing_list")

        self.assertFalse(self._run_crossed(put_together, DiskFull()))
        self.assertEqual((self.touch.state, self.touch.mail_id.state), ("queued", "outgoing"))
        self.assertFalse(self._run_crossed(put_together, SerializationFailure(), mails=foreign))

    def test_what_the_server_may_have_of_others_is_not_undone(self):
        foreign = self.env["mail.mail"].create({"email_to": "a@x.example", "body_html": "Hi"})
        note = ("mail.mail", "_postprocess_sent_message")

        asked = self._run_crossed(note, SerializationFailure(), mails=foreign | self.touch.mail_id)

        self.assertEqual((len(self.emails), asked), (1, []))
        self.assertEqual(self.touch.state, "queued")

    def test_crossed_before_the_server_heard_of_it_nothing_is_in_doubt(self):
        put_together = ("mail.mail", "_prepare_outgoing_list")

        asked = self._run_crossed(put_together, SerializationFailure())

        self.assertEqual((len(asked), len(self.emails)), (1, 0))
        self.assertEqual((self.touch.state, self.touch.mail_id.state), ("queued", "outgoing"))

    def test_connection_that_breaks_off_at_anothers_mail_wakes_the_queue_for_ours(self):
        sender = self.touch.mail_id.email_from
        self.env["mail.mail"].create(
            {"email_to": "a@x.example", "body_html": "Hi", "email_from": sender}
        )

        asked = self._run_badly(self._break_off)

        self.assertEqual((self.attempts, asked), (1, 1))
        self.assertEqual(self.touch.state, "queued")
        self.assertEqual(len(self._run_queue(MORNING)), 2)

    def test_broken_off_test_is_put_by_for_its_lead(self):
        self.company.write({"lead_test_mode": True, "lead_test_email": "t@seller.example.com"})

        self._run_badly(self._break_off)

        self.assertEqual((self.touch.state, self.touch.reason), ("queued", "tested"))
        self.assertEqual(self.touch.mail_id.state, "outgoing")

    def test_run_that_has_sent_something_tells_the_scheduler(self):
        queue, progress = self.queue._add_progress()
        with (
            self.enter_registry_test_mode(),
            self.registry.cursor() as cursor,
            self.mock_smtplib_connection(),
            freeze_time(MORNING),
        ):
            mails = (self.touch | self.other).mail_id.with_env(self.env(cr=cursor))
            mails.with_context(queue.env.context, cron_id=queue.id).send(auto_commit=True)

        self.env.invalidate_all()
        self.assertEqual((len(self.emails), progress.done), (2, 1))

    def test_who_sends_in_a_transaction_of_his_own_decides_himself(self):
        self.touch.state = "sending"

        self.touch.mail_id._note_broken_off(self.touch, SerializationFailure(), False, Taken())

        self.assertEqual(self.touch.state, "sending")

    def test_mark_left_behind_is_doubtful_and_one_at_work_is_let_be(self):
        (self.touch | self.other).state = "sending"
        self.touch.mail_id.state = "exception"

        self._run_cadences()

        self.assertEqual(self.touch.state, "doubtful")
        self.assertEqual(self.other.state, "sending")
