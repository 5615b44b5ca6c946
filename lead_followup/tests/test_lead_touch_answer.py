from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import LeadFollowupCase

MESSAGE = """From: {sender}
To: sales@seller.example.com
Subject: {subject}
Message-ID: <{number}@ample.example>
Date: Fri, 20 Mar 2026 14:00:00 +0000
{headers}Content-Type: text/plain; charset=utf-8

Yes, send me a quote.
"""


@tagged("post_install", "-at_install")
class TestLeadTouchAnswer(LeadFollowupCase):
    """On which touch an answer falls: Monday's e-mail, Tuesday's, or Wednesday's call."""

    def setUp(self):
        super().setUp()
        self.cadence = self.env.ref("lead_followup.lead_cadence_general")
        self.lead = self._make_lead(user_id=self.user_rep.id)
        self.enrollment = self.cadence._enroll(self.lead)
        self.first = self.lead.touch_ids
        steps = self.cadence.step_ids
        self.second = self._make_touch(step_id=steps[2].id, mail_id=self._make_mail().id)
        self.call = self._make_touch(step_id=steps[1].id, channel="call", outcome="no_answer")
        for day, touch in enumerate((self.first, self.second, self.call)):
            moment = fields.Datetime.from_string("2026-03-16 14:00:00") + timedelta(days=day)
            touch.write({"state": "done", "done_at": moment})

    def _make_touch(self, **vals):
        return self.env["lead.touch"].create(
            {
                "lead_id": self.lead.id,
                "enrollment_id": self.enrollment.id,
                "channel": "email",
                "user_id": self.user_rep.id,
                **vals,
            }
        )

    def _make_mail(self):
        message = self.lead.message_post(body="Following up", message_type="email_outgoing")
        return self.env["mail.mail"].create({"mail_message_id": message.id, "state": "sent"})

    def _receive(self, headers=None, number=1, **vals):
        headers = "".join(f"{name}: {value}\n" for name, value in (headers or {}).items())
        text = MESSAGE.format(
            sender=vals.get("sender", "ann@ample.example"),
            subject=vals.get("subject", "Re: Your request"),
            headers=headers,
            number=number,
        )
        self.env["mail.thread"].message_process("crm.lead", text)

    def assertAnswered(self, *touches):
        found = self.lead.touch_ids.filtered("answered_at")
        self.assertEqual(found, self.env["lead.touch"].union(*touches))

    def test_a_reply_falls_on_the_email_it_names(self):
        message_id = self.first.mail_id.message_id

        self._receive({"In-Reply-To": message_id, "References": message_id})

        self.assertAnswered(self.first)
        self.assertEqual(self.first.outcome, "replied")
        self.assertEqual(self.enrollment.state, "stopped")

    def test_a_reply_to_a_thread_falls_on_the_email_it_replies_to(self):
        ids = [touch.mail_id.message_id for touch in (self.first, self.second)]

        self._receive({"In-Reply-To": ids[1], "References": " ".join(ids)})

        self.assertAnswered(self.second)

    def test_references_alone_name_the_last(self):
        ids = [touch.mail_id.message_id for touch in (self.first, self.second)]

        self._receive({"References": " ".join(ids)})

        self.assertAnswered(self.second)

    def test_a_mail_that_names_nothing_falls_on_the_last_touch_made(self):
        self._receive(subject="Pumps")

        self.assertAnswered(self.call)
        self.assertEqual(self.call.outcome, "no_answer")  # what the call came to stays said

    def test_a_reply_to_something_else_falls_on_the_last_touch_made(self):
        other = self.lead.message_post(body="By hand", message_type="comment")

        self._receive({"In-Reply-To": other.message_id, "References": other.message_id})

        self.assertAnswered(self.call)

    def test_what_reached_nobody_is_not_what_was_answered(self):
        self.call.outcome = "wrong_number"
        self.second.outcome = "bounced"

        self._receive(subject="Pumps")

        self.assertAnswered(self.first)

    def test_what_was_never_made_is_not_what_was_answered(self):
        self.call.write({"state": "failed"})

        self._receive(subject="Pumps")

        self.assertAnswered(self.second)

    def test_an_automatic_reply_is_no_answer(self):
        message_id = self.first.mail_id.message_id

        self._receive({"In-Reply-To": message_id, "Auto-Submitted": "auto-replied"})
        self._receive({"In-Reply-To": message_id}, number=2, subject="Out of office: Re: Pumps")

        self.assertAnswered()
        self.assertEqual(self.enrollment.state, "active")

    def test_a_colleague_s_mail_is_no_answer(self):
        self._receive({"In-Reply-To": self.first.mail_id.message_id}, sender=self.user_rep.email)

        self.assertAnswered()

    def test_the_same_message_twice_is_one_answer(self):
        self._receive({"In-Reply-To": self.first.mail_id.message_id})
        with freeze_time("2026-03-21 12:00:00"):
            self._receive({"In-Reply-To": self.first.mail_id.message_id})

        self.assertAnswered(self.first)
        self.assertEqual(str(self.first.answered_at), "2026-03-20 12:00:00")

    def test_who_goes_on_talking_answers_no_other_touch(self):
        self._receive({"In-Reply-To": self.first.mail_id.message_id})
        with freeze_time("2026-03-21 12:00:00"):
            self._receive(subject="One more thing", number=2)

        self.assertAnswered(self.first)

    def test_a_reply_after_the_cadence_has_ended_counts(self):
        self.enrollment.state = "done"

        self._receive({"In-Reply-To": self.second.mail_id.message_id})

        self.assertAnswered(self.second)

    def test_an_answer_without_a_mail_falls_on_the_last_touch_made(self):
        self.enrollment._stop("replied")

        self.assertAnswered(self.call)

    def test_a_stop_for_another_reason_is_no_answer(self):
        self.enrollment._stop("manual")

        self.assertAnswered()

    def test_a_letter_s_code_says_which_was_answered(self):
        self.second.write({"channel": "letter", "letter_code": "K7M2P9QX"})

        self.lead._note_letter_answer("K7M2P9QX", "write", "")

        self.assertAnswered(self.second)

    def test_a_meeting_after_an_answer_is_counted_beside_it(self):
        self._receive({"In-Reply-To": self.first.mail_id.message_id})
        with freeze_time("2026-03-21 12:00:00"):
            self.env["calendar.event"].create(
                {
                    "name": "Demonstration",
                    "start": "2026-03-25 10:00:00",
                    "stop": "2026-03-25 11:00:00",
                    "opportunity_id": self.lead.id,
                }
            )

        self.assertAnswered(self.first)
        self.assertEqual(self.first.outcome, "replied")
        # nothing says of which touch the meeting came: the last that was made
        self.assertEqual(self.lead.touch_ids.filtered("meeting_at"), self.call)
