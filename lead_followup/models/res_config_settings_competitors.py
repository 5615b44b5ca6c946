from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lead_competitor_names = fields.Text(related="company_id.lead_competitor_names", readonly=False)
