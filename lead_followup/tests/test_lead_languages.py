import json
import re
from html import unescape

from odoo.tests import HttpCase, tagged

from .common import LeadFollowupCase
from .public_common import PublicFormMixin

LANGUAGES = {
    # code: (direction, “No network. …”, “Nice to meet you”, “This link does not work”, “Hot”)
    "fa_IR": (
        "rtl",
        "شبکه در دسترس نیست.",
        "از آشنایی با شما خوشحالیم",
        "این پیوند کار نمی‌کند",
        "داغ",
    ),
    "ar_001": ("rtl", "لا توجد شبكة.", "تسرّنا معرفتكم", "هذا الرابط لا يعمل", "ساخن"),
    "tr_TR": ("ltr", "Ağ yok.", "Tanıştığımıza memnun olduk", "Bu bağlantı çalışmıyor", "Sıcak"),
}
_OFFLINE = "No network. Go on: what you save is kept on this phone and sent later."


@tagged("post_install", "-at_install")
class TestLeadLanguages(PublicFormMixin, LeadFollowupCase, HttpCase):
    """The booth and the public pages speak the languages that visitors and staff speak."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in LANGUAGES:
            cls.env["res.lang"]._activate_lang(code)
        addons = cls.env["ir.module.module"].search(
            [("name", "in", ("lead_scoring", "lead_followup"))]
        )
        addons._update_translations(list(LANGUAGES))
        cls.env.company.partner_id.lang = "en_US"
        cls.poster = cls.show._get_poster_link()

    def _read_boot(self, lang):
        """Return what the booth's page carries for a user of ``lang``, and the page."""
        self.user_rep.write({"lang": lang, "password": "rosa_followup"})
        self.authenticate("rosa_followup", "rosa_followup")
        page = self.url_open(f"/lead/booth/{self.show.id}").text
        [boot] = re.findall(r"var odoo = (\{.*?\});\s*\n", page)
        return json.loads(boot)["leadBooth"], page

    def test_booth_carries_its_texts_and_choices_in_the_users_language(self):
        for lang, (direction, offline, _hello, _refusal, hot) in LANGUAGES.items():
            with self.subTest(lang):
                boot, page = self._read_boot(lang)

                self.assertIn(f'dir="{direction}"', page)
                self.assertTrue(boot["texts"][_OFFLINE].startswith(offline))
                self.assertEqual(boot["setup"]["ratings"][0], {"code": "hot", "name": hot})
                self.assertNotIn("Budget", [one["name"] for one in boot["setup"]["qualifiers"]])

    def test_booth_of_an_english_user_is_english(self):
        boot, page = self._read_boot("en_US")

        self.assertIn('lang="en-US" dir="ltr"', page)
        self.assertNotIn(_OFFLINE, boot["texts"])  # the source stands as it is
        self.assertEqual(boot["setup"]["ratings"][0]["name"], "Hot")

    def test_a_visitor_reads_the_form_in_his_browsers_language(self):
        for lang, (direction, _offline, hello, _refusal, _hot) in LANGUAGES.items():
            with self.subTest(lang):
                page = self._open(self.poster, **{"Accept-Language": lang.replace("_", "-")}).text

                self.assertIn(hello, page)
                self.assertIn(f'dir="{direction}"', page)
                self.assertNotIn("Nice to meet you", page)

    def test_an_english_visitor_reads_english(self):
        page = self._open(self.poster, **{"Accept-Language": "en-GB,fa;q=0.5"}).text

        self.assertIn("Nice to meet you", page)
        self.assertIn('dir="ltr"', page)

    def test_whoever_asks_for_another_language_reads_the_companys(self):
        self.env.company.partner_id.lang = "tr_TR"

        page = self._open(self.poster, **{"Accept-Language": "ja"}).text

        self.assertIn(LANGUAGES["tr_TR"][2], page)
        self.assertIn('lang="tr-TR"', page)

    def test_refusals_speak_the_visitors_language(self):
        for lang, (direction, _offline, _hello, refusal, _hot) in LANGUAGES.items():
            with self.subTest(lang):
                headers = {"Accept-Language": lang.replace("_", "-")}
                page = self.url_open("/lead/show/nonsense", headers=headers).text

                self.assertIn(refusal, page)
                self.assertIn(f'dir="{direction}"', page)

    def test_what_is_to_be_mended_is_said_in_the_language_of_the_page(self):
        path = f"{self._get_path(self.poster)}?lang=fa_IR"
        hidden = self._read_hidden(self.url_open(path).text)

        response = self.url_open(path, data={**hidden, "name": "علی"})

        self.assertRefused(response, "لطفاً نشانی ایمیل یا شمارهٔ تلفنی بنویسید")
        self.assertIn('dir="rtl"', response.text)

    def test_a_personal_link_speaks_its_leads_language(self):
        lead = self._make_lead(lang_id=self.env["res.lang"]._lang_get("fa_IR").id)
        link = self.env["lead.public.link"]._get_for("details", lead)[lead]

        page = unescape(self._open(link, **{"Accept-Language": "en"}).text)

        self.assertIn("سلام", page)
        self.assertRegex(page, r'<input type="tel" id="phone" name="phone" dir="ltr"')

    def test_the_opt_out_speaks_its_leads_language_else_the_browsers(self):
        lead = self._make_lead(lang_id=self.env["res.lang"]._lang_get("fa_IR").id)
        path = lead._get_opt_out_url("ann@ample.example").removeprefix(lead.get_base_url())
        headers = {"Accept-Language": "tr"}

        self.assertIn("دیگر ایمیل نفرستیم؟", self.url_open(path, headers=headers).text)
        lead.lang_id = False
        self.assertIn("Artık e-posta istemiyor", self.url_open(path, headers=headers).text)

    def test_an_answer_of_the_booth_speaks_the_users_language(self):
        self.user_rep.lang = "fa_IR"

        [answer] = self.env(user=self.user_rep, context={"lang": "fa_IR"})["lead.booth"].capture(
            self.show.id, [{"key": "k1", "name": "Ali"}]
        )

        self.assertEqual(answer["verdict"], "rejected")
        self.assertIn("ایمیل یا تلفن", answer["reason"])

    def test_the_letter_with_the_link_reads_from_the_right(self):
        lead = self._make_lead(lang_id=self.env["res.lang"]._lang_get("fa_IR").id)
        template = self.env.ref("lead_followup.mail_template_details")

        body = template._render_field("body_html", lead.ids, compute_lang=True)[lead.id]

        self.assertIn("تکمیل اطلاعات من", body)
        self.assertIn('dir="rtl"', body)

    def test_the_poster_speaks_to_all(self):
        html = self.env["ir.actions.report"]._render_qweb_html(
            "lead_followup.report_show_poster", self.show.ids
        )[0]

        page = unescape(html.decode())
        for sentence in ("Scan the code", "کد را اسکن کنید", "امسحوا الرمز", "Kodu okutun"):
            self.assertIn(sentence, page)
        self.assertEqual(page.count('<p dir="rtl">'), 2)
