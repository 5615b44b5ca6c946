from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    """How far the company has come with its first steps."""

    _inherit = "res.config.settings"

    lead_first_step_text = fields.Char(compute="_compute_lead_first_step_text")

    @api.depends("company_id")
    @api.depends_context("uid", "company", "lang")
    def _compute_lead_first_step_text(self):
        self.lead_first_step_text = False
        if self.env["lead.first.step"].has_access("read"):
            self.lead_first_step_text = self.env["lead.first.step"]._describe_progress()
