from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    """Who hears once a month where the process leaks."""

    _inherit = "res.config.settings"

    lead_health_user_id = fields.Many2one(
        "res.users", "Process Owner", domain="[('share', '=', False)]"
    )

    @api.model
    def _get_lead_settings(self):
        return (*super()._get_lead_settings(), "lead_health_user_id")
