from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lead_details_again_days = fields.Integer(
        related="company_id.lead_details_again_days", readonly=False
    )
