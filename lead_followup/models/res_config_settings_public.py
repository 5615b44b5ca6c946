from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lead_consent_text = fields.Text(related="company_id.lead_consent_text", readonly=False)
