from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    """The company's qualification settings, written in one go: they are checked together."""

    _inherit = "res.config.settings"

    lead_scoring_enabled = fields.Boolean("Qualify Leads by Score")
    lead_offer_enabled = fields.Boolean("Offer Qualified Leads")
    lead_offer_start_at = fields.Datetime(related="company_id.lead_offer_start_at")
    lead_fit_max = fields.Integer()
    lead_engagement_max = fields.Integer()
    lead_hot_threshold = fields.Integer()
    lead_warm_threshold = fields.Integer()
    lead_mql_threshold = fields.Integer()
    lead_half_life_days = fields.Float()
    lead_offer_remind_hours = fields.Integer()
    lead_offer_expire_hours = fields.Integer()
    lead_marketing_user_id = fields.Many2one("res.users", domain="[('share', '=', False)]")

    @api.model
    def get_values(self):
        values = super().get_values()
        company = self.env.company
        for name in self._get_lead_settings():
            values[name] = company._fields[name].convert_to_write(company[name], company)
        return values

    def set_values(self):
        result = super().set_values()
        company = self.company_id
        names = [name for name in self._get_lead_settings() if self[name] != company[name]]
        if names:
            company.write(
                {name: self._fields[name].convert_to_write(self[name], self) for name in names}
            )
        return result

    @api.model
    def _get_lead_settings(self):
        """Give the names of the settings that are the company's fields of the same name."""
        return (
            "lead_scoring_enabled",
            "lead_offer_enabled",
            "lead_fit_max",
            "lead_engagement_max",
            "lead_hot_threshold",
            "lead_warm_threshold",
            "lead_mql_threshold",
            "lead_half_life_days",
            "lead_offer_remind_hours",
            "lead_offer_expire_hours",
            "lead_marketing_user_id",
        )
