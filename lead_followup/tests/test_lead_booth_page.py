import json

from odoo.tests import HttpCase, new_test_user, tagged

RECORD = {"key": "k1", "name": "Anna Lind", "email": "anna@booth-page.example"}


@tagged("post_install", "-at_install")
class TestLeadBoothPage(HttpCase):
    """The booth's page and what it sends, as each user, by plain requests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_rep = new_test_user(
            cls.env, "booth_rep", "base.group_user,sales_team.group_sale_salesman", name="Rosa"
        )
        cls.user_clerk = new_test_user(cls.env, "booth_clerk", "base.group_user", name="Carl")
        cls.show = cls.env["lead.trade.show"].create(
            {"name": "Expo", "date_begin": "2026-03-17", "date_end": "2026-03-19", "tz": "UTC"}
        )
        cls.url = f"/lead/booth/{cls.show.id}"

    def _open(self, login):
        self.authenticate(login, login)
        return self.url_open(self.url, allow_redirects=False)

    def _send(self, route="capture", database=None, user=None, **params):
        params.setdefault("records", [RECORD])
        return self._post(route, database or self.env.cr.dbname, user or self.user_rep, params)

    def _post(self, route, database, user, params):
        params = {**params, "database": database, "user_id": user.id}
        return self.url_open(
            f"{self.url}/{route}",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        ).json()

    def _get_leads(self):
        return self.env["crm.lead"].search([("trade_show_id", "=", self.show.id)])

    def test_page_carries_its_setup_and_is_not_kept_by_the_browser(self):
        response = self._open("booth_rep")

        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertEqual(response.headers["X-Lead-Booth-User"], str(self.user_rep.id))
        self.assertIn('"name": "Rosa"', response.text)
        self.assertIn("lead_followup.assets_booth", response.text)

    def test_page_follows_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.user_rep.lang = "fa_IR"

        response = self._open("booth_rep")

        self.assertIn('<html lang="fa-IR" dir="rtl">', response.text)

    def test_a_name_cannot_break_out_of_the_script(self):
        self.show.name = "</script><script>alert(1)</script>"

        response = self._open("booth_rep")

        self.assertNotIn("<script>alert(1)", response.text)

    def test_who_has_no_sales_rights_gets_no_page_and_sends_nothing(self):
        response = self._open("booth_clerk")

        self.assertEqual(response.status_code, 303)
        self.assertNotIn("booth", response.headers["Location"])
        answer = self._send(user=self.user_clerk)
        self.assertEqual(answer["error"]["data"]["name"], "odoo.exceptions.AccessError")
        self.assertFalse(self._get_leads())

    def test_a_show_that_is_gone_leads_to_the_shows(self):
        self.show.unlink()

        response = self._open("booth_rep")

        self.assertEqual(response.status_code, 303)
        self.assertTrue(response.headers["Location"].endswith("/odoo/trade-shows"))

    def test_who_is_not_logged_in_is_asked_to(self):
        self.authenticate(None, None)

        response = self.url_open(self.url, allow_redirects=False)

        self.assertIn("/web/login", response.headers["Location"])
        self.assertEqual(self._send()["error"]["code"], 100)

    def test_captures_are_taken_from_their_own_user(self):
        self.authenticate("booth_rep", "booth_rep")

        [answer] = self._send()["result"]["answer"]

        self.assertEqual((answer["key"], answer["verdict"]), ("k1", "new"))
        self.assertEqual(self._get_leads().email_from, "anna@booth-page.example")

    def test_captures_of_another_user_or_database_are_not_taken(self):
        self.authenticate("booth_rep", "booth_rep")

        for values in ({"user": self.user_clerk}, {"database": "elsewhere"}):
            with self.subTest(values):
                self.assertEqual(self._send(**values)["result"], {"other_user": "Rosa"})

        self.assertFalse(self._get_leads())

    def test_another_user_is_not_told_who_is_known(self):
        self.env["crm.lead"].create({"name": "Pumps", "email_from": "anna@booth-page.example"})
        self.authenticate("booth_rep", "booth_rep")
        values = {"email": "anna@booth-page.example"}
        database = self.env.cr.dbname

        mine = self._post("known", database, self.user_rep, {"values": values})
        others = self._post("known", database, self.user_clerk, {"values": values})

        self.assertTrue(mine["result"]["answer"]["known"])
        self.assertEqual(others["result"], {"other_user": "Rosa"})

    def test_worker_may_answer_for_the_booth_only(self):
        response = self.url_open("/lead/booth/service-worker.js")

        self.assertEqual(response.headers["Service-Worker-Allowed"], "/lead/booth/")
        self.assertIn("javascript", response.headers["Content-Type"])

    def test_button_on_the_show_opens_its_booth(self):
        action = self.show.with_user(self.user_rep).action_open_booth()

        self.assertEqual((action["type"], action["url"]), ("ir.actions.act_url", self.url))
