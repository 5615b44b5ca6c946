from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NOW, LeadFollowupCase
from .letter_common import LetterMixin

ALIAS = "sales@seller.test"
MAIL = """From: {sender}
To: {to}
Subject: {subject}
Message-Id: <{number}@ample.example>
{headers}Content-Type: text/plain; charset=utf-8

{text}
"""


@tagged("post_install", "-at_install")
class TestLeadLetterCode(LetterMixin, LeadFollowupCase):
    """A code that comes back: typed by one of us, or in an e-mail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mail.alias.domain"].create({"name": "seller.test"})
        cls.env["mail.alias"].create(
            {"alias_name": "sales", "alias_model_id": cls.env["ir.model"]._get_id("crm.lead")}
        )

    def setUp(self):
        super().setUp()
        self.lead = self._make_addressed()
        self._make_posted(self.lead)
        self.letter = self._get_letter(self.lead)
        self.code = self.letter.letter_code

    def _type(self, code=None, answer="call", user=None, **vals):
        env = self.env(user=user or self.user_rep)
        wizard = env["lead.letter.answered"].create(
            {"code": code or self.code, "answer": answer, **vals}
        )
        return wizard.action_confirm()

    def _receive(
        self, text, sender="Ann <ann@ample.example>", subject="Hello", headers="", n=1, to=ALIAS
    ):
        message = MAIL.format(
            sender=sender, to=to, subject=subject, headers=headers, text=text, number=f"m{n}"
        )
        with freeze_time(NOW) as clock:
            clock.tick(timedelta(hours=n))
            return self.env["mail.thread"].message_process(None, message)

    def _get_events(self, lead=None):
        events = (lead or self.lead).event_ids.filtered(lambda event: event.kind != "lifecycle")
        return {event.kind: event.points for event in events}

    def _has_own_points(self, event):
        self.env.flush_all()
        self.env.cr.execute("SELECT points IS NOT NULL FROM lead_event WHERE id = %s", [event.id])
        return self.env.cr.fetchone()[0]

    # typed

    def test_a_typed_code_is_the_answer_to_that_letter(self):
        before = self.lead.score_engagement

        action = self._type(f" {self.code.lower().replace('-', '')} ", note="Mondays")

        self.assertEqual((action["res_model"], action["res_id"]), ("crm.lead", self.lead.id))
        self.assertEqual(self.letter.outcome, "replied")
        self.assertEqual(self.letter.answered_at, fields.Datetime.now())
        self.assertEqual(set(self._get_events()), {"letter_answer", "request_call"})
        self.assertEqual(self.lead.score_engagement - before, 15)
        self.assertEqual(self.lead.enrollment_ids.stop_reason, "replied")
        self.assertEqual(self.lead.activity_ids.user_id, self.user_rep)
        self.assertIn("Mondays", self.lead.message_ids[0].body)

    def test_a_letter_gives_its_points_once_whatever_is_answered_to_it(self):
        self._type(answer="write")
        self._type(answer="other")
        self._type(answer="call")

        first, second, third = self.lead.event_ids.filtered(
            lambda event: event.kind == "letter_answer"
        ).sorted("id")
        self.assertFalse(self._has_own_points(first))
        self.assertTrue(self._has_own_points(second))
        self.assertTrue(self._has_own_points(third))
        self.assertEqual((second.points, third.points), (0, 0))
        self.assertEqual(self.lead.score_engagement, 15)

    def test_a_second_letter_gives_its_own(self):
        self._type(answer="other")
        self.cadence._enroll(self.lead)
        with freeze_time("2026-03-25 12:00:00"):
            self._run_cadences()
            self._make_posted(self.lead)
            second = self._get_letter(self.lead) - self.letter
            self._type(second.letter_code, answer="other")

        self.assertEqual(second.outcome, "replied")
        self.assertEqual(
            self.lead.event_ids.filtered(lambda e: e.kind == "letter_answer").mapped(
                self._has_own_points
            ),
            [False, False],
        )

    def test_one_that_somebody_takes_care_of_leaves_no_next_action(self):
        self._type(answer="other")

        self.assertFalse(self.lead.activity_ids)
        self.assertEqual(self.lead.enrollment_ids.stop_reason, "replied")

    def test_no_more_letters_is_no_engagement(self):
        self._type(answer="stop")

        self.assertEqual(set(self._get_events()), {"opt_out", "consent"})
        self.assertTrue(self.lead.letter_opt_out)
        self.assertEqual(self.letter.outcome, "replied")

    def test_the_same_answer_twice_is_refused_in_words(self):
        self._type()

        with self.assertRaisesRegex(UserError, "was noted before"):
            self._type()
        self.assertEqual(len(self.lead.activity_ids), 1)

    def test_a_mistyped_code_says_how_codes_look(self):
        wrong = self.code[:-1] + ("2" if self.code[-1] != "2" else "3")

        for code in (wrong, "hello", self.code[:-1]):
            with (
                self.subTest(code=code),
                self.assertRaisesRegex(UserError, "has a typing error.*\n.*never 0, O"),
            ):
                self._type(code)
        self.assertFalse(self._get_events())

    def test_a_code_of_no_letter_says_what_else_to_do(self):
        self.letter.sudo().letter_code = False

        with self.assertRaisesRegex(UserError, "None of our letters.*note the answer on the lead"):
            self._type()

    def test_a_code_of_another_company_is_refused_without_its_name(self):
        other = self.env["res.company"].create({"name": "Secret Sister Ltd"})
        self.letter.letter_batch_id.sudo().company_id = other

        with self.assertRaises(UserError) as caught:
            self._type()

        self.assertIn("another company", str(caught.exception))
        self.assertNotIn("Secret", str(caught.exception))
        self.assertFalse(self._get_events())
        both = self.env.company + other
        self.user_rep.company_ids = [Command.set(both.ids)]
        self.env["lead.letter.answered"].with_user(self.user_rep).with_context(
            allowed_company_ids=both.ids
        ).create({"code": self.code}).action_confirm()
        self.assertIn("letter_answer", self._get_events())

    def test_a_letter_to_a_colleague_s_lead_is_noted_for_him(self):
        colleague = self._make_user("carl", "sales_team.group_sale_salesman")

        action = self._type(user=colleague)

        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(self.lead.activity_ids.user_id, self.user_rep)

    def test_on_a_lead_the_code_of_its_last_letter_is_proposed(self):
        wizard = self.env["lead.letter.answered"].with_context(
            active_model="crm.lead", active_id=self.lead.id
        )
        self.assertEqual(wizard.new({}).code, self.code)

        self.assertEqual(wizard.create({}).action_confirm()["tag"], "soft_reload")

        bare = self._make_lead(email_from="bare@ample.example")
        self.assertFalse(wizard.with_context(active_id=bare.id).new({}).code)

    def test_who_is_no_salesperson_notes_no_answers(self):
        clerk = self._make_user("clara", "base.group_user")

        with self.assertRaises(AccessError):
            self._type(user=clerk)
        self.assertFalse(self._get_events())

    # by mail

    def test_an_e_mail_with_the_code_from_another_address_is_the_letter_s_answer(self):
        count = self.env["crm.lead"].search_count([])

        self._receive(f"Please send a quote.\nMy code: {self.code}", "boss@ample-group.example")

        self.assertEqual(self.env["crm.lead"].search_count([]), count)
        self.assertEqual(self.letter.outcome, "replied")
        self.assertEqual(self.lead.enrollment_ids.stop_reason, "replied")
        self.assertEqual(len(self.lead.activity_ids), 1)
        self.assertIn("Please send a quote", "".join(self.lead.message_ids.mapped("body")))

    def test_an_e_mail_to_another_company_stays_with_that_company(self):
        sister = self.env["res.company"].create({"name": "Sister"})
        self.env["mail.alias"].create(
            {
                "alias_name": "sister",
                "alias_model_id": self.env["ir.model"]._get_id("crm.lead"),
                "alias_defaults": repr({"company_id": sister.id}),
            }
        )
        self.lead.write({"user_id": False, "team_id": False, "company_id": self.env.company.id})
        text, boss = f"For you alone. My code: {self.code}", "boss@ample-group.example"

        self._receive(text, boss, to="sister@seller.test")

        self.assertNotIn("For you alone", "".join(self.lead.message_ids.mapped("body")))
        own = self.env["crm.lead"].search([("email_from", "ilike", boss)])
        self.assertEqual(own.company_id, sister)
        for company in (sister, self.env["res.company"]):  # its own, or nobody's in particular
            self.lead.company_id = company
            self._receive(text, boss, to="sister@seller.test", n=2 + len(company))
        bodies = self.lead.message_ids.mapped("body")
        self.assertEqual(sum("For you alone" in body for body in bodies), 2)

    def test_an_e_mail_with_the_code_counts_once_as_the_letter_s_answer(self):
        self._receive("See subject", subject=f"re letter {self.code.replace('-', ' ').lower()}")

        self.assertEqual(self._get_events(), {"letter_answer": 0, "reply": 0})
        event = self.lead.event_ids.filtered(lambda e: e.kind == "letter_answer")
        self.assertFalse(self._has_own_points(event))  # the rule's
        self.lead._update_scores()
        self.assertEqual(self.lead.score_engagement, 15)

    def test_the_next_e_mail_with_the_code_is_a_reply_like_others(self):
        self._receive(f"First {self.code}")
        self._receive(f"Second {self.code}", n=2)

        events = self.lead.event_ids
        self.assertEqual(
            events.filtered(lambda e: e.kind == "reply").sorted("id").mapped(self._has_own_points),
            [True, False],
        )
        self.assertEqual(len(events.filtered(lambda e: e.kind == "letter_answer")), 1)

    def test_an_e_mail_without_a_code_answers_the_last_touch_only(self):
        self.letter.outcome = False
        wrong = self.code[:-1] + ("2" if self.code[-1] != "2" else "3")

        self._receive(f"My code: {wrong}")

        self.assertEqual(set(self._get_events()), {"reply"})

    def test_out_of_office_with_a_code_answers_nothing(self):
        self._receive(f"Away. {self.code}", headers="Auto-Submitted: auto-replied\n")

        self.assertFalse(self._get_events())
        self.assertEqual(self.lead.enrollment_ids.state, "active")

    def test_one_of_us_who_writes_the_code_answers_nothing(self):
        self._receive(f"Look at {self.code}", self.user_rep.email)

        self.assertFalse(self._get_events())
        self.assertEqual(self.lead.enrollment_ids.state, "active")

    def test_the_code_belongs_to_its_letter_though_an_e_mail_went_out_later(self):
        with freeze_time("2026-03-31 16:00:00"):
            self._run_cadences()
            email = self.lead.touch_ids - self.letter
            email._mark_done("2026-03-31 16:00:00", is_human=False)
        with freeze_time("2026-04-01 16:00:00"):
            self._receive(f"My code: {self.code}", n=300)

        self.assertEqual(self.letter.outcome, "replied")
        self.assertFalse(email.answered_at)
