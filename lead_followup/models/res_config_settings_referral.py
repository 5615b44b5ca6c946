from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lead_referral_again_days = fields.Integer(
        related="company_id.lead_referral_again_days", readonly=False
    )
    lead_referral_link_days = fields.Integer(
        related="company_id.lead_referral_link_days", readonly=False
    )
