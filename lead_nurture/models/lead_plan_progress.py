from odoo import api, fields, models
from odoo.tools import format_amount

from ..tools import planning


class LeadPlan(models.Model):
    """What came beside what was due by now, as many days of the period being over."""

    _inherit = "lead.plan"

    came_lead_count = fields.Integer("Leads Came", compute="_compute_came")
    came_won_count = fields.Integer("Sales Came", compute="_compute_came")
    came_revenue = fields.Monetary("Revenue Came", compute="_compute_came")
    due_revenue = fields.Monetary("Revenue Due by Now", compute="_compute_due_revenue")
    came_text = fields.Char("What Came", compute="_compute_came_text")

    @api.depends("company_id", "split_by", "date_from", "date_to")
    def _compute_came(self):
        came_by_plan = self._origin._get_came_by_plan()
        for plan in self:
            every = came_by_plan.get(plan._origin, {}).values()
            plan.came_lead_count = sum(came.leads for came in every)
            plan.came_won_count = sum(came.won for came in every)
            plan.came_revenue = sum(came.revenue for came in every)

    @api.depends("target_revenue", "date_from", "date_to")
    def _compute_due_revenue(self):
        for plan in self:
            plan.due_revenue = plan.target_revenue * plan._get_share_over()

    @api.depends(
        "state",
        "due_revenue",
        "leads_needed",
        "came_revenue",
        "line_ids.came_revenue",
        "line_ids.rate_basis",
        "line_ids.share_pct",
    )
    def _compute_came_text(self):
        """Say for the whole plan what came, with what came from elsewhere."""
        for plan in self:
            if plan.state == "draft" or not plan.date_from or not plan.date_to:
                plan.came_text = False
                continue
            numbers = {
                "over": planning.days_over(plan.date_from, plan.date_to, fields.Date.today()),
                "days": planning.day_count(plan.date_from, plan.date_to),
                "came": plan._format_money(plan.came_revenue),
                "due": plan._format_money(plan.due_revenue),
                "leads": plan.came_lead_count,
                "due_leads": round(plan.leads_needed * plan._get_share_over()),
                "sales": plan.came_won_count,
            }
            if plan.leads_needed:
                text = self.env._(
                    "%(over)s of %(days)s days are over. Revenue: %(came)s came, %(due)s was due "
                    "by now. Leads: %(leads)s came, %(due_leads)s were due. Sales: %(sales)s.",
                    **numbers,
                )
            else:
                text = self.env._(
                    "%(over)s of %(days)s days are over. Revenue: %(came)s came, %(due)s was due "
                    "by now. Leads: %(leads)s came. Sales: %(sales)s.",
                    **numbers,
                )
            texts = [text]
            if plan._get_published().filtered("share_pct"):
                texts.append(
                    self.env._("Lines that rest on published rates have no leads due by now.")
                )
            leads = plan.came_lead_count - sum(plan.line_ids.mapped("came_lead_count"))
            revenue = plan.came_revenue - sum(plan.line_ids.mapped("came_revenue"))
            if leads or not plan.currency_id.is_zero(revenue):
                texts.append(
                    self.env._(
                        "Of these came from no line of this plan: leads %(leads)s, revenue "
                        "%(revenue)s.",
                        leads=leads,
                        revenue=plan._format_money(revenue),
                    )
                )
            plan.came_text = " ".join(texts)

    def _get_share_over(self):
        """Return how much of the period is over, from 0 to 1; today is not over yet."""
        self.ensure_one()
        days = self.date_from and self.date_to and planning.day_count(self.date_from, self.date_to)
        if not days:
            return 0
        return planning.days_over(self.date_from, self.date_to, fields.Date.today()) / days

    def _format_money(self, amount):
        self.ensure_one()
        return format_amount(self.env, amount, self.currency_id, trailing_zeroes=False)


class LeadPlanLine(models.Model):
    """What came of one line; a moment behind by lead or revenue is said, not only coloured."""

    _inherit = "lead.plan.line"

    came_lead_count = fields.Integer("Leads Came", compute="_compute_came")
    came_won_count = fields.Integer("Sales Came", compute="_compute_came")
    came_revenue = fields.Monetary("Revenue Came", compute="_compute_came")
    due_lead_count = fields.Float("Leads Due by Now", digits=(16, 1), compute="_compute_due")
    due_won_count = fields.Float("Sales Due by Now", digits=(16, 1), compute="_compute_due")
    due_revenue = fields.Monetary("Revenue Due by Now", compute="_compute_due")
    pace = fields.Selection(
        [
            ("good", "On course"),
            ("leads", "Too few leads"),
            ("revenue", "Too little revenue"),
            ("both", "Too few leads, too little revenue"),
        ],
        compute="_compute_pace",
    )

    @api.depends(
        "plan_id.company_id",
        "plan_id.split_by",
        "plan_id.date_from",
        "plan_id.date_to",
        "source_id",
        "medium_id",
        "trade_show_id",
    )
    def _compute_came(self):
        came_by_plan = self.plan_id._origin._get_came_by_plan()
        for line in self:
            came = came_by_plan.get(line.plan_id._origin, {}).get(line._get_value().id)
            line.came_lead_count = came.leads if came else 0
            line.came_won_count = came.won if came else 0
            line.came_revenue = came.revenue if came else 0

    @api.depends("leads_needed", "wins_needed", "target_revenue", "plan_id.date_to")
    def _compute_due(self):
        for line in self:
            over = line.plan_id._get_share_over()
            line.due_lead_count = line.leads_needed * over
            line.due_won_count = line.wins_needed * over
            line.due_revenue = line.target_revenue * over

    @api.depends("due_lead_count", "due_revenue", "came_lead_count", "came_revenue")
    def _compute_pace(self):
        for line in self:
            leads = line.came_lead_count < line.due_lead_count
            revenue = line.currency_id.compare_amounts(line.came_revenue, line.due_revenue) < 0
            both = "both" if leads and revenue else "leads" if leads else "revenue"
            line.pace = both if leads or revenue else "good"
