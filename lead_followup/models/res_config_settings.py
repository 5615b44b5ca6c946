from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lead_sending_stopped = fields.Boolean(related="company_id.lead_sending_stopped", readonly=False)
    lead_email_cap = fields.Integer(related="company_id.lead_email_cap", readonly=False)
