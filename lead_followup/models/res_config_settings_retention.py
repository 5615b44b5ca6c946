from odoo import api, fields, models

from .res_company_retention import RETENTION_FIELDS


class ResConfigSettings(models.TransientModel):
    """What is kept for how long, told; it is set by a question that states the count."""

    _inherit = "res.config.settings"

    lead_retention_text = fields.Text(compute="_compute_lead_retention_text")

    @api.depends("company_id")
    def _compute_lead_retention_text(self):
        texts = self.env["lead.retention"]._get_duty_texts()
        for settings in self:
            company = settings.company_id
            parts = [
                self.env._(
                    "%(what)s: %(months)s months",
                    what=company._fields[name]._description_string(self.env).partition(" (")[0],
                    months=company[name],
                )
                for name in RETENTION_FIELDS
                if company[name]
            ]
            lines = ["; ".join(parts) or self.env._("Everything is kept for good.")]
            counts = company.lead_forgotten or {}
            if counts:
                told = ", ".join(f"{texts.get(duty, duty)}: {n}" for duty, n in counts.items())
                lines.append(self.env._("Forgotten so far: %s", told))
            settings.lead_retention_text = "\n".join(lines)
