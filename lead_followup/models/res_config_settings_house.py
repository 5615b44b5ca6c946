from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How fast cadences write to the people of one house."""

    _inherit = "res.config.settings"

    lead_house_hourly = fields.Integer(related="company_id.lead_house_hourly", readonly=False)
