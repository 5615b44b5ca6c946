from odoo import api, fields, models

from .lead_mail_hit import KEPT_DAYS


class ResConfigSettings(models.TransientModel):
    """What brings a nurtured lead to sales, and how often leads are written to."""

    _inherit = "res.config.settings"

    lead_react_to_reply = fields.Boolean()
    lead_react_page_count = fields.Integer()
    lead_react_page_days = fields.Integer()
    lead_react_links = fields.Text()
    lead_mailing_cap = fields.Integer()
    lead_mailing_cap_days = fields.Integer()
    lead_hit_kept_days = fields.Integer(
        "Keep Openings and Clicks for", default=30, config_parameter=KEPT_DAYS
    )

    _lead_hit_kept_days_in_bounds = models.Constraint(
        "CHECK(lead_hit_kept_days BETWEEN 1 AND 3650)",
        "Give 1 to 3650 days for which requests of mailings are kept.",
    )

    @api.model
    def _get_lead_settings(self):
        return (
            *super()._get_lead_settings(),
            "lead_react_to_reply",
            "lead_react_page_count",
            "lead_react_page_days",
            "lead_react_links",
            "lead_mailing_cap",
            "lead_mailing_cap_days",
        )
