from odoo import api, models


class LeadTradeShow(models.Model):
    """Costs of a show in several currencies are summed in its company's."""

    _inherit = "lead.trade.show"

    @api.depends("cost_ids.company_amount", "visit_ids")
    def _compute_costs(self):
        for show in self:
            show.cost_total = sum(show.cost_ids.mapped("company_amount"))
            show.cost_per_lead = show.cost_total / show.lead_count if show.lead_count else 0.0
