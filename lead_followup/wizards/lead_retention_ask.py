from odoo import api, fields, models

from ..models.res_company_retention import RETENTION_FIELDS


class LeadRetentionAsk(models.TransientModel):
    """Sets for how long a company keeps personal data, and states first what goes at once."""

    _name = "lead.retention.ask"
    _description = "How Long Personal Data Are Kept"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    lead_keep_imports_months = fields.Integer(
        "Files and rows of imports", default=lambda self: self._get_set("imports")
    )
    lead_keep_rejected_months = fields.Integer(
        "Rejected rows", default=lambda self: self._get_set("rejected")
    )
    lead_keep_photos_months = fields.Integer(
        "Photos of cards", default=lambda self: self._get_set("photos")
    )
    lead_keep_disqualified_months = fields.Integer(
        "Disqualified leads never contacted", default=lambda self: self._get_set("disqualified")
    )
    question = fields.Text(compute="_compute_question")

    @api.model
    def _get_set(self, word):
        return self.env.company[f"lead_keep_{word}_months"]

    @api.depends("company_id", *RETENTION_FIELDS)
    def _compute_question(self):
        retention = self.env["lead.retention"]
        texts = retention._get_duty_texts()
        for wizard in self:
            months = {name: wizard[name] for name in RETENTION_FIELDS}
            due = retention._count_due(wizard.company_id, months)
            parts = [f"{texts[duty]}: {count}" for duty, count in due.items() if count]
            if not any(value > 0 for value in months.values()):
                wizard.question = self.env._("Everything is kept for good; nothing goes.")
            elif parts:
                wizard.question = self.env._(
                    "Older than that by now, and forgotten at the next run, for good: %s. "
                    "Counts and figures stay.",
                    ", ".join(parts),
                )
            else:
                wizard.question = self.env._("Nothing is older than that by now.")

    def action_apply(self):
        """Keep data for as long as was entered from now on."""
        self.ensure_one()
        self.company_id.check_access("write")
        self.company_id.write({name: self[name] for name in RETENTION_FIELDS})
        return {"type": "ir.actions.client", "tag": "soft_reload"}
