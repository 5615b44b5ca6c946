from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import NOW, LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeadPublicLink(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.links = cls.env["lead.public.link"]

    def _get_link(self, days=None, show=None):
        show = show or self.show
        return self.links._get_for("poster", show, days)[show]

    def test_a_token_is_long_and_never_the_same(self):
        shows = self.show | self._make_show(name="Autumn Expo")

        by_show = self.links._get_for("poster", shows)

        tokens = [by_show[show].token for show in shows]
        self.assertEqual(len(set(tokens)), 2)
        for token in tokens:
            self.assertRegex(token, r"^[\w-]{32}$")  # 24 bytes, 6 bits a character

    def test_asked_for_again_it_is_the_same_link(self):
        link = self._get_link()

        self.assertEqual(self._get_link(), link)
        self.assertTrue(link.url.endswith(f"/lead/show/{link.token}"))

    def test_another_show_or_kind_has_another_link(self):
        lead = self._make_lead()

        details = self.links._get_for("details", lead)[lead]

        self.assertEqual((details.lead_id, details.show_id.id), (lead, False))
        self.assertFalse(self.links._find(details.token, "poster"))
        self.assertEqual(self.links._find(details.token, "details"), details)

    def test_many_cost_as_much_as_one(self):
        leads = self.env["crm.lead"].union(
            *(self._make_lead(email_from=f"{number}@ample.example") for number in range(30))
        )
        self.links._get_for("details", leads[0])
        self.env.flush_all()
        self.env.invalidate_all()

        with self.assertQueryCount(8):
            self.links._get_for("details", leads[:3])
            self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            by_lead = self.links._get_for("details", leads)
            self.env.flush_all()

        self.assertEqual(list(by_lead), list(leads))

    def test_one_that_lasts_for_less_than_half_is_prolonged(self):
        link = self._get_link(days=10)
        now = fields.Datetime.now()
        self.assertEqual(link.expires_at, now + timedelta(days=10))

        with freeze_time(now + timedelta(days=5)):
            self.assertEqual(self._get_link(days=10).expires_at, now + timedelta(days=10))
        with freeze_time(now + timedelta(days=6)):
            self.assertEqual(self._get_link(days=10), link)
            self.assertEqual(link.expires_at, now + timedelta(days=16))

    def test_an_expired_one_is_found_no_more_and_a_new_one_is_made(self):
        link = self._get_link(days=10)
        end = link.expires_at

        with freeze_time(end - timedelta(seconds=1)):
            self.assertEqual(self.links._find(link.token, "poster"), link)
        with freeze_time(end):
            self.assertFalse(self.links._find(link.token, "poster"))
            self.assertNotEqual(self._get_link(days=10), link)

    def test_a_revoked_one_is_found_no_more_until_it_is_renewed(self):
        link = self._get_link()

        link.with_user(self.user_marketing).action_revoke()
        self.assertFalse(self.links._find(link.token, "poster"))
        self.assertEqual(link.state, "revoked")

        link.with_user(self.user_marketing).action_renew()
        self.assertEqual(self.links._find(link.token, "poster"), link)
        self.assertEqual(link.expires_at, fields.Datetime.now() + timedelta(days=365))

    def test_what_is_no_token_is_not_looked_up(self):
        for token in ("", "short", "x" * 32 + "\x00", "x" * 101, "é" * 32, "%" * 32):
            with self.subTest(token), self.assertQueryCount(0):
                self.assertFalse(self.links._find(token, "poster"))

    def test_a_rep_neither_revokes_nor_renews_nor_writes(self):
        link = self._get_link().with_user(self.user_rep)

        for refused in (
            link.action_revoke,
            link.action_renew,
            lambda: link.write({"token": "x" * 32}),
            link.unlink,
            lambda: link.create({"kind": "poster", "expires_at": NOW}),
        ):
            with self.assertRaises(AccessError):
                refused()
        self.assertEqual(link.state, "live")

    def test_not_even_a_manager_writes_a_token(self):
        with self.assertRaises(AccessError):
            self._get_link().with_user(self.user_marketing).write({"token": "x" * 32})

    def test_a_rep_sees_the_links_of_his_own_and_nobodys_leads_only(self):
        mine = self._make_lead(user_id=self.user_rep.id, email_from="mine@ample.example")
        free = self._make_lead(email_from="free@ample.example")
        his = self._make_lead(user_id=self.user_marketing.id, email_from="his@ample.example")
        self.links._get_for("details", mine | free | his)

        seen = self.links.with_user(self.user_rep).search([("kind", "=", "details")])
        self.assertEqual(seen.sudo().lead_id, mine | free)
        seen = self.links.with_user(self.user_marketing).search([("kind", "=", "details")])
        self.assertEqual(seen.sudo().lead_id, mine | free | his)

    def test_another_company_s_links_are_out_of_sight_and_not_revoked(self):
        company = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        link = self._get_link(show=self._make_show(company_id=company.id, cadence_id=False))
        self.assertEqual(link.company_id, company)

        seen = self.links.with_user(self.user_marketing)

        self.assertFalse(seen.search([("id", "=", link.id)]))
        with self.assertRaises(AccessError):
            link.with_user(self.user_marketing).action_revoke()
        self.assertEqual(link.state, "live")

    def test_attempts_are_counted_an_hour_kept_a_day_and_their_number_for_good(self):
        link = self._get_link()
        attempts = self.env["lead.public.attempt"]
        for is_used in (True, True, False):
            attempts._note(link, "192.0.2.7", is_used=is_used)
        self.assertEqual(link.used_count, 2)
        self.assertNotIn("192", "".join(link.attempt_ids.mapped("connection_hash")))

        with freeze_time(fields.Datetime.now() + timedelta(hours=25)):
            attempts._note(link, "192.0.2.7", is_used=True)
            attempts._sweep()

            self.assertEqual(len(link.attempt_ids), 1)
            self.assertEqual(link.used_count, 3)

    def test_the_caps_are_for_a_link_and_for_a_connection_within_the_hour(self):
        self.patch(type(self.links), "_get_caps", lambda self: {"poster": (3, 2)})
        attempts = self.env["lead.public.attempt"]
        link = self._get_link()
        other = self._get_link(show=self._make_show(name="Autumn Expo"))
        attempts._note(link, "2001:db8::1", is_used=True)
        attempts._note(other, "2001:db8::2", is_used=True)

        self.assertEqual(
            attempts._get_room(link, "2001:db8::3"), "held"
        )  # two from this connection
        self.assertEqual(attempts._get_room(link, "2001:db8:0:1::3"), "open")

        attempts._note(link, "192.0.2.7", is_used=True)
        attempts._note(link, "192.0.2.7", is_used=False)  # what is refused closes no link
        self.assertEqual(attempts._get_room(link, "192.0.2.8"), "open")
        attempts._note(link, "192.0.2.8", is_used=True)
        self.assertEqual(attempts._get_room(link, "192.0.2.9"), "held")  # three by this link
        self.assertEqual(attempts._get_room(other, "192.0.2.9"), "open")

        with freeze_time(fields.Datetime.now() + timedelta(hours=1)):
            self.assertEqual(attempts._get_room(link, "192.0.2.9"), "open")
