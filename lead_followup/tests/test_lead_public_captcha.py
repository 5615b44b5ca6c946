from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .public_common import PublicFormMixin
from .referral_common import LeadReferralCase

VISITOR = {"name": "Vera Visitor", "email": "vera@visitor.example"}
FRIEND = {"name": "Ben Bold", "email": "ben@bold.example", "consent": "1"}


@tagged("post_install", "-at_install")
class TestLeadPublicCaptcha(PublicFormMixin, LeadReferralCase, HttpCase):
    """Where Odoo's captcha is set up, each public form asks it; the program's answer counts."""

    def setUp(self):
        super().setUp()
        self.lead = self._make_lead(user_id=self.user_rep.id)
        referral, _left_out = self.env["lead.referral"]._ask(self.customer, "call", self.company)
        links = self.env["lead.public.link"]
        self.form_by_kind = {
            "poster": (self.show._get_poster_link(), VISITOR),
            "details": (links._get_for("details", self.lead)[self.lead], {"note": "Ten pumps"}),
            "referral": (links._get_for("referral", referral)[referral], FRIEND),
        }

    def _patch(self, verify):
        return patch.object(self.env.registry["ir.http"], "_verify_request_recaptcha_token", verify)

    def _patch_key(self, name):
        ir_http = self.env.registry["ir.http"]
        plain = ir_http.get_frontend_session_info
        return patch.object(
            ir_http, "get_frontend_session_info", lambda env: {**plain(env), name: "a-site-key"}
        )

    def test_a_form_that_the_captcha_lets_pass_is_taken(self):
        asked = []
        with self._patch(lambda _env, action: asked.append(action)):
            for kind, (link, data) in self.form_by_kind.items():
                with self.subTest(kind):
                    response = self._send(link, data)
                    self.assertEqual(response.status_code, 200, response.text[-800:])
                    self.assertIn("lf-done", response.text)

        self.assertEqual(asked, ["lead_public_form"] * 3)

    def test_a_form_that_the_captcha_stops_is_given_back_as_it_was(self):
        def refuse(env, _action):
            raise UserError(env.env._("A machine"))

        before = self.env["crm.lead"].with_context(active_test=False).search_count([])
        with self._patch(refuse):
            for kind, (link, data) in self.form_by_kind.items():
                with self.subTest(kind):
                    response = self._send(link, data)
                    self.assertRefused(response, "that a person filled this in")
                    self.assertIn(next(iter(data.values())), response.text)

        leads = self.env["crm.lead"].with_context(active_test=False)
        self.assertEqual(leads.search_count([]), before)

    def test_each_page_carries_key_and_scripts_of_either_captcha(self):
        for name in ("recaptcha_public_key", "turnstile_site_key"):
            for kind, (link, _data) in self.form_by_kind.items():
                with self.subTest(f"{name}, {kind}"):
                    self.assertNotIn("assets_frontend", self._open(link).text)
                    with self._patch_key(name):
                        page = self._open(link).text
                    self.assertIn(f'"{name}": "a-site-key"', page)
                    self.assertIn("web.assets_frontend_lazy", page)
                    self.assertIn('data-captcha="lead_public_form"', page)
