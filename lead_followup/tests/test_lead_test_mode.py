from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import LeadFollowupCase
from .sending_common import SendingMixin

SENT = "2026-03-20 13:00:00"


@tagged("post_install", "-at_install")
class TestLeadTestMode(SendingMixin, LeadFollowupCase):
    """Test mode: nobody but the tester is written to, and no lead counts as contacted."""

    def setUp(self):
        super().setUp()
        self.touch = self._enroll()
        self.lead = self.touch.lead_id

    def _start_test(self):
        self.company.write(
            {"lead_test_email": "Tess <Tester@seller.example>", "lead_test_mode": True}
        )

    def test_the_mail_goes_to_the_tester_and_says_for_whom_it_was(self):
        self._start_test()

        [message] = self._run_queue(SENT)

        self.assertEqual(message["To"], "tester@seller.example")
        self.assertFalse(message["Cc"])
        self.assertEqual(
            message["Subject"],
            "[Test for ann@ample.example] Good to meet you at our booth",
        )
        html = message.get_body(("html",)).get_content()
        self.assertIn("This is a test. Meant for ann@ample.example, who got nothing.", html)
        self.assertNotIn("&lt;", html)
        plain = message.get_body(("plain",)).get_content()
        self.assertTrue(plain.startswith("This is a test."))

    def test_the_tester_opting_out_leaves_the_lead_alone(self):
        self._start_test()

        [message] = self._run_queue(SENT)

        link = message["List-Unsubscribe"]
        self.assertIn("email=tester%40seller.example", link)
        token = link.split("/")[5].split("?")[0]
        self.assertFalse(self.lead._read_opt_out(token, "ann@ample.example"))
        self.lead.sudo()._opt_out_by_link("tester@seller.example")
        self.assertEqual(self.lead.enrollment_id.state, "active")

    def test_no_lead_counts_as_contacted_and_the_cadence_waits(self):
        self._start_test()
        self._run_queue(SENT)

        with freeze_time("2026-03-20 18:00:00"):
            self._run_cadences()

        self.assertEqual((self.touch.state, self.touch.reason), ("queued", "tested"))
        self.assertIn("Sent as a test", self.touch.reason_text)
        self.assertFalse(self.lead.first_touch_at)
        self.assertFalse(self.touch.done_at)
        self.assertEqual(self.lead.touch_count, 0)
        self.assertEqual(self.lead.touch_ids, self.touch)
        self.assertFalse(self._run_queue("2026-03-21 17:00:00"))  # one test a mail

    def test_without_it_the_lead_is_written_to_and_contacted(self):
        [message] = self._run_queue(SENT)

        self.assertEqual(message["To"], "ann@ample.example")
        self.assertNotIn("Test", message["Subject"])
        self.assertEqual(str(self.lead.first_touch_at), SENT)

    def test_once_it_is_over_the_lead_gets_that_very_mail_in_its_hours(self):
        self._start_test()
        self._run_queue(SENT)
        with freeze_time("2026-03-22 20:00:00"):  # Sunday
            self.company.lead_test_mode = False

        self._release("2026-03-22 20:05:00")
        # late: Monday's daytime in New York begins at 13:00 UTC
        self.assertEqual(str(self.touch.planned_at), "2026-03-23 13:00:00")
        self.assertFalse(self.touch.reason)
        [message] = self._run_queue("2026-03-23 13:05:00")

        self.assertEqual(message["To"], "ann@ample.example")
        self.assertNotIn("Test", message["Subject"])
        self.assertEqual(self.touch.state, "done")
        self.assertEqual(str(self.lead.first_touch_at), "2026-03-23 13:05:00")

    def test_what_was_tested_stays_put_by_while_the_test_goes_on(self):
        self._start_test()
        self._run_queue(SENT)

        self._release("2026-03-22 20:05:00")

        self.assertEqual(self.touch.reason, "tested")
        self.assertFalse(self._run_queue("2026-03-23 17:00:00"))

    def test_a_stop_during_the_test_holds_all_and_frees_only_what_was_not_tested(self):
        self._start_test()
        self._run_queue(SENT)
        with freeze_time(SENT):
            second = self._enroll(email_from="bob@best.example")
            self.company.lead_sending_stopped = True
            self.assertEqual(self.company._count_held_emails()["held"], 2)
            self.company.lead_sending_stopped = False

        self._release("2026-03-20 13:05:00")

        self.assertEqual(self.touch.reason, "tested")
        self.assertEqual(second.mail_id.scheduled_date, second.planned_at)

    def test_the_end_of_a_test_during_a_stop_frees_nothing(self):
        self._start_test()
        self._run_queue(SENT)
        self.company.lead_sending_stopped = True
        self.company.lead_test_mode = False

        self._release("2026-03-22 20:05:00")

        self.assertEqual(self.company._count_held_emails()["held"], 1)
        wizard = self.env["lead.sending.switch"].create({"kind": "live"})
        self.assertIn("0 e-mails will go out", wizard.question)
        self.assertIn("the 1 tested ones wait", wizard.question)

    def test_a_stopped_cadence_sends_nothing_once_the_test_is_over(self):
        self._start_test()
        self._run_queue(SENT)
        self.lead.enrollment_id._stop("manual")
        self.company.lead_test_mode = False

        self._release("2026-03-22 20:05:00")

        self.assertFalse(self._run_queue("2026-03-23 17:00:00"))
        self.assertEqual(self.touch.state, "cancelled")

    def test_a_pause_and_a_resume_during_the_test_plan_that_mail_anew(self):
        self._start_test()
        self._run_queue(SENT)
        enrollment = self.lead.enrollment_id

        enrollment.action_pause()
        with freeze_time("2026-03-20 18:00:00"):
            enrollment.action_resume()

        touch = self.lead.touch_ids
        self.assertEqual((touch.channel, touch.state, touch.reason), ("email", "queued", False))

    def test_a_test_address_is_given_and_is_one(self):
        for vals in (
            {"lead_test_mode": True, "lead_test_email": False},
            {"lead_test_email": "tess"},
            {"lead_test_mode": True, "lead_test_email": "tess@"},
        ):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.company.write(vals)
        self.company.lead_test_email = False  # none is needed without a test

    def test_the_testers_answer_is_no_reply_of_the_lead(self):
        self._start_test()
        [message] = self._run_queue(SENT)

        for sender, state in (
            ("tester@seller.example", "active"),
            ("ann@ample.example", "stopped"),
        ):
            reply = (
                f"From: {sender}\nTo: {message['Reply-To']}\nSubject: Re: {message['Subject']}\n"
                f"Message-ID: <{sender}>\nIn-Reply-To: {message['Message-Id']}\n"
                f"References: {message['Message-Id']}\n\nLooks good.\n"
            )
            self.env["mail.thread"].message_process("crm.lead", reply)

            self.assertEqual(self.lead.enrollment_ids.state, state)

    def test_an_import_says_so_beforehand(self):
        rows = [["Name", "E-mail"], ["Bob Best", "bob@best.example"]]
        job = self._preview(rows, trade_show_id=False)
        self.assertNotIn("Test mode", str(job._prepare_forecast_values()["notes"]))

        self._start_test()

        self.assertIn("Test mode", str(job._prepare_forecast_values()["notes"]))

    def test_the_question_states_the_count_and_asks_for_the_address(self):
        wizard = self.env["lead.sending.switch"].create({"kind": "test"})
        self.assertIn("1 are queued", wizard.question)
        wizard.test_email = "tester@seller.example"
        wizard.action_apply()
        self.assertEqual(self.company.lead_test_email, "tester@seller.example")
        self._run_queue(SENT)

        wizard = self.env["lead.sending.switch"].create({"kind": "live"})
        self.assertIn("1 e-mails will go out to their leads", wizard.question)
        wizard.action_apply()
        self.assertFalse(self.company.lead_test_mode)
        note = self.company.partner_id.message_ids[0]
        self.assertIn("no test any more; 1 go", note.body)
