import re
from datetime import timedelta
from html import unescape

from freezegun import freeze_time

from odoo import fields
from odoo.tests import HttpCase, tagged

from .public_common import PublicFormMixin
from .referral_common import LeadReferralCase

BEN = {
    "name": "Ben Bold",
    "company": "Bold Pumps",
    "email": "ben@bold.example",
    "phone": "",
    "note": "They build a plant",
    "consent": "1",
}
THANKS = "We will get in touch with care"


@tagged("post_install", "-at_install")
class TestLeadReferPage(PublicFormMixin, LeadReferralCase, HttpCase):
    """The page on which a customer names friends, as he uses it, and as others misuse it."""

    def setUp(self):
        super().setUp()
        self.referral = self._make_referral()
        self.link = self.referral.link_id
        self.path = self.link.url.removeprefix(self.link.get_base_url())
        # other helpers of the test runner come from the same address
        self.env["lead.public.attempt"].search([]).unlink()

    def _send(self, data, hidden=None):
        page = self.url_open(self.path).text
        own = dict(
            re.findall(r'<input type="hidden" name="(csrf_token|form_key)" value="([^"]*)"', page)
        )
        own = {name: unescape(value) for name, value in own.items()}
        response = self.url_open(self.path, data={**own, **data} if hidden is None else data)
        self._receive_forms()
        return response

    def _find(self, email="ben@bold.example"):
        return self.env["crm.lead"].search([("email_normalized", "=", email)])

    def assertTaken(self, response):
        self.assertEqual(response.status_code, 200)
        self.assertIn(THANKS, response.text)

    def assertRefused(self, response, words):
        self.assertEqual(response.status_code, 422, response.text[:2000])
        [fault] = re.findall(r'class="lf-fault"[^>]*>(.*?)</div>', response.text, re.DOTALL)[:1]
        self.assertIn(words, unescape(fault))
        self.assertFalse(self.referral.friend_count)

    def test_friend_becomes_a_lead_and_is_not_shown_back(self):
        response = self._send({**BEN, "may_name": "1"})

        self.assertTaken(response)
        self.assertEqual(self._find().referral_id, self.referral)
        self.assertEqual(self._find().referrer_name, "Ann Ample")
        for text in ("ben@bold", "Bold", "They build"):
            self.assertNotIn(text, response.text)
            self.assertNotIn(text, self.url_open(self.path).text)

    def test_unticked_his_name_is_not_given_away(self):
        self._send(BEN)

        self.assertEqual(self._find().referral_id, self.referral)
        self.assertFalse(self._find().referrer_name)

    def test_opening_the_page_changes_nothing(self):
        response = self.url_open(self.path)

        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["X-Robots-Tag"], "noindex, nofollow")
        self.assertEqual(self.referral.state, "asked")
        self.assertNotIn("Ann", response.text)  # nor is it said whose link it is

    def test_three_friends_at_once(self):
        response = self._send(
            {
                "name": ["Ben Bold", "Cy Cole", "Di Dune"],
                "company": ["", "", ""],
                "email": ["ben@bold.example", "cy@cole.example", ""],
                "phone": ["", "", "+1 202 555 0147"],
                "note": ["", "", ""],
                "consent": ["1", "2", "3"],
            }
        )

        self.assertTaken(response)
        self.assertEqual(self.referral.friend_count, 3)

    def test_friend_who_has_not_agreed_is_not_stored_nor_are_the_others(self):
        response = self._send(
            {
                "name": ["Ben Bold", "Cy Cole"],
                "company": ["", ""],
                "email": ["ben@bold.example", "cy@cole.example"],
                "phone": ["", ""],
                "note": ["", ""],
                "consent": ["1"],
            }
        )

        self.assertRefused(response, "Please ask Cy Cole first")
        self.assertFalse(self._find() | self._find("cy@cole.example"))
        self.assertFalse(self.env["lead.import"].search([("door", "=", "referral")]))

    def test_own_address_gets_the_same_answer_and_is_no_lead(self):
        own = self._send({**BEN, "email": "Ann+friend@ample.example"})
        others = self._send({**BEN, "email": "anna@ample.example"})

        self.assertTaken(own)
        self.assertEqual(own.text, others.text)
        self.assertFalse(self._find("ann+friend@ample.example"))
        self.assertEqual(self.referral.friend_ids, self._find("anna@ample.example"))

    def test_link_of_an_archived_customer_is_refused(self):
        self.customer.action_archive()

        self.assertEqual(self.url_open(self.path).status_code, 404)
        self.customer.action_unarchive()
        self.assertEqual(self.url_open(self.path).status_code, 200)

    def test_known_and_unknown_friends_get_the_same_answer(self):
        self._make_lead(email_from="ben@bold.example")

        known = self._send(BEN).text
        unknown = self._send({**BEN, "email": "new@bold.example"}).text

        self.assertEqual(known, unknown)

    def test_bad_input_is_refused_in_words(self):
        cases = (
            ({**BEN, "name": ""}, "give each friend's name"),
            ({**BEN, "name": "- . -"}, "give each friend's name"),
            ({**BEN, "email": "", "phone": ""}, "an e-mail address or a phone number"),
            ({**BEN, "email": "ben at bold"}, "is no e-mail address"),
            ({**BEN, "email": "", "phone": "12"}, "is no phone number"),
            ({**BEN, "name": "x" * 10000}, "too long"),
            ({**BEN, "note": "x" * 10000}, "too long"),
            ({**BEN, "name": "Ben\x00Bold"}, "cannot be read"),
            ({}, "Please name a friend"),
            ({**BEN, "name": ["a", "b", "c", "d"]}, "up to 3 friends"),
        )
        for data, words in cases:
            with self.subTest(words=words):
                self.assertRefused(self._send(data), words)

    def test_script_in_a_name_is_text_and_nothing_else(self):
        script = "<script>alert(1)</script>"

        refused = self._send({**BEN, "name": script, "email": "no address"})
        taken = self._send({**BEN, "name": script, "note": script})

        self.assertNotIn(script, refused.text)
        self.assertTaken(taken)
        lead = self._find()
        bodies = "".join(lead.message_ids.mapped("body")) + str(lead.description or "")
        self.assertNotIn("<script", bodies)
        self.assertNotIn(script, taken.text + self.url_open(self.path).text)

    def test_no_field_beyond_the_form_is_written(self):
        self._send(
            {
                **BEN,
                "user_id": str(self.user_rep.id),
                "booth_rating": "hot",
                "budget": "gt250k",
                "email_consent": "no",
                "state": "won",
                "partner_id": "1",
            }
        )

        lead = self._find()
        self.assertFalse(lead.user_id | lead.partner_id.user_ids)
        self.assertFalse(lead.booth_rating)
        self.assertEqual((lead.email_consent, self.referral.state), ("yes", "answered"))

    def test_same_form_sent_again_is_the_same_friend(self):
        page = self.url_open(self.path).text
        own = dict(
            re.findall(r'<input type="hidden" name="(csrf_token|form_key)" value="([^"]*)"', page)
        )
        data = {**{name: unescape(value) for name, value in own.items()}, **BEN}

        for _time in range(3):
            self.assertTaken(self._send(data, hidden={}))

        self.assertEqual(len(self._find()), 1)
        self.assertEqual(self.referral.friend_count, 1)

    def test_without_the_token_of_the_session_nothing_is_taken(self):
        self.assertEqual(self._send(BEN, hidden={}).status_code, 400)
        self.assertFalse(self._find())

    def test_guessed_foreign_expired_and_revoked_links_look_alike(self):
        poster = self.env["lead.public.link"]._get_for("poster", self.show)[self.show]
        expired, revoked = (
            self._make_customer("Cara", "c@c.example"),
            self._make_customer("Dora", "d@d.example"),
        )
        asks, _left_out = self._ask(expired | revoked, channel="call")
        asks[0].link_id.expires_at = fields.Datetime.now() - timedelta(days=1)
        asks[1].link_id._revoke()

        tokens = ["x" * 32, poster.token, *asks.link_id.mapped("token")]
        answers = [self.url_open(f"/lead/refer/{token}") for token in tokens]
        bodies = {
            re.sub(r"csrf_token: \S+", "", answer.text).replace(token, "")
            for answer, token in zip(answers, tokens, strict=True)
        }

        self.assertEqual({answer.status_code for answer in answers}, {404})
        self.assertEqual(len(bodies), 1)

    def test_link_that_is_revoked_meanwhile_takes_nothing(self):
        page = self.url_open(self.path).text
        own = dict(
            re.findall(r'<input type="hidden" name="(csrf_token|form_key)" value="([^"]*)"', page)
        )
        self.link._revoke()

        response = self.url_open(
            self.path, data={**{name: unescape(value) for name, value in own.items()}, **BEN}
        )

        self.assertEqual(response.status_code, 404)
        self.assertFalse(self._find())

    def test_over_the_cap_it_takes_no_more(self):
        cap = "lead_followup.public_referral_link_cap"
        self.env["ir.config_parameter"].set_param(cap, 1)  # of one link, an hour
        self._send({**BEN, "email": "wrong"})  # what is refused does not count
        self._send({**BEN, "email": "bea@best.example"})
        response = self._send(BEN)
        with freeze_time("2026-03-20 13:00:01"):
            later = self._send(BEN)

        self.assertRefusedAlone(response, "Too many forms")
        self.assertTaken(later)

    def assertRefusedAlone(self, response, words):
        self.assertEqual(response.status_code, 422)
        self.assertIn(words, response.text)

    def test_more_friends_than_a_link_takes_are_refused(self):
        for number in range(12):
            self.assertTaken(self._send({**BEN, "email": f"ben{number}@bold.example"}))

        response = self._send({**BEN, "email": "ben12@bold.example"})

        self.assertRefusedAlone(response, "takes no more")
        self.assertEqual(self.referral.friend_count, 12)

    def test_honeypot_is_refused(self):
        self.assertRefused(self._send({**BEN, "confirm_address": "x"}), "A field that nobody sees")

    def test_whoever_knows_nobody_says_so(self):
        response = self._send({"answer": "none"})

        self.assertEqual(response.status_code, 200)
        self.assertEqual(self.referral.state, "declined")
        self.assertEqual(self.url_open(self.path).status_code, 404)
