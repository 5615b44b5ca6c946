from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    """What follows a sale."""

    _inherit = "res.config.settings"

    lead_after_sale_track_id = fields.Many2one(
        "lead.cadence",
        domain="[('is_after_sale', '=', True), ('company_id', 'in', (False, company_id))]",
    )
    lead_repeat_sales = fields.Boolean("Take Up Repeat Sales")
    lead_repeat_months = fields.Integer()

    @api.model
    def _get_lead_settings(self):
        return (
            *super()._get_lead_settings(),
            "lead_after_sale_track_id",
            "lead_repeat_sales",
            "lead_repeat_months",
        )
