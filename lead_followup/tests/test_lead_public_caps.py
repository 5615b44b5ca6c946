from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from .common import LeadFollowupCase
from .public_common import PublicFormMixin
from .test_lead_public_poster import VISITOR


@tagged("post_install", "-at_install")
class TestLeadPublicCaps(PublicFormMixin, LeadFollowupCase, HttpCase):
    """How much public forms take, and that nobody shuts the others out by sending nonsense."""

    def setUp(self):
        super().setUp()
        self.poster = self.show._get_poster_link()

    def _set_caps(self, **caps):
        for name, count in caps.items():
            self.env["ir.config_parameter"].set_param(f"lead_followup.public_poster_{name}", count)

    def _send_as(self, number):
        return self._send(self.poster, {**VISITOR, "email": f"v{number}@visitor.example"})

    def test_what_is_refused_keeps_nobody_out(self):
        self._set_caps(link_cap=2, connection_cap=2)
        for said in ({"name": ""}, {"form_key": "forged"}, {"confirm_address": "bot"}):
            self.assertEqual(self._send(self.poster, {**VISITOR, **said}).status_code, 422)

        self.assertEqual([self._send_as(1).status_code, self._send_as(2).status_code], [200, 200])
        self.assertRefused(self._send_as(3), "within an hour")

    def test_a_connection_that_sends_nothing_but_nonsense_is_closed_and_no_link_is(self):
        self._set_caps(refused_cap=2)
        attempts = self.env["lead.public.attempt"]
        attempts._note(self.poster, "192.0.2.7", is_used=False)
        self.assertFalse(attempts._is_over_cap(self.poster, "192.0.2.7"))
        attempts._note(self.poster, "192.0.2.7", is_used=False)

        self.assertTrue(attempts._is_over_cap(self.poster, "192.0.2.7"))
        self.assertFalse(attempts._is_over_cap(self.poster, "192.0.2.8"))

    def test_with_a_captcha_connections_have_no_cap_and_links_have(self):
        self._set_caps(link_cap=2, connection_cap=1, refused_cap=1)
        self.assertEqual(self._send_as(1).status_code, 200)
        self.assertRefused(self._send_as(2), "within an hour")

        ir_http = self.env.registry["ir.http"]
        plain = ir_http.get_frontend_session_info

        def with_key(self):
            return {**plain(self), "turnstile_site_key": "a-site-key"}

        with patch.object(ir_http, "get_frontend_session_info", with_key):
            self.assertEqual(self._send_as(2).status_code, 200)
            self.assertRefused(self._send_as(3), "within an hour")

    def test_a_cap_that_is_no_number_is_the_usual_one(self):
        self._set_caps(link_cap="many", connection_cap="0", refused_cap="-1")

        self.assertEqual(self.poster._get_own_caps(), (600, 300, 2000))
