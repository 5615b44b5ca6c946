import re

from odoo.tests import HttpCase, tagged

from ..tools import letters
from .common import LeadFollowupCase
from .letter_common import LetterMixin


@tagged("post_install", "-at_install")
class TestLeadLetterAnswer(LetterMixin, LeadFollowupCase, HttpCase):
    """The page behind the code, as whoever holds the letter sees it."""

    def setUp(self):
        super().setUp()
        self.lead = self._make_addressed()
        self._make_posted(self.lead)
        self.code = self._get_letter(self.lead).letter_code

    def _get_events(self, lead=None):
        return (lead or self.lead).event_ids.filtered(
            lambda event: event.kind not in ("lifecycle", "consent")
        )

    def _answer(self, answer, code=None, **data):
        page = self.url_open(f"/l/{self.code}").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
        return self.url_open(
            f"/l/{code or self.code}", data={"csrf_token": token, "answer": answer, **data}
        )

    def test_looking_changes_nothing_and_tells_nothing_about_the_lead(self):
        for path in (self.code, self.code.lower(), self.code.replace("-", "")):
            response = self.url_open(f"/l/{path}")
            self.assertEqual(response.status_code, 200)
            self.assertIn("Thank you for reading our letter", response.text)
            self.assertIn("Seller Inc.", response.text)
            for secret in ("Ann", "Ample", "Sample St", "Reno"):
                self.assertNotIn(secret, response.text)

        self.assertFalse(self._get_events())
        self.assertEqual(self.lead.enrollment_id.state, "active")
        self.assertFalse(self.lead.activity_ids)

    def test_a_mistyped_code_and_an_unknown_one_are_told_apart(self):
        wrong = self.code[:-1] + ("2" if self.code[-1] != "2" else "3")
        unknown = letters.codes.check_character("234567892")

        for path, text in (
            (wrong, "has a typing error"),
            ("hello", "has a typing error"),
            (f"234567892{unknown}", "We don’t know this code"),
        ):
            response = self.url_open(f"/l/{path}")
            self.assertEqual(response.status_code, 404)
            self.assertIn(text, response.text)
            self.assertIn('name="code"', response.text)

    def test_a_typed_code_leads_to_its_page(self):
        page = self.url_open(f"/l?code={self.code.lower().replace('-', '+')}")
        self.assertEqual(page.url.rsplit("/", 1)[1], self.code)

        self.assertIn("Answer our letter", self.url_open("/l").text)
        wrong = self.url_open("/l?code=12345")
        self.assertIn("has a typing error", wrong.text)
        self.assertEqual(wrong.status_code, 404)

    def test_an_answer_without_its_token_changes_nothing(self):
        response = self.url_open(f"/l/{self.code}", data={"answer": "call"})

        self.assertEqual(response.status_code, 400)
        self.assertFalse(self._get_events())

    def test_a_wish_for_a_call_is_a_request_ends_the_cadence_and_is_on_a_list(self):
        response = self._answer("call", note="Mondays <b>please</b>")

        self.assertIn("will call you", response.text)
        events = self._get_events()
        self.assertEqual(set(events.mapped("kind")), {"letter_answer", "request_call"})
        self.assertEqual(set(events.mapped("note")), {"Mondays <b>please</b>"})
        self.assertEqual(self.lead.lifecycle, "mql")
        self.assertEqual(self.lead.enrollment_ids.state, "stopped")
        self.assertEqual(self.lead.enrollment_ids.stop_reason, "replied")
        call = self.lead.activity_ids
        self.assertEqual(call.activity_type_id, self.env.ref("mail.mail_activity_data_call"))
        self.assertEqual(call.user_id, self.user_rep)
        self.assertIn("please call", call.summary)
        self.assertIn("&lt;b&gt;", call.note)
        self.assertFalse(self.lead.letter_opt_out)

    def test_a_wish_for_a_message_is_an_answer_and_the_same_twice_is_one(self):
        self._answer("write")
        self._answer("write")

        self.assertEqual(self._get_events().mapped("kind"), ["letter_answer"])
        self.assertEqual(len(self.lead.activity_ids), 1)
        self.assertIn("please write", self.lead.activity_ids.summary)

    def test_no_more_letters_closes_letters_ends_the_cadence_and_asks_for_nothing(self):
        response = self._answer("stop")

        self.assertIn("no more letters", response.text)
        self.assertTrue(self.lead.letter_opt_out)
        self.assertEqual(self._get_events().kind, "opt_out")
        self.assertEqual(self.lead.enrollment_ids.state, "stopped")
        self.assertFalse(self.lead.activity_ids)
        self.assertEqual(self.lead._get_obstacle("email"), (None, None))

    def test_an_answer_that_is_none_changes_nothing(self):
        response = self._answer("everything")

        self.assertIn("Thank you for reading our letter", response.text)
        self.assertFalse(self._get_events())

    def test_a_lost_lead_that_answers_is_taken_up_again(self):
        self.lead.action_set_lost()

        self._answer("call")

        self.assertEqual((self.lead.won_status, self.lead.rotation), ("pending", 1))
        self.assertTrue(self.lead.activity_ids)

    def test_a_lost_lead_that_wants_no_more_letters_stays_lost(self):
        self.lead.action_set_lost()

        self._answer("stop")

        self.assertEqual((self.lead.won_status, self.lead.rotation), ("lost", 0))
        self.assertTrue(self.lead.letter_opt_out)

    def test_after_a_merge_the_code_answers_for_the_lead_that_stayed(self):
        head = self._make_addressed(enroll=False, type="opportunity", probability=60)
        merged = (head | self.lead).merge_opportunity()

        self._answer("call")

        self.assertEqual(merged, head)
        self.assertEqual(
            set(self._get_events(head).mapped("kind")), {"letter_answer", "request_call"}
        )

    def test_the_page_speaks_the_lead_s_language(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.lead.lang_id = self.env["res.lang"]._lang_get("fa_IR")

        page = self.url_open(f"/l/{self.code}").text

        self.assertIn('<html lang="fa-IR" dir="rtl"', page)
