from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class ResCompany(models.Model):
    """A company's own bounds, thresholds and habits of qualification."""

    _inherit = "res.company"

    lead_scoring_enabled = fields.Boolean(
        "Qualify Leads by Score",
        default=True,
        help="Leads that reach the threshold become qualified by themselves.",
    )
    lead_offer_enabled = fields.Boolean("Offer Qualified Leads", default=True)
    lead_offer_start_at = fields.Datetime(
        help="Leads from before this moment are not offered until a person confirms it."
    )
    lead_fit_max = fields.Integer("Most Points of Fit", default=60)
    lead_engagement_max = fields.Integer("Most Points of Engagement", default=40)
    lead_hot_threshold = fields.Integer("Hot From", default=70)
    lead_warm_threshold = fields.Integer("Warm From", default=40)
    lead_mql_threshold = fields.Integer("Qualified From", default=40)
    lead_half_life_days = fields.Float("Half-life in Days", default=30)
    lead_offer_remind_hours = fields.Integer("Remind of an Offer After", default=24)
    lead_offer_expire_hours = fields.Integer("Offer to the Next After", default=48)
    lead_marketing_user_id = fields.Many2one(
        "res.users", string="Owner of Nurtured Leads", domain="[('share', '=', False)]"
    )

    @api.constrains(
        "lead_fit_max",
        "lead_engagement_max",
        "lead_hot_threshold",
        "lead_warm_threshold",
        "lead_mql_threshold",
        "lead_half_life_days",
    )
    def _check_lead_scoring(self):
        for company in self:
            if company.lead_fit_max < 0 or company.lead_engagement_max < 0:
                raise ValidationError(
                    self.env._("The most points of fit and of engagement are zero or more.")
                )
            if not 0 < company.lead_warm_threshold < company.lead_hot_threshold:
                raise ValidationError(
                    self.env._(
                        "“Warm from” (%(warm)s) lies above 0 and below “Hot from” (%(hot)s).",
                        warm=company.lead_warm_threshold,
                        hot=company.lead_hot_threshold,
                    )
                )
            most = company.lead_fit_max + company.lead_engagement_max
            highest = max(company.lead_hot_threshold, company.lead_mql_threshold)
            if company.lead_mql_threshold <= 0 or highest > most:
                raise ValidationError(
                    self.env._(
                        "No lead can reach a threshold above %(most)s, the most points of fit and "
                        "engagement together, and every lead reaches one of 0: choose one between.",
                        most=most,
                    )
                )
            if company.lead_half_life_days <= 0:
                raise ValidationError(self.env._("The half-life is a number of days above zero."))

    @api.constrains("lead_offer_remind_hours", "lead_offer_expire_hours")
    def _check_lead_offer_hours(self):
        for company in self:
            if not 0 < company.lead_offer_remind_hours <= company.lead_offer_expire_hours:
                raise ValidationError(
                    self.env._("An offer is reminded of before it goes to the next.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        self.env.registry.clear_cache()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if any(name in vals for name in self._get_scoring_settings()):
            for company in self:
                self.env["lead.score"]._mark_stale(SQL("TRUE"), company)
        return result

    @api.model
    @tools.ormcache()
    def _get_first_company_id(self):
        """Give the id of the company whose settings hold for leads without one."""
        companies = self.sudo().with_context(active_test=False)  # whoever asks, as the scorer does
        return companies.search([], order="id", limit=1).id

    @api.model
    @tools.ormcache()
    def _are_several(self):
        """Say whether a lead may change company at all."""
        companies = self.sudo()  # whoever asks
        return companies.search_count([("active", "in", [True, False])], limit=2) > 1

    @api.model
    def _get_scoring_settings(self):
        return (
            "lead_scoring_enabled",
            "lead_offer_start_at",
            "lead_fit_max",
            "lead_engagement_max",
            "lead_hot_threshold",
            "lead_warm_threshold",
            "lead_mql_threshold",
            "lead_half_life_days",
        )
