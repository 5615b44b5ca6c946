import re
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import LeadFollowupCase
from .public_common import PublicFormMixin
from .test_lead_public_poster import VISITOR


@tagged("post_install", "-at_install")
class TestLeadPublicAbuse(PublicFormMixin, LeadFollowupCase, HttpCase):
    """What somebody may try who has a public link, or would like to have one."""

    def setUp(self):
        super().setUp()
        self.lead = self._make_lead(partner_name="Ample Pumps", phone="+1 212 555 0100")
        self.poster = self.show._get_poster_link()
        self.details = self.env["lead.public.link"]._get_for("details", self.lead)[self.lead]

    def _count_leads(self):
        return self.env["crm.lead"].with_context(active_test=False).search_count([])

    def assertNothingCame(self):
        self.assertFalse(self.env["lead.import"].search([("trade_show_id", "=", self.show.id)]))
        self.assertFalse(self.lead.event_ids)
        self.assertFalse(self.lead.activity_ids)

    def test_whatever_is_wrong_with_a_link_the_answer_is_the_same(self):
        expired = self.poster
        expired.expires_at = fields.Datetime.now()
        self.details.revoked_at = fields.Datetime.now()
        other = self._make_lead(email_from="eve@else.example")
        other_link = self.env["lead.public.link"]._get_for("details", other)[other]
        paths = [
            self._get_path(expired),
            "/lead/show/" + "x" * 32,
            "/lead/show/short",
            "/lead/show/" + "%00" * 32,
            "/lead/show/" + "%ff" * 32,
            "/lead/show/1%27%20or%20%271",
            f"/lead/show/{other_link.token}",
        ]

        answers = [self.url_open(path) for path in paths]
        answers.append(self.url_open(self._get_path(expired), data=VISITOR | self._get_csrf()))

        bodies = {answer.text for answer in answers}
        self.assertEqual({answer.status_code for answer in answers}, {404})
        self.assertEqual(len({self._strip(body) for body in bodies}), 1)
        self.assertIn("This link does not work", bodies.pop())
        revoked = self._open(self.details)
        self.assertEqual(revoked.status_code, 404)
        self.assertIn("This link does not work", revoked.text)
        self.assertNotIn("Ann", revoked.text)
        self.assertNothingCame()

    def _strip(self, page):
        """Leave out what is another one for each visitor, and the address he came by."""
        page = re.sub(r'csrf_token: "[^"]+"', "", page)
        return re.sub(r'href="/lead/[^"]+"', "", page)

    def _get_csrf(self):
        link = self._make_show(name="Other")._get_poster_link()
        return {"csrf_token": self._read_hidden(self._open(link).text)["csrf_token"]}

    @mute_logger("odoo.http")
    def test_without_a_csrf_token_nothing_is_taken(self):
        for token in ({}, {"csrf_token": "forged"}):
            for link in (self.poster, self.details):
                response = self.url_open(self._get_path(link), data={**VISITOR, **token})
                self.assertEqual(response.status_code, 400)
                self.assertIn("reload the page and send it again", response.text)
        self.assertNothingCame()

    def test_a_forged_key_or_that_of_another_form_is_refused(self):
        hidden = self._read_hidden(self._open(self.details).text)
        for key in ("", "x", "ünlikely", hidden["form_key"], hidden["form_key"][:-4]):
            with self.subTest(key):
                response = self._send(self.poster, {**VISITOR, "form_key": key})
                self.assertRefused(response, "was changed on its way")
        self.assertNothingCame()

    def test_no_field_beyond_the_form_is_written(self):
        beyond = {
            "user_id": str(self.user_rep.id),
            "team_id": "1",
            "lifecycle": "customer",
            "score_total": "99",
            "score_fit": "60",
            "do_not_contact": "1",
            "not_a_buyer": "student",
            "booth_rating": "hot",
            "captured_by": "Rosa",
            "company_id": "7",
            "lead_id": str(self.lead.id),
            "trade_show_id": "1",
            "email_from": "eve@else.example",
            "referred_by": "Eve",
            "photo": "AAAA",
        }

        self._send(self.poster, {**VISITOR, **beyond})
        self._send(self.details, {**beyond, "note": "Hello", "name": "Eve", "email": "e@e.example"})

        made = self.env["crm.lead"].search([("email_normalized", "=", "vera@visitor.example")])
        for lead in (made, self.lead):
            self.assertFalse(lead.user_id)
            self.assertFalse(lead.do_not_contact)
            self.assertFalse(lead.not_a_buyer)
            self.assertFalse(lead.booth_rating)
            self.assertFalse(lead.captured_by)
            self.assertNotEqual(lead.lifecycle, "customer")
            self.assertLess(lead.score_total, 60)
        self.assertEqual(made.trade_show_id, self.show)
        self.assertEqual(self.lead.contact_name, "Ann Ample")
        self.assertEqual(self.lead.email_from, "ann@ample.example")

    def test_fields_in_the_address_count_for_nothing(self):
        hidden = self._read_hidden(self._open(self.poster).text)
        path = f"{self._get_path(self.poster)}?name=Eve&email=eve@else.example"

        response = self.url_open(path, data={**hidden, "company": "Else"})

        self.assertRefused(response, "your name")

    def test_the_field_nobody_sees_is_left_empty_by_people(self):
        for link in (self.poster, self.details):
            response = self._send(link, {**VISITOR, "confirm_address": "bot@bot.example"})
            self.assertRefused(response, "as programs do")
        self.assertNothingCame()

    def test_over_the_cap_of_a_link_nothing_more_is_taken(self):
        self.patch(
            type(self.env["lead.public.link"]),
            "_get_caps",
            lambda self: {"poster": (2, 50), "details": (50, 50)},
        )
        answers = [
            self._send(self.poster, {**VISITOR, "email": f"v{number}@visitor.example"})
            for number in range(3)
        ]

        self.assertEqual([answer.status_code for answer in answers], [200, 200, 200])
        leads = self.env["crm.lead"].search([("email_normalized", "=like", "v%@visitor.example")])
        self.assertEqual(
            set(leads.mapped("email_normalized")), {"v0@visitor.example", "v1@visitor.example"}
        )
        # another form is still open to the same visitor
        self.assertEqual(self._send(self.details, {"note": "Hello"}).status_code, 200)

    def test_over_the_cap_of_a_connection_nothing_more_is_taken_by_any_poster(self):
        self.patch(
            type(self.env["lead.public.link"]), "_get_caps", lambda self: {"poster": (50, 2)}
        )
        other = self._make_show(name="Autumn Expo")._get_poster_link()
        answers = [
            self._send(link, {**VISITOR, "email": f"v{number}@visitor.example"})
            for number, link in enumerate((self.poster, other, other))
        ]

        self.assertEqual([answer.status_code for answer in answers], [200, 200, 200])
        leads = self.env["crm.lead"].search([("email_normalized", "=like", "v%@visitor.example")])
        self.assertEqual(len(leads), 2)
        self.assertEqual(self.env["lead.public.post"].search_count([("is_held", "=", True)]), 1)

    def test_over_the_cap_of_a_connection_a_personal_link_is_closed(self):
        self.patch(
            type(self.env["lead.public.link"]), "_get_caps", lambda self: {"details": (50, 2)}
        )
        answers = [self._send(self.details, {"note": f"Hello {number}"}) for number in range(3)]

        self.assertEqual([answer.status_code for answer in answers], [200, 200, 422])
        self.assertRefused(answers[2], "within an hour")

    def test_no_address_of_a_visitor_is_kept(self):
        self._send(self.poster, VISITOR)

        [kept] = self.poster.attempt_ids.mapped("connection_hash")
        self.assertRegex(kept, r"^[0-9a-f]{32}$")

    @mute_logger("odoo.http")
    def test_a_body_of_5_mb_is_refused_in_words(self):
        for link in (self.poster, self.details):
            response = self._send(link, {**VISITOR, "note": "x" * 5_000_000})
            self.assertEqual(response.status_code, 413)
            self.assertIn("too large, or cannot be read", response.text)
        self.assertNothingCame()

    def test_a_text_too_long_is_refused_in_words(self):
        # as many line breaks as characters are counted once, as the page itself counts them
        self.assertEqual(
            self._send(self.poster, {**VISITOR, "note": "a\r\n" * 1000}).status_code, 200
        )
        for data, count in (({"note": "x" * 2001}, 2000), ({"name": "x" * 121}, 120)):
            response = self._send(self.poster, {**VISITOR, **data})
            self.assertRefused(response, f"up to {count} characters")

    def test_a_great_many_values_are_refused(self):
        response = self._send(self.poster, {**VISITOR, "interest": ["1"] * 101})

        self.assertRefused(response, "too long")
        self.assertNothingCame()

    def test_script_stays_text(self):
        script = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'

        shown = self._send(self.poster, {**VISITOR, "company": script, "name": ""}).text
        self.assertNotIn("<script>alert", shown)
        self.assertNotIn("<img src=x", shown)
        self.assertIn("&lt;script&gt;", shown)

        self._send(self.details, {"note": script})
        bodies = "".join(self.lead.message_ids.mapped("body"))
        self.assertIn("&lt;script&gt;", bodies)
        self.assertNotIn("<script>", bodies)
        self.assertNotIn("<img", bodies)
        self.assertNotIn("<img", str(self.lead.activity_ids.note))

    def test_control_characters_and_broken_encodings_are_refused_in_words(self):
        for text in ("A\x00nn", "A\x1bnn", "A\x85nn"):
            with self.subTest(text):
                response = self._send(self.poster, {**VISITOR, "name": text})
                self.assertRefused(response, "cannot be read")
                self.assertNotIn("\x00", response.text)
        self.assertNothingCame()

    @mute_logger("odoo.http")
    def test_what_is_no_utf_8_is_refused_in_words(self):
        hidden = self._read_hidden(self._open(self.poster).text)
        path = self._get_path(self.poster)
        body = "&".join(f"{name}={value}" for name, value in hidden.items())

        plain = self.url_open(
            path,
            data=f"{body}&email=a@b.example&name=".encode() + b"\xff\xfe",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        parts = self.url_open(
            path, data={**hidden, "email": "a@b.example"}, files={"name": (None, b"A\xffnn")}
        )

        self.assertEqual(plain.status_code, 413)
        self.assertIn("too large, or cannot be read", plain.text)
        self.assertRefused(parts, "cannot be read")
        self.assertNothingCame()

    def test_marks_that_turn_a_text_are_taken_out(self):
        self._send(self.poster, {**VISITOR, "name": "Vera \u202eVisitor"})

        made = self.env["crm.lead"].search([("email_normalized", "=", "vera@visitor.example")])
        self.assertEqual(made.contact_name, "Vera Visitor")

    def test_a_file_in_place_of_a_text_is_no_text(self):
        hidden = self._read_hidden(self._open(self.poster).text)
        data = {**hidden, **{name: VISITOR[name] for name in ("email", "phone")}}

        response = self.url_open(
            self._get_path(self.poster), data=data, files={"name": ("a.txt", b"Vera")}
        )

        self.assertRefused(response, "your name")

    def test_answers_that_are_none_or_another_question_s_are_refused(self):
        for answer in ("gt250k", "nonsense", "0_3m'--"):
            for link in (self.poster, self.details):
                response = self._send(link, {**VISITOR, "q_timeframe": answer})
                self.assertRefused(response, "not among those to choose from")
        self.assertRefused(
            self._send(self.poster, {**VISITOR, "interest": "999999"}),
            "not among those to choose from",
        )
        self.assertRefused(
            self._send(self.poster, {**VISITOR, "interest": "1 or 1"}),
            "not among those to choose from",
        )
        self.assertNothingCame()

    def test_a_question_nobody_knows_is_not_read(self):
        self._send(self.details, {"q_nonsense": "0_3m", "note": "Hello"})

        self.assertFalse(self.lead.qualification_ids)

    def test_a_captcha_that_says_no_stops_a_form(self):
        def refuse(self, action):
            raise UserError(self.env._("A machine at %s", action))

        with patch.object(self.env.registry["ir.http"], "_verify_request_recaptcha_token", refuse):
            for link in (self.poster, self.details):
                response = self._send(link, VISITOR)
                self.assertRefused(response, "that a person filled this in")
                self.assertNotIn("machine", response.text)
        self.assertNothingCame()

    def test_a_page_with_a_captcha_carries_its_key_and_scripts(self):
        ir_http = self.env.registry["ir.http"]
        plain = ir_http.get_frontend_session_info

        def with_key(self):
            return {**plain(self), "turnstile_site_key": "a-site-key"}

        self.assertNotIn("assets_frontend", self._open(self.poster).text)
        with patch.object(ir_http, "get_frontend_session_info", with_key):
            page = self._open(self.poster).text
        self.assertIn("a-site-key", page)
        self.assertIn("web.assets_frontend_lazy", page)
        self.assertIn('data-captcha="lead_public_form"', page)

    def test_scanners_that_open_a_link_change_nothing(self):
        before = self._count_leads()
        for link in (self.poster, self.details):
            for method in ("GET", "HEAD"):
                response = self.url_open(self._get_path(link), method=method)
                self.assertEqual(response.status_code, 200)
        self.assertEqual(self._count_leads(), before)
        self.assertEqual((self.poster | self.details).mapped("used_count"), [0, 0])
        self.assertFalse(self.details.attempt_ids)
        self.assertNothingCame()

    def test_pages_are_not_kept_not_found_by_search_and_tell_nobody_where_one_was(self):
        for path in (self._get_path(self.poster), "/lead/show/" + "x" * 32):
            headers = self.url_open(path).headers
            self.assertEqual(headers["X-Robots-Tag"], "noindex, nofollow")
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
            self.assertEqual(headers["Cache-Control"], "no-store")
