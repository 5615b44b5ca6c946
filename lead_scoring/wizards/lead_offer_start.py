from odoo import api, fields, models
from odoo.tools import SQL


class LeadOfferStart(models.TransientModel):
    """States how many leads from before the install would be qualified, and lets a person do it."""

    _name = "lead.offer.start"
    _description = "Offer Earlier Leads"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    started_at = fields.Datetime(related="company_id.lead_offer_start_at")
    lead_count = fields.Integer(compute="_compute_lead_count")

    @api.depends("company_id")
    def _compute_lead_count(self):
        for wizard in self:
            wizard.lead_count = wizard._count_leads()

    def _count_leads(self):
        """Count the earlier open leads that reach the threshold."""
        company = self.company_id
        if not company.lead_offer_start_at:
            return 0
        return self.env["crm.lead"].search_count(
            [
                ("create_date", "<", company.lead_offer_start_at),
                ("won_status", "=", "pending"),
                ("lifecycle", "in", ["inquiry", "nurture"]),
                ("company_id", "in", [company.id, False]),
                ("score_total", ">=", company.lead_mql_threshold),
                ("not_a_buyer", "=", False),
            ]
        )

    def action_start(self):
        """Let the earlier leads qualify; they are scored and offered in the background."""
        self.ensure_one()
        company = self.company_id.sudo()  # a sales manager may not write companies
        company.lead_offer_start_at = False
        self.env["lead.score"]._mark_stale(SQL("TRUE"), company)
        return {"type": "ir.actions.act_window_close"}
