from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    """Which leads go on by themselves when their road has ended."""

    _inherit = "res.config.settings"

    lead_recycle_lost = fields.Boolean("Recycle Lost Leads")
    lead_recycle_returned = fields.Boolean("Nurture Returned Leads")
    lead_recycle_silent = fields.Boolean("Nurture Leads That Never Answered")
    lead_recycle_unqualified = fields.Boolean("Nurture Leads That Are Not Qualified")
    lead_recycle_unqualified_days = fields.Integer()

    @api.model
    def _get_lead_settings(self):
        return (
            *super()._get_lead_settings(),
            "lead_recycle_lost",
            "lead_recycle_returned",
            "lead_recycle_silent",
            "lead_recycle_unqualified",
            "lead_recycle_unqualified_days",
        )
