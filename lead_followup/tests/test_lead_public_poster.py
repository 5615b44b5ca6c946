from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import LeadFollowupCase
from .public_common import PublicFormMixin

# what a visitor fills in; the show closed 11 hours before NOW
VISITOR = {
    "name": "Vera Visitor",
    "company": "Visitor Pumps",
    "job_title": "Buyer",
    "email": "vera@visitor.example",
    "phone": "+1 212 555 0187",
    "q_timeframe": "0_3m",
    "q_budget": "10k_50k",
    "note": "Needs ten pumps",
    "consent": "1",
}


@tagged("post_install", "-at_install")
class TestLeadPublicPoster(PublicFormMixin, LeadFollowupCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.link = self.show._get_poster_link()
        self.interest = self.env["lead.interest"].create({"name": "Gear pumps"})

    def _find_leads(self, email="vera@visitor.example"):
        leads = self.env["crm.lead"].with_context(active_test=False)
        return leads.search([("email_normalized", "=", email)])

    def assertNothingCame(self):
        self.assertFalse(self._find_leads())
        self.assertFalse(self.env["lead.import"].search([("trade_show_id", "=", self.show.id)]))

    def test_a_visitor_is_a_lead_of_the_show(self):
        response = self._send(self.link, {**VISITOR, "interest": str(self.interest.id)})

        self.assertEqual(response.status_code, 200)
        self.assertIn("Thank you", response.text)
        lead = self._find_leads()
        self.assertEqual(
            (lead.contact_name, lead.partner_name, lead.function, lead.phone_sanitized),
            ("Vera Visitor", "Visitor Pumps", "Buyer", "+12125550187"),
        )
        self.assertEqual(lead.campaign_id, self.show.campaign_id)
        self.assertEqual((lead.trade_show_id, lead.captured_by), (self.show, False))
        self.assertEqual(lead.visit_ids.note, "Needs ten pumps")
        self.assertEqual(lead.interest_ids, self.interest)
        self.assertEqual(lead.email_consent, "yes")
        self.assertEqual(lead.lang_id.code, "en_US")
        answers = {
            given.qualifier_id.code: given.answer_id.code for given in lead.qualification_ids
        }
        self.assertEqual(answers["timeframe"], "0_3m")
        self.assertEqual(answers["budget"], "10k_50k")
        self.assertFalse(lead.user_id)
        self.assertEqual(self.link.used_count, 1)

    def test_reloading_the_thank_you_page_makes_one_lead(self):
        hidden = self._read_hidden(self._open(self.link).text)

        pages = [self._send(self.link, VISITOR, hidden).text for _time in range(2)]

        self.assertIn("Thank you", pages[1])
        self.assertEqual(len(self._find_leads()), 1)
        self.assertEqual(len(self._find_leads().visit_ids), 1)
        job = self.env["lead.import"].search([("trade_show_id", "=", self.show.id)])
        self.assertEqual(len(job.row_ids), 1)

    def test_who_left_the_tick_open_was_asked_and_has_not_agreed(self):
        self._send(self.link, {**VISITOR, "consent": ""})

        self.assertEqual(self._find_leads().email_consent, "no")

    def test_the_page_does_not_tick_for_anybody_and_asks_what_the_show_says(self):
        self.show.poster_qualifier_ids = self.env.ref("lead_scoring.lead_qualifier_timeframe")

        page = self._open(self.link).text

        self.assertIn('name="q_timeframe"', page)
        self.assertNotIn('name="q_budget"', page)
        self.assertNotIn("checked", page.split("</style>")[1])
        response = self._send(self.link, {**VISITOR, "q_budget": "gt250k"})
        self.assertEqual(response.status_code, 200)
        self.assertEqual(
            self._find_leads().qualification_ids.qualifier_id.mapped("code"), ["timeframe"]
        )

    def test_what_only_reps_ask_is_not_on_a_new_show_s_poster(self):
        codes = set(self.show.poster_qualifier_ids.mapped("code"))

        self.assertLessEqual({"budget", "timeframe", "need"}, codes)
        self.assertNotIn("authority", codes)

    def test_the_company_s_own_question_stands_for_the_common_one(self):
        own = self.env["lead.qualifier"].create(
            {
                "name": "When",
                "question": "When do you start?",
                "code": "timeframe",
                "company_id": self.show.company_id.id,
                "answer_ids": [(0, 0, {"name": "Now", "code": "now", "points": 15})],
            }
        )

        self.assertIn("When do you start?", self._open(self.link).text)
        self.assertRefused(self._send(self.link, VISITOR), "not among those to choose from")
        self._send(self.link, {**VISITOR, "q_timeframe": "now"})

        given = self._find_leads().qualification_ids
        self.assertIn(own.answer_ids, given.answer_id)

    def test_a_known_visitor_sees_the_very_same_page(self):
        lead = self._make_lead(email_from="vera@visitor.example", contact_name="Vera Visitor")
        known = self._send(self.link, VISITOR)
        stranger = self._send(self.link, {**VISITOR, "email": "sam@else.example", "name": "Sam"})

        self.assertEqual(known.status_code, stranger.status_code)
        frames = [page.text.split("<body")[1] for page in (known, stranger)]
        self.assertEqual(*frames)
        self.assertEqual(self._find_leads(), lead)
        self.assertEqual(lead.visit_ids.trade_show_id, self.show)

    def test_what_is_missing_is_said_and_what_was_typed_stays(self):
        for data, words in (
            ({"name": " "}, "your name"),
            ({"email": "", "phone": ""}, "an e-mail address or a phone number"),
            ({"email": "vera@"}, "is not complete"),
        ):
            with self.subTest(words):
                response = self._send(self.link, {**VISITOR, **data})
                self.assertRefused(response, words)
                self.assertIn('value="Visitor Pumps"', response.text)
                self.assertIn("Needs ten pumps</textarea>", response.text)
        self.assertNothingCame()

    def test_a_phone_number_is_enough(self):
        response = self._send(self.link, {**VISITOR, "email": ""})

        self.assertEqual(response.status_code, 200)
        lead = self.env["crm.lead"].search([("phone_sanitized", "=", "+12125550187")])
        self.assertEqual(lead.contact_name, "Vera Visitor")

    def test_a_row_that_is_no_lead_is_refused_in_words(self):
        response = self._send(self.link, {**VISITOR, "company": "", "email": "", "phone": "none"})

        self.assertRefused(response, "could not be saved")
        self.assertFalse(self.env["crm.lead"].search([("contact_name", "=", "Vera Visitor")]))

    def test_the_page_speaks_the_browser_s_language_or_the_one_that_was_chosen(self):
        self.env["res.lang"]._activate_lang("fa_IR")

        page = self._open(self.link, **{"Accept-Language": "fa,en;q=0.5"}).text
        self.assertIn('dir="rtl"', page)
        self.assertIn("?lang=en_US", page)

        path = f"{self._get_path(self.link)}?lang=fa_IR"
        page = self.url_open(path, headers={"Accept-Language": "en"}).text
        self.assertIn('lang="fa-IR"', page)
        hidden = self._read_hidden(page)
        self.url_open(path, data={**hidden, **VISITOR}, headers={"Accept-Language": "en"})
        self._receive_forms()
        self.assertEqual(self._find_leads().lang_id.code, "fa_IR")

    def test_the_link_outlives_the_show_by_two_months(self):
        # the show ended the day before: 60 days from now
        self.assertEqual(self.link.expires_at, fields.Datetime.now() + timedelta(days=60))
        with freeze_time("2026-01-01 12:00:00"):
            show = self._make_show()  # until 19 March: 77 days and 60
            expected = fields.Datetime.now() + timedelta(days=137)
            self.assertEqual(show._get_poster_link().expires_at, expected)

    def test_an_archived_show_s_poster_works_no_more(self):
        self.show.active = False

        self.assertEqual(self._open(self.link).status_code, 404)

    def test_the_poster_shows_the_link_in_all_its_languages(self):
        for code in ("fa_IR", "tr_TR", "de_DE"):
            self.env["res.lang"]._activate_lang(code)
        languages = self.show._get_poster_languages().mapped("code")
        self.assertEqual(set(languages), {"en_US", "fa_IR", "tr_TR"})

        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("lead_followup.report_show_poster", self.show.ids)[0]
            .decode()
        )

        self.assertIn("Spring Pump Expo", html)
        self.assertEqual(html.count("Scan the code"), 3)  # no translation is loaded
        self.assertEqual(html.count('dir="rtl"'), 1)
        self.assertIn("data:image/png;base64,", html)
        self.assertEqual(self.env["lead.public.link"].search([]), self.link)

    def test_a_rep_prints_the_poster(self):
        action = self.show.with_user(self.user_rep).action_print_poster()

        self.assertIn(action["type"], ("ir.actions.report", "ir.actions.act_url"))
