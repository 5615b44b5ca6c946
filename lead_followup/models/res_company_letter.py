from odoo import api, fields, models

# Where envelopes with their window on the right are the usual ones, and where paper is US Letter.
_RIGHT_WINDOW_COUNTRIES = ("CH", "ES", "FR", "IT", "PT")
_US_PAPER_COUNTRIES = ("CA", "MX", "PH", "US")


class ResCompany(models.Model):
    """How this company posts letters: its envelopes, and how long the post takes."""

    _inherit = "res.company"

    lead_letter_window = fields.Selection(
        [
            ("left", "A4, window on the left (DIN, ISO)"),
            ("right", "A4, window on the right"),
            ("us_10", "US Letter, #10 envelope"),
        ],
        "Envelopes",
        compute="_compute_lead_letter_window",
        store=True,
        precompute=True,
        readonly=False,
        help="Letters are laid out so that their address shows in the window.",
    )
    lead_letter_days_domestic = fields.Integer(
        "Working Days by Post",
        default=2,
        help="A cadence waits from when a letter has probably arrived.",
    )
    lead_letter_days_abroad = fields.Integer("Working Days by Post, Abroad", default=7)

    _lead_letter_days_not_negative = models.Constraint(
        "CHECK(lead_letter_days_domestic >= 0 AND lead_letter_days_abroad >= 0)",
        "The post takes zero working days or more.",
    )

    @api.depends("country_id")
    def _compute_lead_letter_window(self):
        """Suggest what is usual in the country, once; a choice is kept."""
        for company in self:
            code = company.country_id.code
            usual = "left"
            if code in _US_PAPER_COUNTRIES:
                usual = "us_10"
            elif code in _RIGHT_WINDOW_COUNTRIES:
                usual = "right"
            company.lead_letter_window = company.lead_letter_window or usual

    def _is_lead_letter_domestic(self, country):
        """Tell whether a letter to ``country`` stays inside; where none is known, it does."""
        self.ensure_one()
        return not country or not self.country_id or country == self.country_id
