from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.lead_scoring.tools.smoothing import wilson_interval

from ..tools import planning

_BY_HAND = {
    "hand_rate_pct",
    "hand_value",
    "medium_id",
    "plan_id",
    "share_pct",
    "source_id",
    "trade_show_id",
}


class LeadPlanLine(models.Model):
    """One source, channel or show of a plan: its share of the target and the leads that takes.

    Its rate is, in this order, the one entered by hand; the own one, won ÷ closed, from 30 closed
    leads on, between Wilson's bounds; else none, and the published range of the market stands
    there as such, with the two numbers of leads at its ends. Its value is the one entered by hand,
    else the average of its own sales, else that of the plan's.
    """

    _name = "lead.plan.line"
    _description = "Lead Plan Line"
    _order = "share_pct desc, id"

    plan_id = fields.Many2one("lead.plan", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="plan_id.currency_id")
    split_by = fields.Selection(related="plan_id.split_by")
    source_id = fields.Many2one("utm.source", ondelete="restrict", index="btree_not_null")
    medium_id = fields.Many2one(
        "utm.medium", "Channel", ondelete="restrict", index="btree_not_null"
    )
    trade_show_id = fields.Many2one("lead.trade.show", ondelete="restrict", index="btree_not_null")
    share_pct = fields.Float(
        "Share (%)", digits=(16, 1), help="Of the target; as the revenue came in the past."
    )
    past_lead_count = fields.Integer("Leads in the Past", readonly=True)
    past_mql_count = fields.Integer("Qualified in the Past", readonly=True)
    past_case_count = fields.Integer("Closed in the Past", readonly=True)
    past_won_count = fields.Integer("Won in the Past", readonly=True)
    past_revenue = fields.Monetary("Revenue in the Past", readonly=True)
    hand_rate_pct = fields.Float(
        "Rate by Hand (%)",
        digits=(16, 2),
        help="Counts instead of the own rate and of the published range; 0 leaves them.",
    )
    hand_value = fields.Monetary(
        "Sale by Hand", help="Counts instead of the average sale of the past; 0 leaves that."
    )
    rate_basis = fields.Selection(
        [("own", "Own rate"), ("published", "Published, not own"), ("hand", "By hand")],
        "Rate From",
        compute="_compute_rate",
        store=True,
    )
    rate_pct = fields.Float(
        "Lead to Won (%)", digits=(16, 2), compute="_compute_rate", store=True, aggregator=None
    )
    rate_low_pct = fields.Float(
        "Rate at Least (%)", digits=(16, 2), compute="_compute_rate", store=True, aggregator=None
    )
    rate_high_pct = fields.Float(
        "Rate at Most (%)", digits=(16, 2), compute="_compute_rate", store=True, aggregator=None
    )
    value = fields.Monetary("Average Sale", compute="_compute_value", store=True, aggregator=None)
    target_revenue = fields.Monetary("Revenue", compute="_compute_leads_needed", store=True)
    wins_needed = fields.Float(
        "Sales Needed", digits=(16, 1), compute="_compute_leads_needed", store=True
    )
    leads_needed = fields.Integer(compute="_compute_leads_needed", store=True)
    leads_min = fields.Integer("Leads at Least", compute="_compute_leads_needed", store=True)
    leads_max = fields.Integer("Leads at Most", compute="_compute_leads_needed", store=True)

    _share_of_whole = models.Constraint(
        "CHECK(share_pct >= 0 AND share_pct <= 100)",
        "A share lies between 0 and 100 %: change it.",
    )
    _rate_of_whole = models.Constraint(
        "CHECK(hand_rate_pct >= 0 AND hand_rate_pct <= 100)",
        "A rate by hand lies above 0 and up to 100 %; enter 0 to have the own or published one.",
    )
    _value_not_negative = models.Constraint(
        "CHECK(hand_value >= 0)",
        "What a sale brings is above zero; enter 0 to have the average of the past.",
    )

    @api.depends("source_id", "medium_id", "trade_show_id", "plan_id.split_by")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line._get_value().display_name or self.env._("Without")

    @api.depends("hand_rate_pct", "past_case_count", "past_won_count", "plan_id.market")
    def _compute_rate(self):
        for line in self:
            basis, rate, low, high = line._get_rate()
            line.rate_basis = basis
            line.rate_pct = 100 * rate
            line.rate_low_pct = 100 * low
            line.rate_high_pct = 100 * high

    @api.depends("hand_value", "past_won_count", "past_revenue", "plan_id.past_value")
    def _compute_value(self):
        for line in self:
            own = line.past_revenue / line.past_won_count if line.past_won_count else 0
            line.value = line.hand_value or own or line.plan_id.past_value

    @api.depends(
        "share_pct",
        "value",
        "plan_id.target_revenue",
        "hand_rate_pct",
        "past_case_count",
        "past_won_count",
        "plan_id.market",
    )
    def _compute_leads_needed(self):
        for line in self:
            revenue = line.plan_id.target_revenue * line.share_pct / 100
            _basis, rate, low, high = line._get_rate()
            line.target_revenue = revenue
            line.wins_needed = revenue / line.value if line.value > 0 else 0
            line.leads_needed = planning.leads_needed(revenue, rate, line.value) or 0
            line.leads_min = planning.leads_needed(revenue, high, line.value) or 0
            line.leads_max = planning.leads_needed(revenue, low, line.value) or 0

    @api.constrains("plan_id", "source_id", "medium_id", "trade_show_id")
    def _check_once(self):
        for plan in self.plan_id:
            names = plan.line_ids.mapped("display_name")
            values = [line._get_value().id for line in plan.line_ids]
            for at, value in enumerate(values):
                if value in values[:at]:
                    raise ValidationError(
                        self.env._(
                            "“%(line)s” stands twice in “%(plan)s”. Leave one of the two lines.",
                            line=names[at],
                            plan=plan.name,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.plan_id._check_is_draft()
        return lines

    def write(self, vals):
        if _BY_HAND & vals.keys():
            self.plan_id._check_is_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_under_way(self):
        self.plan_id._check_is_draft()

    def action_open_leads(self):
        """Open the leads behind a figure; ``lead_plan_figure`` in the context says which."""
        self.ensure_one()
        plan = self.plan_id
        domain = plan._get_leads_domain(self.env.context.get("lead_plan_figure", "came"))
        domain.append((plan.split_by, "=", self._get_value().id))
        action = self.env["lead.funnel.report"].action_open_leads(domain)
        return {**action, "name": self.display_name}

    def _get_value(self):
        """Return the source, channel or show of this line; an empty one for leads without."""
        self.ensure_one()
        return self[self.plan_id.split_by or "source_id"]

    def _get_rate(self):
        """Return (basis, rate, at least, at most), from 0 to 1; a published one has no middle."""
        self.ensure_one()
        if self.hand_rate_pct > 0:
            rate = self.hand_rate_pct / 100
            return "hand", rate, rate, rate
        won, cases = self.past_won_count, self.past_case_count
        if cases < planning.ENOUGH_CASES:
            return "published", 0.0, *planning.PUBLISHED_RATES[self.plan_id.market or "b2b"]
        return "own", won / cases, *wilson_interval(won, cases)
