from odoo import api, fields, models
from odoo.exceptions import AccessError
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
    owned_count = fields.Integer(compute="_compute_lead_count")

    @api.depends("company_id")
    def _compute_lead_count(self):
        for wizard in self:
            wizard._check_own_company()
            free, owned = self.env["crm.lead"]._count_held_back(wizard.company_id)
            wizard.lead_count = free
            wizard.owned_count = owned

    @api.constrains("company_id")
    def _check_own_company(self):
        """Refuse a company that is not the user's: offers are held back for each by itself."""
        foreign = self.company_id.sudo() - self.env.user.company_ids.sudo()  # for their names
        if foreign and not self.env.su:
            raise AccessError(
                self.env._(
                    "You don't work in “%s”: somebody who does lets its earlier leads in.",
                    foreign[0].name,
                )
            )

    def action_start(self):
        """Let the earlier leads qualify; they are scored and offered in the background."""
        self.ensure_one()
        self._check_own_company()
        company = self.company_id.sudo()  # a sales manager may not write companies
        company.lead_offer_start_at = False
        self.env["lead.score"]._mark_stale(SQL("TRUE"), company)
        return {"type": "ir.actions.act_window_close"}
