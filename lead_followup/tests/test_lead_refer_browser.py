from odoo.tests import HttpCase, tagged

from .public_common import PublicFormMixin

_FILL_IN = """
    const put = (name, value) => {
        const input = document.getElementById(name);
        input.focus();
        input.value = value;
    };
    const form = document.querySelector("form.lf-form");
    const button = form.querySelector("button[type=submit]");
    const answer = Object.assign(document.createElement("iframe"), { name: "answer" });
    document.body.append(answer);
    form.target = "answer";
    if (document.documentElement.scrollWidth > window.innerWidth) {
        throw new Error("The page is wider than the phone");
    }
    if (button.getBoundingClientRect().height < 44) {
        throw new Error("The button is too small for a thumb");
    }
    let sent = 0;
    form.addEventListener("submit", () => sent++);
    put("name_1", "Ben Bold");
    put("email_1", "ben@bold.example");
    button.click(); // nothing goes out until the friend agrees
    if (sent || form.checkValidity()) {
        throw new Error("It was sent though nobody has agreed");
    }
    form.querySelector("input[name=consent]").click();
    answer.addEventListener("load", () => {
        const text = answer.contentDocument.body.innerText;
        if (!text.includes("We will get in touch with care")) {
            throw new Error("No thanks: " + text);
        }
        if (text.includes("ben@bold.example")) {
            throw new Error("The friend is shown back");
        }
        console.log("test successful");
    });
    button.click();
"""


@tagged("post_install", "-at_install")
class TestLeadReferBrowser(PublicFormMixin, HttpCase):
    """A customer names a friend on his phone, in Chromium."""

    browser_size = "375x667"
    touch_enabled = True

    def test_friend_is_named_on_a_phone(self):
        customer = self.env["res.partner"].create(
            {"name": "Ann Ample", "email": "ann@ample.example"}
        )
        deal = self.env["crm.lead"].create(
            {"name": "Deal", "partner_id": customer.id, "type": "opportunity"}
        )
        deal.action_set_won()
        referral, _left_out = self.env["lead.referral"]._ask(customer, "call", self.env.company)
        path = referral.ask_url.removeprefix(referral.get_base_url())

        self.browser_js(path, _FILL_IN, "!!document.querySelector('form.lf-form')", login=None)
        self._receive_forms()

        lead = self.env["crm.lead"].search([("email_normalized", "=", "ben@bold.example")])
        self.assertEqual(lead.contact_name, "Ben Bold")
        self.assertEqual(lead.referral_id, referral)
