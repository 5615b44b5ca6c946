from unittest.mock import patch

from odoo.exceptions import AccessError
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

    def _count(self, *numbers):
        emails = [f"v{number}@visitor.example" for number in numbers]
        return self.env["crm.lead"].search_count([("email_normalized", "in", emails)])

    def test_who_uses_up_the_hall_s_connection_keeps_nobody_out(self):
        self._set_caps(connection_cap=1)
        answers = [self._send_as(number) for number in (1, 2, 3)]

        self.assertEqual([answer.status_code for answer in answers], [200, 200, 200])
        pages = [answer.text.split("<body")[1] for answer in answers]
        self.assertEqual(pages[0], pages[1])
        self.assertEqual(self._count(1, 2, 3), 1)
        held = self.env["lead.public.post"].search([("is_held", "=", True)])
        self.assertEqual(len(held), 2)
        self.assertIn("v2@visitor.example", held[0].said_text)
        told = self.show.message_ids.filtered(lambda note: "held back" in note.body)
        self.assertEqual(len(told), 1)
        self.assertEqual(told.partner_ids, self.user_marketing.partner_id)

        held[0].with_user(self.user_marketing).action_let_in()
        held[1].with_user(self.user_marketing).action_throw_away()
        self._receive_forms()
        self.assertEqual((self._count(2), self._count(3)), (1, 0))
        self.assertFalse(held.exists())

    def test_forms_held_back_are_for_managers_of_the_company(self):
        self._set_caps(connection_cap=1)
        self._send_as(1)
        self._send_as(2)
        held = self.env["lead.public.post"].search([])
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self._make_user("olga", "sales_team.group_sale_manager")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})

        for user in (self.user_rep, stranger):
            for action in ("action_let_in", "action_throw_away"):
                with self.subTest(user=user.login, action=action), self.assertRaises(AccessError):
                    getattr(held.with_user(user), action)()
        with self.assertRaises(AccessError):
            held.with_user(self.user_marketing).write({"is_held": False})
        self.assertTrue(held.exists().is_held)

    def test_what_is_refused_keeps_nobody_out(self):
        self._set_caps(link_cap=2, connection_cap=2)
        for said in ({"name": ""}, {"form_key": "forged"}, {"confirm_address": "bot"}):
            self.assertEqual(self._send(self.poster, {**VISITOR, **said}).status_code, 422)

        self.assertEqual([self._send_as(1).status_code, self._send_as(2).status_code], [200, 200])
        self.assertEqual(self._count(1, 2), 2)

    def test_a_connection_that_sends_nothing_but_nonsense_is_closed_and_no_link_is(self):
        self._set_caps(refused_cap=2)
        attempts = self.env["lead.public.attempt"]
        attempts._note(self.poster, "192.0.2.7", is_used=False)
        self.assertEqual(attempts._get_room(self.poster, "192.0.2.7"), "open")
        attempts._note(self.poster, "192.0.2.7", is_used=False)

        self.assertEqual(attempts._get_room(self.poster, "192.0.2.7"), "closed")
        self.assertEqual(attempts._get_room(self.poster, "192.0.2.8"), "open")

    def test_with_a_captcha_connections_have_no_cap_and_links_have(self):
        self._set_caps(link_cap=2, connection_cap=1, refused_cap=1)
        self._send_as(1)
        self._send_as(2)
        self.assertEqual(self._count(1, 2), 1)
        self.assertRefused(self._send_as(3), "within an hour")

        ir_http = self.env.registry["ir.http"]
        plain = ir_http.get_frontend_session_info

        def with_key(self):
            return {**plain(self), "turnstile_site_key": "a-site-key"}

        with patch.object(ir_http, "get_frontend_session_info", with_key):
            self._send_as(4)
            self._send_as(5)
        self.assertEqual((self._count(4), self._count(5)), (1, 0))

    def test_a_cap_that_is_no_number_is_the_usual_one(self):
        self._set_caps(link_cap="many", connection_cap="0", refused_cap="-1")

        self.assertEqual(self.poster._get_own_caps(), (600, 300, 2000))
