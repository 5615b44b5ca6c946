from odoo import fields, models


class WebsitePageProperties(models.TransientModel):
    """What a page means for leads, among its properties in the website's editor."""

    _inherit = "website.page.properties"

    is_lead_price_list = fields.Boolean(
        related="target_model_id.is_lead_price_list", readonly=False
    )
    lead_points = fields.Integer(related="target_model_id.lead_points", readonly=False)
