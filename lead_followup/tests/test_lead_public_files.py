import re

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import LeadFollowupCase
from .letter_common import LetterMixin


@tagged("post_install", "-at_install")
class TestLeadPublicFiles(LetterMixin, LeadFollowupCase, HttpCase):
    """Files, control characters and loads at the pages of a letter and of an opt-out link."""

    def setUp(self):
        super().setUp()
        self.lead = self._make_addressed(email_from="ann@ample.example")
        self._make_posted(self.lead)
        self.path = f"/l/{self._get_letter(self.lead).letter_code}"

    def _get_token(self):
        page = self.url_open(self.path).text
        return re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)

    def _get_answers(self):
        return self.lead.event_ids.filtered(lambda event: event.kind == "letter_answer")

    def _get_opt_out_path(self):
        url = self.lead._get_opt_out_url("ann@ample.example")
        return url.removeprefix(self.lead.get_base_url())

    def _is_closed(self):
        return bool(self.env["mail.blacklist"].search([("email", "=", "ann@ample.example")]))

    def test_control_characters_in_a_note_are_left_out(self):
        data = {"csrf_token": self._get_token(), "answer": "write", "note": "a\x00b \x1bc"}
        response = self.url_open(self.path, data=data)

        self.assertEqual(response.status_code, 200)
        self.assertEqual(self._get_answers().note, "ab c")

    def test_a_file_in_place_of_a_note_is_none(self):
        data = {"csrf_token": self._get_token(), "answer": "write"}
        response = self.url_open(self.path, data=data, files={"note": ("a.txt", b"Hello")})

        self.assertEqual(response.status_code, 200)
        self.assertEqual(self._get_answers().mapped("note"), [False])

    def test_a_file_in_place_of_a_code_is_none(self):
        response = self.url_open("/l", method="GET", files={"code": ("a.txt", b"Hello")})

        self.assertEqual(response.status_code, 200)
        self.assertIn('name="code"', response.text)

    def test_a_file_in_place_of_a_token_is_refused_in_words(self):
        poster = self._make_show(name="Expo")._get_poster_link()
        poster_path = poster.url.removeprefix(poster.get_base_url())
        for path in (self.path, poster_path, self._get_opt_out_path()):
            with self.subTest(path):
                files = {"csrf_token": ("a.txt", b"Hello")}
                response = self.url_open(path, data={"answer": "write"}, files=files)
                self.assertEqual(response.status_code, 400)
                self.assertIn("reload the page and send it again", response.text)
        self.assertFalse(self._get_answers())
        self.assertFalse(self._is_closed())

    def test_a_file_in_place_of_an_address_opens_no_opt_out_link(self):
        path, _question, _query = self._get_opt_out_path().partition("?")
        response = self.url_open(
            path, data={"a": "b"}, files={"email": ("a", b"ann@ample.example")}
        )
        self.assertEqual(response.status_code, 404)
        self.assertFalse(self._is_closed())

        response = self.url_open(self._get_opt_out_path(), data={"List-Unsubscribe": "One-Click"})
        self.assertEqual(response.status_code, 200)
        self.assertTrue(self._is_closed())

    @mute_logger("odoo.http")
    def test_a_body_of_5_mb_is_refused_in_words(self):
        data = {"csrf_token": self._get_token(), "answer": "write", "note": "x" * 5_000_000}
        for path in (self.path, self._get_opt_out_path()):
            with self.subTest(path):
                response = self.url_open(path, data=data)
                self.assertEqual(response.status_code, 413)
                self.assertIn("too large, or cannot be read", response.text)
        self.assertFalse(self._get_answers())
        self.assertFalse(self._is_closed())
