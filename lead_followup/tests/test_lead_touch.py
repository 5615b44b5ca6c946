from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import MockSmtplibCase

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeadTouch(MockSmtplibCase, LeadFollowupCase):
    """What becomes of a touch once Odoo's mail queue or a person has done its part."""

    def setUp(self):
        super().setUp()
        self.user_rep.tz = "America/Chicago"
        self.cadence = self.env.ref("lead_followup.lead_cadence_trade_show")
        self.lead = self._make_lead(phone="+12025550155", user_id=self.user_rep.id)
        self.enrollment = self.cadence._enroll(self.lead)
        self.touch = self.lead.touch_ids

    def _send_mails(self):
        with freeze_time("2026-03-20 17:00:00"), self.mock_smtplib_connection():
            self.touch.mail_id.with_context(test_mode=True).send()

    def test_a_sent_mail_is_the_first_touch_but_not_a_human_one(self):
        self._send_mails()

        self.assertEqual(self.touch.state, "done")
        self.assertEqual(str(self.lead.first_touch_at), "2026-03-20 17:00:00")
        self.assertFalse(self.lead.first_human_touch_at)
        self.assertEqual(self.lead.touch_count, 1)

    def test_after_the_mail_the_call_is_planned_within_both_working_times(self):
        self._send_mails()
        with freeze_time("2026-03-20 17:05:00"):
            self._run_cadences()

        # one working day later, Monday; calls on Wednesday and Thursday from 10:00: 14:00 UTC
        self.assertPlanned(self.lead, "call", "2026-03-25 14:00:00")
        self.assertEqual(self.lead.activity_ids.date_deadline.isoformat(), "2026-03-25")
        self.assertIn("09:00", self.lead.activity_ids.summary)  # the rep's own clock in Chicago
        self.assertIn("10:00 there", self.lead.activity_ids.summary)

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_a_failed_mail_is_seen_and_the_cadence_goes_on(self):
        with patch(
            "odoo.addons.base.models.ir_mail_server.IrMail_Server.send_email",
            side_effect=RuntimeError("refused"),
        ):
            self._send_mails()

        self.assertEqual((self.touch.state, self.touch.reason), ("failed", "unknown"))
        self.assertFalse(self.lead.first_touch_at)
        self._run_cadences()
        self.assertEqual(self.lead.next_channel, "call")

    def test_a_mail_odoo_refuses_blocks_the_step(self):
        self.env.company.lead_marketing_user_id = self.user_marketing
        self.env["mail.blacklist"]._add("bob@best.example")
        lead = self._make_lead(email_from="bob@best.example", street="1 Sample St", city="Reno")

        self.cadence._enroll(lead)

        emails = lead.touch_ids.filtered(lambda touch: touch.channel == "email")
        self.assertEqual(set(emails.mapped("reason")), {"opted_out"})
        self.assertEqual(lead.next_channel, "letter")

    def test_a_deleted_activity_is_seen(self):
        self._send_mails()
        self._run_cadences()
        call = self.lead.touch_ids.filtered(lambda touch: touch.channel == "call")

        self.lead.activity_ids.unlink()

        self.assertEqual((call.state, call.reason), ("failed", "activity_deleted"))

    def test_who_opted_out_after_queueing_is_not_written_to(self):
        self.env["mail.blacklist"]._add("ann@ample.example")

        self._send_mails()

        self.assertEqual(self.touch.state, "cancelled")
        self.assertEqual(self.enrollment.stop_reason, "opted_out")
        self.assertEqual(self.touch.reason_text, "Opted out of e-mail")
        self.assertEqual(self.touch.mail_id.state, "cancel")
        self.assertFalse(self.lead.first_touch_at)

    def test_who_was_barred_after_queueing_without_a_word_is_not_written_to(self):
        barred = self.env["mail.blacklist"].with_context(lead_bounce_handling=True)
        barred._add("ann@ample.example")

        self._send_mails()

        self.assertEqual((self.touch.state, self.touch.reason), ("blocked", "opted_out"))
        self.assertEqual(self.touch.mail_id.state, "cancel")
        self.assertFalse(self.lead.first_touch_at)

    def test_a_changed_address_or_a_no_holds_the_mail_back(self):
        for vals, reason in (
            ({"email_from": "new@ample.example"}, "address_changed"),
            ({"email_consent": "no"}, "no_consent"),
        ):
            lead = self._make_lead(email_from=f"{reason}@ample.example", **{})
            lead.user_id = self.user_rep
            self.cadence._enroll(lead)
            lead.write(vals)
            self.touch = lead.touch_ids

            self._send_mails()

            self.assertEqual((self.touch.state, self.touch.reason), ("blocked", reason))

    def test_a_failed_mail_put_back_in_the_queue_does_not_survive_a_stop(self):
        mail = self.touch.mail_id
        self.touch._mark_failed("unknown")
        mail.write({"state": "exception"})
        mail.mark_outgoing()

        self.enrollment._stop("replied")

        self.assertEqual(mail.state, "cancel")

    def test_an_unreachable_mail_server_burns_no_step(self):
        with patch(
            "odoo.addons.base.models.ir_mail_server.IrMail_Server._connect__",
            side_effect=OSError("refused"),
        ):
            self.touch.mail_id.send()

        self.assertEqual((self.touch.state, self.touch.mail_id.state), ("queued", "outgoing"))
        self.assertGreater(str(self.touch.mail_id.scheduled_date), "2026-03-20 12:14:00")

    def test_the_stop_switch_holds_mails_back_and_lets_them_go_again(self):
        self.env.company.lead_sending_stopped = True
        self._send_mails()
        self.assertEqual((self.touch.state, self.touch.mail_id.state), ("queued", "outgoing"))

        self.env.company.lead_sending_stopped = False
        self._send_mails()
        self.assertEqual((self.touch.state, self.touch.mail_id.state), ("done", "sent"))

    def test_a_touch_left_in_mid_sending_is_doubtful_and_not_sent_again(self):
        self.touch.state = "sending"

        self._send_mails()

        self.assertEqual((self.touch.state, self.touch.mail_id.state), ("doubtful", "exception"))
        self.assertFalse(self.lead.first_touch_at)

    def test_a_pause_withdraws_and_a_resume_plans_anew(self):
        mail = self.touch.mail_id

        self.enrollment.action_pause()
        self.assertFalse(mail.exists())
        self.assertFalse(self.lead.next_touch_at)

        self.enrollment.action_resume()
        self.assertTrue(self.lead.next_touch_at)
