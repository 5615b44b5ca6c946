from odoo.tests import HttpCase, tagged

from .common import LeadFollowupCase

# Odoo's own reader of codes, as the booth uses it; it knows nothing of what drew the code.
_READ = """void (async () => {
    const script = document.createElement("script");
    script.src = "/web/static/lib/zxing-library/zxing-library.js";
    await new Promise((resolve) => {
        script.addEventListener("load", resolve);
        document.head.append(script);
    });
    const code = document.querySelector(".o_lead_poster_code");
    const paper = Object.assign(document.createElement("canvas"), { width: 600, height: 600 });
    const pen = paper.getContext("2d");
    pen.fillStyle = "white";
    pen.fillRect(0, 0, 600, 600);
    pen.drawImage(code, 60, 60, 480, 480);
    const picture = Object.assign(new Image(), { src: paper.toDataURL() });
    await picture.decode();
    const found = await new window.ZXing.BrowserQRCodeReader().decodeFromImageElement(picture);
    if (found.getText() !== "%s") {
        throw new Error("The code says " + found.getText());
    }
    console.log("test successful");
})().catch((error) => console.error(error.message || String(error)))"""


@tagged("post_install", "-at_install")
class TestLeadPosterCode(LeadFollowupCase, HttpCase):
    """A phone that reads the printed poster gets to the form of its show."""

    def test_the_code_on_the_poster_is_the_link_of_its_show(self):
        other = self._make_show(name="Autumn Pump Expo")
        self.assertNotEqual(other._get_poster_link().url, self.show._get_poster_link().url)

        self.browser_js(
            f"/report/html/lead_followup.report_show_poster/{self.show.id}",
            _READ % self.show._get_poster_link().url,
            "!!document.querySelector('.o_lead_poster_code')?.complete",
            login="admin",
        )
