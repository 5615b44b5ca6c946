from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    """To which show a lead that was at several, and its money, are put down."""

    _inherit = "res.config.settings"

    lead_show_credit = fields.Selection(
        [("first", "The first show it was at"), ("last", "The latest show it was at")],
        "A Lead's Money Counts for",
    )

    @api.model
    def _get_lead_settings(self):
        return (*super()._get_lead_settings(), "lead_show_credit")
