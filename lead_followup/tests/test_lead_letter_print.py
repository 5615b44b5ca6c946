import io
import re

from lxml import html

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools.pdf import PdfFileReader

from .common import LeadFollowupCase
from .letter_common import LetterMixin

_MM = 25.4 / 72  # of a point


def read_positions(pdf):
    """``[{line: (left, baseline)}]`` of each page, in mm from the paper's upper left corner."""
    return [_read_page(page) for page in PdfFileReader(io.BytesIO(pdf)).pages]


def _read_page(page):
    found, height, start = {}, float(page.mediabox.height), [0]

    def note(text, cm, tm, _font, _size):
        # PyPDF2 tells of a new line where it begins, and of its text where that ends
        if text == "\n":
            start[0] = tm[4]
        elif text:
            left = start[0] * cm[0] + cm[4]
            baseline = height - (tm[5] * cm[3] + cm[5])
            found.setdefault(" ".join(text.split()), (left * _MM, baseline * _MM))

    page.extract_text(visitor_text=note)
    return found


@tagged("post_install", "-at_install")
class TestLeadLetterPrint(LetterMixin, LeadFollowupCase):
    """What is on the paper."""

    def _make_in(self, language, **vals):
        self.env["res.lang"]._activate_lang(language)
        lang = self.env["res.lang"]._lang_get(language)
        return self._make_addressed(lang_id=lang.id, **vals)

    def _render_html(self, batch):
        report = batch._get_report()
        content = self.env["ir.actions.report"]._render_qweb_html(report.report_name, batch.ids)
        return html.fromstring(content[0].decode())

    def _get_texts(self, page, name):
        return [
            " ".join(node.text_content().split())
            for node in page.find_class(f"o_lead_letter_{name}")
        ]

    def test_each_letter_is_in_its_lead_s_language_and_calendar(self):
        english = self._make_addressed()
        german = self._make_in("de_DE", contact_name="Gerda Gut")
        persian = self._make_in("fa_IR", contact_name="Pari")

        page = self._render_html(self._make_batch(english | german | persian))

        self.assertEqual(
            self._get_texts(page, "date"), ["March 20, 2026", "20. März 2026", "۲۹ اسفند ۱۴۰۴"]
        )
        self.assertEqual(
            self._get_texts(page, "subject"), ["To Ann Ample", "To Gerda Gut", "To Pari"]
        )
        self.assertEqual(
            [letter.get("dir") for letter in page.find_class("o_lead_letter")],
            ["ltr", "ltr", "rtl"],
        )

    def test_a_letter_shows_sender_address_signature_and_code(self):
        lead = self._make_addressed()
        page = self._render_html(self._make_batch(lead))

        self.assertEqual(
            self._get_texts(page, "sender"), ["Seller Inc. · 9 Sender Rd · 12201 Albany"]
        )
        [address] = page.find_class("o_lead_letter_address")
        self.assertEqual(
            [" ".join(line.text_content().split()) for line in address],
            ["Ample Pumps", "Ann Ample", "1 Sample St", "Reno NV 89501"],
        )
        self.assertIn("Rosa", self._get_texts(page, "signature")[0])
        [code] = self._get_texts(page, "code")
        self.assertEqual(code, self._get_letter(lead).letter_code)
        self.assertIn(f"/l/{code}", self._get_texts(page, "answer")[0])
        [image] = page.find_class("o_lead_letter_answer")[0].iter("img")
        self.assertTrue(image.get("src").startswith("data:image/png;base64,"))

    def test_a_line_written_from_right_to_left_stands_so_in_the_window(self):
        lead = self._make_addressed(street="خیابان نمونه ۱۲", city="Tehran")
        [address] = self._render_html(self._make_batch(lead)).find_class("o_lead_letter_address")

        self.assertEqual([line.get("dir") for line in address][:3], ["ltr", "ltr", "rtl"])

    def test_the_company_chooses_window_and_paper(self):
        for window, place, paper in (
            ("left", (0, 42.7), "A4"),  # 25 - 25, 62.7 - 20
            ("right", (85, 35), "A4"),  # 110 - 25, 55 - 20
            ("us_10", (0, 42), "Letter"),  # 25 - 25, 62 - 20
        ):
            with self.subTest(window):
                self.company.lead_letter_window = window
                page = self._render_html(self._make_batch(self._make_addressed()))

                style = page.find_class("o_lead_letter_address")[0].get("style")
                left, top = re.search(r"left: ([\d.]+)mm; top: ([\d.]+)mm", style).groups()
                self.assertEqual((float(left), round(float(top), 1)), place)
                self.assertIn(f"size: {paper} portrait", page.xpath("string(//style)"))
                self.assertEqual(
                    len(page.find_class("o_lead_letter_sender")), int(window != "us_10")
                )

    def test_one_pdf_holds_all_letters_each_on_its_own_page_in_the_window(self):
        report = self.env["ir.actions.report"]
        if report.get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            self.skipTest("wkhtmltopdf is not here")
        one, two = self._make_addressed(), self._make_addressed(contact_name="Bea Best")
        long = self._make_addressed(contact_name="Cara Calm")
        self.template.body_html = "<p>" + "So many words. " * 20 + "</p>"
        self._make_batch(one)
        batch = self._make_batch(two | long)
        long.touch_ids.letter_body = "<p>" + "So many words. " * 400 + "</p>"

        pdf, kind = report.with_context(force_report_rendering=True)._render_qweb_pdf(
            batch._get_report().report_name, batch.ids
        )

        self.assertEqual(kind, "pdf")
        pages = read_positions(pdf)
        self.assertEqual(len(pages), 3)  # the long one goes on
        self.assertNotIn("Ample Pumps", pages[2])
        for page in pages[:2]:
            left, baseline = page["Ample Pumps"]
            # from 62.7; the baseline lies in the lower half of a line of 4.23
            self.assertAlmostEqual(left, 25, delta=1)
            self.assertTrue(62.7 + 2.1 < baseline < 62.7 + 4.3, baseline)
            _left, last = page["Reno NV 89501"]
            # three lines; wkhtmltopdf cuts each to whole pixels of 0.2
            self.assertAlmostEqual(last - baseline, 3 * 4.23, delta=3 * 0.2)


@tagged("post_install", "-at_install")
class TestLeadLetterBrowser(HttpCase):
    """The page to print where there is no wkhtmltopdf, and the way there, in Chromium."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.user_mara = new_test_user(
            cls.env, "letter_mara", groups="sales_team.group_sale_manager", name="Mara"
        )
        cls.env.company.lead_letter_window = "left"
        cls.env.company.country_id = cls.env.ref("base.us")
        cls.cadence = cls.env["lead.cadence"].create(
            {
                "name": "By post",
                "step_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Letter",
                            "channel": "letter",
                            "template_id": cls.env.ref(
                                "lead_followup.mail_template_show_letter"
                            ).id,
                        },
                    )
                ],
            }
        )
        cls.leads = cls.env["crm.lead"].create(
            [
                {
                    "name": name,
                    "contact_name": name,
                    "partner_name": "Ample Pumps",
                    "street": "1 Sample St",
                    "city": "Reno",
                    "zip": "89501",
                    "country_id": cls.env.ref("base.us").id,
                    "user_id": cls.user_mara.id,
                    "type": "lead",
                }
                for name in ("Ann Ample", "Bea Best")
            ]
        )
        cls.cadence._enroll(cls.leads)

    def test_the_address_shows_in_the_window_of_the_printed_page(self):
        action = self.leads.touch_ids.with_user(self.user_mara).action_make_letters()

        # from the sheet's upper left corner, in millimetres
        self.browser_js(
            f"/report/html/lead_followup.report_lead_letters_a4/{action['res_id']}",
            """
            const sheets = [...document.querySelectorAll(".o_lead_sheet")];
            const places = sheets.map((sheet) => {
                const paper = sheet.getBoundingClientRect();
                const box = sheet.querySelector(".o_lead_letter_address").getBoundingClientRect();
                return [box.left - paper.left, box.top - paper.top, box.width, paper.width].map(
                    (pixels) => Math.round(pixels / 96 * 254) / 10
                );
            });
            const found = JSON.stringify(places);
            if (found === "[[25,62.7,80,210],[25,62.7,80,210]]") {
                console.log("test successful");
            } else {
                console.error("Windows are at " + found);
            }
            """,
            ready="document.readyState === 'complete'",
            login="letter_mara",
        )

    def test_letters_are_made_printed_and_posted(self):
        self.start_tour("/odoo/crm", "lead_followup_letters", login="letter_mara")

        letters = self.leads.touch_ids
        self.assertEqual(letters.mapped("letter_state"), ["posted", "posted"])
        self.assertEqual(letters.letter_batch_id.state, "posted")
        self.assertTrue(all(self.leads.mapped("first_touch_at")))
