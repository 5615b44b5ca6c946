import re

from lxml import html

from odoo.tests.common import HttpCase, new_test_user, tagged

from .common import LeadScoringCase

LIST = "/odoo/action-lead_scoring.crm_lead_action_offered"


@tagged("post_install", "-at_install")
class TestOfferLinks(HttpCase, LeadScoringCase):
    """The answers to an offer by the links in its e-mail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.reps + cls.manager:
            user.password = user.login
        cls.rule = cls.env["lead.assignment.rule"].create(
            {"name": "All", "method": "fixed", "member_ids": cls.user_ann.ids}
        )
        cls.reason = cls.env.ref("lead_scoring.lead_return_reason_not_now")

    def _offer(self, count=1):
        leads = self._make_qualified(count)
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        leads._offer_qualified()
        [mail] = self.env["mail.message"].search([("id", ">", last), ("partner_ids", "!=", False)])
        self.assertEqual(mail.partner_ids, self.user_ann.partner_id)
        return leads, self._get_links(mail)

    def _get_links(self, mail):
        """Give the paths of the mail's links, by what they say."""
        links = {}
        for link in html.fromstring(mail.body).xpath("//a"):
            path = re.sub(r"^https?://[^/]+", "", link.get("href"))
            links.setdefault(link.text_content(), []).append(path)
        return links

    def _log_in(self, user):
        self.authenticate(user.login, user.login)

    def _open(self, path, **kwargs):
        response = self.url_open(path, allow_redirects=False, **kwargs)
        self.env.invalidate_all()
        return response

    def _get_sentence(self, response):
        self.assertNotIn("Traceback", response.text)
        [alert] = html.fromstring(response.text).xpath("//*[@role='alert']")
        return alert.text_content().strip()

    def _return(self, path, reason_id, note=""):
        """Press a button of the page behind the link."""
        page = html.fromstring(self._open(path).text)
        fields = {field.get("name"): field.get("value") for field in page.xpath("//form//input")}
        return self._open(
            page.xpath("//form/@action")[0], data={**fields, "note": note, "reason_id": reason_id}
        )

    def test_one_click_accepts_and_shows_the_lead(self):
        lead, links = self._offer()
        self._log_in(self.user_ann)

        response = self._open(links["Accept"][0])

        self.assertEqual((lead.lifecycle, lead.type), ("sql", "opportunity"))
        self.assertEqual(lead.handover_ids.state, "accepted")
        self.assertEqual(response.status_code, 303)
        self.assertRegex(response.headers["Location"], rf"/odoo/.*/{lead.id}\b")

    def test_each_lead_of_a_mail_with_many_is_answered_by_its_own_links(self):
        leads, links = self._offer(3)
        self._log_in(self.user_ann)
        self.assertEqual([len(links[word]) for word in ("Accept", "Return…")], [3, 3])

        self._open(links["Accept"][1])
        self._return(links["Return…"][2], self.reason.id)

        self.assertEqual(leads.mapped("lifecycle"), ["mql", "sql", "nurture"])

    def test_mail_with_very_many_names_the_best_and_links_to_all(self):
        leads, links = self._offer(12)

        self.assertEqual(len(links["Accept"]), 10)
        self.assertEqual(links["And 2 more in your list."], [LIST])
        self.assertEqual(leads.mapped("user_id"), self.user_ann)

    def test_lead_is_returned_with_a_reason_and_a_note(self):
        lead, links = self._offer()
        self._log_in(self.user_ann)

        page = self._open(links["Return…"][0])
        self.assertEqual((page.status_code, lead.lifecycle), (200, "mql"))
        self.assertIn("Why do you return “Lead 0”?", page.text)
        response = self._return(links["Return…"][0], self.reason.id, note="Next\nyear ")

        self.assertEqual((lead.lifecycle, lead.user_id.id), ("nurture", False))
        offer = lead.handover_ids
        self.assertEqual((offer.state, offer.reason_id), ("returned", self.reason))
        self.assertEqual(offer.note, "Next year")
        self.assertEqual((response.status_code, response.headers["Location"]), (303, LIST))

    def test_reason_must_be_in_the_list(self):
        lead, links = self._offer()
        self._log_in(self.user_ann)
        self.reason.active = False

        for reason_id in (self.reason.id, "0", "x", ""):
            with self.subTest(reason_id=reason_id):
                response = self._return(links["Return…"][0], reason_id)
                self.assertIn("is not in the list any more", self._get_sentence(response))
        self.assertEqual(lead.handover_ids.state, "offered")

    def test_return_without_the_pages_own_token_is_refused(self):
        lead, links = self._offer()
        self._log_in(self.user_ann)
        token = re.search("token=(.*)", links["Return…"][0])[1]
        data = {"res_id": lead.handover_ids.id, "token": token, "reason_id": self.reason.id}

        with self.assertLogs("odoo.http", "WARNING"):
            response = self._open("/lead/offer/return", data=data)

        self.assertEqual((response.status_code, lead.handover_ids.state), (400, "offered"))

    def test_token_is_of_one_offer_and_one_answer(self):
        leads, links = self._offer(2)
        self._log_in(self.user_ann)
        accept, other = links["Accept"]
        for path in (
            accept.split("&")[0] + "&" + other.split("&")[1],
            accept.replace("accept", "return"),
            links["Return…"][0].replace("return", "accept"),
            accept[:-1],
            accept.split("&")[0],
            "/lead/offer/accept",
            "/lead/offer/accept?res_id=x&token=é",
        ):
            with self.subTest(path=path):
                response = self._open(path)
                self.assertEqual(response.status_code, 403)
                self.assertIn("This link is not complete", self._get_sentence(response))
        self.assertEqual(leads.handover_ids.mapped("state"), ["offered"] * 2)

    def test_offer_is_answered_by_who_got_the_mail_alone(self):
        lead, links = self._offer()
        for user in self.user_ben + self.manager:
            self._log_in(user)
            for word in ("Accept", "Return…"):
                with self.subTest(user=user.name, word=word):
                    sentence = self._get_sentence(self._open(links[word][0]))
                    self.assertIn("was made to another salesperson", sentence)
        self.assertEqual(lead.handover_ids.state, "offered")

    def test_who_has_lost_his_rights_is_refused(self):
        lead, links = self._offer()
        for group in ("base.group_user", "base.group_portal"):
            self.user_ann.write({"group_ids": [(6, 0, self.env.ref(group).ids)]})
            self._log_in(self.user_ann)
            with self.subTest(group=group):
                sentence = self._get_sentence(self._open(links["Accept"][0]))
                self.assertIn("You have no rights on leads", sentence)
        self.assertEqual(lead.handover_ids.state, "offered")

    def test_second_click_is_told(self):
        lead, links = self._offer()
        self._log_in(self.user_ann)
        self._open(links["Accept"][0])

        for word in ("Accept", "Return…"):
            with self.subTest(word=word):
                sentence = self._get_sentence(self._open(links[word][0]))
                self.assertEqual(
                    sentence,
                    "The offer of “Lead 0” to Ann has been answered already: accepted.",
                )
        self.assertEqual(len(lead.handover_ids), 1)

    def test_expired_offer_is_told_though_the_lead_is_offered_to_another(self):
        lead, links = self._offer()
        lead.handover_ids.write({"state": "expired"})
        lead._free_owner()
        self.rule.member_ids = self.user_ben
        lead._offer_qualified()
        self._log_in(self.user_ann)

        sentence = self._get_sentence(self._open(links["Accept"][0]))

        self.assertEqual(
            sentence, "The offer of “Lead 0” to Ann has been answered already: expired."
        )
        self.assertEqual(lead.user_id, self.user_ben)

    def test_archived_and_deleted_leads_are_told(self):
        (archived, deleted), links = self._offer(2)
        archived.active = False
        deleted.unlink()
        self._log_in(self.user_ann)

        for word in ("Accept", "Return…"):
            with self.subTest(word=word):
                first, second = (self._get_sentence(self._open(path)) for path in links[word])
                self.assertIn("“Lead 0” is archived, so nothing was answered", first)
                self.assertIn("its lead was deleted or merged", second)

    def test_who_is_not_logged_in_logs_in_and_then_has_answered(self):
        lead, links = self._offer()
        response = self._open(links["Accept"][0])
        self.assertEqual(lead.handover_ids.state, "offered")
        self.assertIn("/web/login", response.headers["Location"])

        login = html.fromstring(self._open(response.headers["Location"]).text)
        fields = {field.get("name"): field.get("value") for field in login.xpath("//form//input")}
        data = {**fields, "login": self.user_ann.login, "password": self.user_ann.login}
        response = self._open("/web/login", data=data)
        self._open(re.sub(r"^https?://[^/]+", "", response.headers["Location"]))

        self.assertEqual((lead.lifecycle, lead.user_id), ("sql", self.user_ann))

    def test_page_is_in_the_readers_language_and_direction(self):
        self.env["res.lang"]._activate_lang("ar_001")
        self.user_ann.lang = "ar_001"
        _lead, links = self._offer()
        self._log_in(self.user_ann)
        [path] = next(paths for paths in links.values() if "/return?" in paths[0])

        page = html.fromstring(self._open(path).text)

        self.assertEqual((page.get("lang"), page.get("dir")), ("ar-001", "rtl"))

    def test_user_is_a_salesperson_of_no_more_than_his_own(self):
        clerk = new_test_user(self.env, "sc_clerk", groups="base.group_user", password="sc_clerk")
        lead, links = self._offer()
        self._log_in(clerk)

        self._open(links["Accept"][0])

        self.assertEqual(lead.handover_ids.state, "offered")
