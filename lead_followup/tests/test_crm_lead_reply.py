from odoo.tests import tagged

from .common import LeadFollowupCase

MESSAGE = """From: {sender}
To: sales@seller.example.com
Subject: {subject}
Message-ID: <{message_id}@ample.example>
Date: Fri, 20 Mar 2026 14:00:00 +0000
{headers}Content-Type: text/plain; charset=utf-8

{body}
"""


@tagged("post_install", "-at_install")
class TestCrmLeadReply(LeadFollowupCase):
    """Real messages through Odoo's real gateway."""

    def setUp(self):
        super().setUp()
        self.lead = self._make_lead(user_id=self.user_rep.id)
        self.enrollment = self.env.ref("lead_followup.lead_cadence_trade_show")._enroll(self.lead)
        self.mail = self.lead.touch_ids.mail_id
        self.assertEqual(self.enrollment.state, "active")

    def _receive(self, sender="Ann Ample <ann@ample.example>", headers=None, **vals):
        headers = "".join(f"{name}: {value}\n" for name, value in (headers or {}).items())
        message = MESSAGE.format(
            sender=sender,
            headers=headers,
            message_id=vals.get("message_id", "1"),
            subject=vals.get("subject", "Re: Good to meet you"),
            body=vals.get("body", "Yes, send me a quote."),
        )
        return self.env["mail.thread"].message_process("crm.lead", message)

    def _references(self):
        return {"In-Reply-To": self.mail.message_id, "References": self.mail.message_id}

    def assertStopped(self):
        self.assertEqual(
            (self.enrollment.state, self.enrollment.stop_reason), ("stopped", "replied")
        )
        self.assertEqual(self.mail.state, "cancel")
        self.assertEqual(self.lead.activity_ids.user_id, self.user_rep)
        self.assertIn("Answered", self.lead.activity_ids.summary)
        self.assertEqual(self.lead.event_ids.mapped("kind").count("reply"), 1)

    def assertGoesOn(self):
        self.assertEqual(self.enrollment.state, "active")
        self.assertEqual(self.mail.state, "outgoing")
        self.assertFalse(self.lead.activity_ids)
        self.assertNotIn("reply", self.lead.event_ids.mapped("kind"))

    def test_a_reply_in_the_thread_stops_and_leaves_a_next_action(self):
        self._receive(headers=self._references())

        self.assertStopped()

    def test_a_reply_from_another_address_stops_by_the_thread(self):
        self._receive(sender="ann.private@mail.example", headers=self._references())

        self.assertStopped()

    def test_a_fresh_mail_from_the_lead_stops_by_the_sender(self):
        self._receive(subject="Pumps")

        self.assertStopped()

    def test_the_same_message_twice_is_one_reply(self):
        self._receive(headers=self._references())
        self._receive(headers=self._references())

        self.assertStopped()

    def test_a_reply_to_the_last_mail_of_a_finished_cadence_leaves_a_next_action(self):
        self.touch_all_done()

        self._receive(headers=self._references())

        self.assertIn("Answered", self.lead.activity_ids.summary)

    def touch_all_done(self):
        self.lead.touch_ids.state = "done"
        self.enrollment.state = "done"

    def test_an_out_of_office_with_its_header_stops_nothing(self):
        self._receive(headers={**self._references(), "Auto-Submitted": "auto-replied"})

        self.assertGoesOn()

    def test_an_out_of_office_without_header_stops_nothing(self):
        self._receive(headers=self._references(), subject="Automatic reply: Good to meet you")

        self.assertGoesOn()

    def test_a_stranger_s_mail_stops_nothing(self):
        self._receive(sender="bob@best.example", subject="Pumps")

        self.assertGoesOn()

    def test_the_rep_s_own_mail_into_the_thread_is_no_reply(self):
        self._receive(sender=self.user_rep.email, headers=self._references())

        self.assertGoesOn()
