import base64

from odoo import api, fields, models
from odoo.tools.image import image_data_uri

from odoo.addons.base.models.ir_actions_report import _wkhtml

from ..tools import letters
from .untracked import UNTRACKED

_DAYS_AFTER_SHOW = 60  # for how long a poster that somebody has photographed works
_POSTER_LANGUAGES = ("en", "fa", "ar", "tr")
_FOR_REPS = ("authority",)  # codes of what is asked in person rather than on a page
_QR_DOTS = 1000


class LeadTradeShow(models.Model):
    """The poster at the booth: who scans it writes himself down.

    What a visitor fills in goes the way of a file's row, at the door “poster”: judged, matched,
    with his visit, his answers and his score, in the show's cadence, with nobody who met him.
    """

    _inherit = "lead.trade.show"

    poster_qualifier_ids = fields.Many2many(
        "lead.qualifier",
        "lead_trade_show_poster_qualifier_rel",
        string="Questions on the Poster's Page",
        default=lambda self: self._default_poster_qualifier_ids(),
        help="What visitors are asked who fill in the page behind the poster themselves. They may "
        "leave each open. Take out what only a salesperson should ask. Left empty, all but that is "
        "asked.",
    )
    is_poster_without_questions = fields.Boolean(
        "No Questions on the Poster's Page", help="Visitors only say who they are."
    )

    @api.model
    def _default_poster_qualifier_ids(self):
        company = self.env.company
        qualifiers = self.env["lead.qualifier"].search(
            [("company_id", "in", [company.id, False]), ("code", "not in", _FOR_REPS)]
        )
        return qualifiers._filter_asked_by(company)

    def action_print_poster(self):
        """Print the poster as PDF, or as a page to print where no PDF can be made."""
        self.ensure_one()
        self.check_access("read")
        self._get_poster_link()
        report = self.env.ref("lead_followup.action_report_show_poster")
        if self._can_make_poster_pdf():
            return report.report_action(self, config=False)
        return {
            "type": "ir.actions.act_url",
            "url": f"/report/html/{report.sudo().report_name}/{self.id}",  # sudo: as with letters
            "target": "new",
        }

    def _get_poster_link(self):
        """Return the link behind this show's poster, which works until some time after it."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        days = max((self.date_end - today).days, 0) + _DAYS_AFTER_SHOW
        return self.env["lead.public.link"]._get_for("poster", self, days)[self]

    def _get_poster_qr(self):
        """Return the code of the poster's link as a picture for a page that reaches no server."""
        link = self._get_poster_link()
        picture = self.env["ir.actions.report"].barcode(
            "QR", link.url, width=_QR_DOTS, height=_QR_DOTS, barLevel="Q"
        )
        return image_data_uri(base64.b64encode(picture))

    def _get_poster_languages(self):
        """Return the active ones of the languages that a poster speaks, one of each tongue."""
        active = self.env["res.lang"].search([("active", "=", True)])
        found = {}
        for tongue in _POSTER_LANGUAGES:
            for lang in active:
                if lang.code.partition("_")[0] == tongue:
                    found.setdefault(tongue, lang)
        return active.browse().union(*found.values()) or active[:1]

    def _get_poster_logo(self):
        company = self.sudo().company_id  # sudo: a company's logo is public
        return not company.uses_default_logo and company.logo and image_data_uri(company.logo)

    def _can_make_poster_pdf(self):
        """Tell whether wkhtmltopdf is here and draws the languages of the poster as they are."""
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            return False
        is_turned = "rtl" in self._get_poster_languages().mapped("direction")
        is_turned = is_turned or letters.has_right_to_left(self.name)
        return _wkhtml().is_patched_qt or not is_turned

    def _get_poster_questions(self):
        """Return the questions of the poster's page, as the form shows them."""
        self.ensure_one()
        return self._get_poster_qualifiers(self.company_id)._prepare_questions()

    def _get_poster_qualifiers(self, company):
        """Return what visitors of this show, or of none, answer themselves in ``company``."""
        qualifiers = self.env["lead.qualifier"]
        if self.is_poster_without_questions:
            return qualifiers
        usual = self.with_company(company)._default_poster_qualifier_ids
        chosen = self.poster_qualifier_ids or usual()  # empty as well on shows from before it was
        return qualifiers._find_asked_by(company, chosen.mapped("code"))

    def _may_be_visitor(self, values):
        """Tell whether what a visitor filled in is enough for a lead; nobody is looked up."""
        self.ensure_one()
        judge = self.env["lead.import"].new({"trade_show_id": self.id})._get_capture_judge([values])
        return not judge(1, values).reason

    def _receive_visitor(self, key, values, lang=None):
        """Take down what a visitor filled in; the same ``key`` again is the same visitor.

        :param values: words of ``lead.import._capture``.
        :param lang: code of the language in which he read the page.
        """
        self.ensure_one()
        [result] = self.env["lead.import"]._capture(
            [{**values, "key": key}], door="poster", show=self
        )
        # sudo: the program's own lead, as ``_capture`` writes it
        lead = self.env["crm.lead"].sudo().browse(result["lead_id"] or [])
        if lead and lang and not lead.lang_id:
            known = self.env["res.lang"]._get_data(code=lang)
            lead.with_context(**UNTRACKED).lang_id = known.id
