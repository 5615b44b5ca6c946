from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import LeadFollowupCase
from .public_common import PublicFormMixin

# Works inside a frame, for sending a form in leaves the page and with it the script that did so.
_SCRIPT = """
    const fail = (text) => console.error(text);
    const frame = document.createElement("iframe");
    const load = (url) => new Promise((resolve) => {
        frame.addEventListener("load", () => resolve(frame.contentDocument), { once: true });
        if (url) frame.src = url;
    });
    frame.style = "position: fixed; inset: 0; width: 375px; height: 667px; background: white;";
    document.body.append(frame);
    const page = await load("%(path)s");
    const root = page.documentElement;
    if (root.dir !== "%(direction)s") fail("wrong direction: " + root.dir);
    if (root.scrollWidth > 375) fail("wider than a phone: " + root.scrollWidth);
    const find = (selector) => page.querySelector(selector) || fail("missing: " + selector);
    for (const one of page.querySelectorAll("input:not([type=hidden]):not([tabindex]), button")) {
        const target = one.closest("label") || one;
        if (target.getBoundingClientRect().height < 44) fail("too small for a thumb: " + one.name);
    }
    for (const [selector, text] of Object.entries(%(texts)s)) find(selector).value = text;
    for (const selector of %(clicks)s) find(selector).click();
    const answer = load();
    find("button[type=submit]").click();
    const thanks = await answer;
    if (!thanks.querySelector(".lf-done")) fail("no thanks: " + thanks.body.innerText);
    if (thanks.documentElement.dir !== "%(direction)s") fail("another language now");
    console.log("test successful");
"""


@tagged("post_install", "-at_install")
class TestLeadPublicBrowser(PublicFormMixin, LeadFollowupCase, HttpCase):
    """The public forms in a browser of the size of a phone."""

    browser_size = "375x667"
    touch_enabled = True

    def setUp(self):
        super().setUp()
        self.interest = self.env["lead.interest"].create({"name": "Gear pumps"})

    def _fill_in(self, link, texts, clicks, lang="en_US", direction="ltr"):
        script = _SCRIPT % {
            "path": f"{self._get_path(link)}?lang={lang}",
            "direction": direction,
            "texts": texts,
            "clicks": clicks,
        }
        # any page of the same server around the frame
        self.browser_js("/robots.txt", f"(async () => {{{script}}})()")
        self._receive_forms()

    def test_a_visitor_fills_in_the_page_behind_the_poster(self):
        self._fill_in(
            self.show._get_poster_link(),
            {
                "#name": "Vera Visitor",
                "#company": "Visitor Pumps",
                "#email": "vera@visitor.example",
                "#note": "Ten pumps",
            },
            [
                f"input[name=interest][value='{self.interest.id}']",
                "input[name=q_timeframe][value='0_3m']",
                "input[name=consent]",
            ],
        )

        lead = self.env["crm.lead"].search([("email_normalized", "=", "vera@visitor.example")])
        self.assertEqual((lead.contact_name, lead.trade_show_id), ("Vera Visitor", self.show))
        self.assertEqual(lead.interest_ids, self.interest)
        self.assertEqual(lead.qualification_ids.mapped("answer_id.code")[-1], "0_3m")
        self.assertEqual(lead.email_consent, "yes")

    def test_a_lead_completes_its_details_from_right_to_left(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        lead = self._make_lead(user_id=self.user_rep.id)
        link = self.env["lead.public.link"]._get_for("details", lead)[lead]
        day = fields.Date.today().isoformat()  # of the frozen clock
        self._fill_in(
            link,
            {"#phone": "+1 212 555 0199", "#tz": "UTC", "input[name=call_day]": day},
            ["input[name=call_part][value=evening]", "input[name=q_budget][value=gt250k]"],
            lang="fa_IR",
            direction="rtl",
        )

        self.assertEqual(lead.phone_sanitized, "+12125550199")
        self.assertEqual(lead.qualification_ids.answer_id.code, "gt250k")
        moment = fields.Datetime.to_string(lead.touch_ids.planned_at)
        self.assertEqual(moment, f"{day} 17:00:00")
