from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import planning

# What a plan under way is compared with, and so stays as it is.
_BASIS = {
    "company_id",
    "date_from",
    "date_to",
    "market",
    "past_from",
    "past_to",
    "split_by",
    "target_revenue",
}


class LeadPlan(models.Model):
    """How many leads, by source, a revenue in a period takes.

    What the company's own leads of a past period came to is read into one line a source (or show
    or channel) and stays as it was read, so that a plan under way does not shift. The target is
    shared out over the lines; each line needs as many leads as bring its share at its rate and
    value. While the plan runs, what came stands beside what was due by now; that is never stored.
    """

    _name = "lead.plan"
    _description = "Lead Plan"
    _order = "date_from desc, id desc"

    name = fields.Char(required=True)
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("done", "Done")],
        default="draft",
        required=True,
        copy=False,
        index=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one("res.currency", related="company_id.currency_id")
    date_from = fields.Date(
        "From", required=True, default=lambda self: self._get_default_period()[0]
    )
    date_to = fields.Date("To", required=True, default=lambda self: self._get_default_period()[1])
    target_revenue = fields.Monetary(required=True)
    split_by = fields.Selection(
        [("source_id", "Source"), ("medium_id", "Channel"), ("trade_show_id", "Trade Show")],
        "One Line a",
        default="source_id",
        required=True,
    )
    market = fields.Selection(
        [("b2b", "Companies (B2B)"), ("b2c", "Consumers (B2C)")],
        "We Sell to",
        default="b2b",
        required=True,
        help="Which published range stands where fewer than 30 own leads are closed.",
    )
    past_from = fields.Date(
        compute="_compute_past",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    past_to = fields.Date(
        compute="_compute_past",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    past_days_to_win = fields.Float("Days to Won in the Past", readonly=True, copy=False)
    past_value = fields.Monetary("Average Sale in the Past", compute="_compute_past_value")
    line_ids = fields.One2many("lead.plan.line", "plan_id", copy=True)
    leads_needed = fields.Integer(compute="_compute_leads_needed", store=True)

    _target_above_zero = models.Constraint(
        "CHECK(COALESCE(target_revenue, 0) > 0)",
        "The target is not above zero: enter the revenue to be reached in the period.",
    )
    _period_order = models.Constraint(
        "CHECK(date_to >= date_from)",
        "The period of the plan ends before it begins: check its two dates.",
    )
    _past_order = models.Constraint(
        "CHECK(past_to >= past_from)",
        "The past period ends before it begins: check its two dates.",
    )
    _past_is_over = models.Constraint(
        "CHECK(past_to < date_from)",
        "The past period runs into the period of the plan, which would then be its own example. "
        "Let it end before the plan begins.",
    )

    def _get_default_period(self):
        """Return the next three whole months."""
        begin = fields.Date.start_of(fields.Date.today(), "month") + relativedelta(months=1)
        return begin, begin + relativedelta(months=3, days=-1)

    @api.depends("date_from")
    def _compute_past(self):
        """Propose the year before the plan, or before today where the plan begins later."""
        for plan in self:
            if plan.date_from and (not plan.past_to or plan.past_to >= plan.date_from):
                last = min(plan.date_from - relativedelta(days=1), fields.Date.today())
                plan.past_from = last - relativedelta(years=1, days=-1)
                plan.past_to = last

    @api.depends("line_ids.past_won_count", "line_ids.past_revenue")
    def _compute_past_value(self):
        for plan in self:
            won = sum(plan.line_ids.mapped("past_won_count"))
            plan.past_value = sum(plan.line_ids.mapped("past_revenue")) / won if won else 0

    @api.depends("line_ids.leads_needed")
    def _compute_leads_needed(self):
        for plan in self:
            plan.leads_needed = sum(plan.line_ids.mapped("leads_needed"))

    @api.depends("name", "date_from", "date_to")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = f"{plan.name or ''} ({plan.date_from} – {plan.date_to})"

    @api.model_create_multi
    def create(self, vals_list):
        """Make drafts first: what is to run from the start has to be able to."""
        states = [vals.get("state", "draft") for vals in vals_list]
        plans = super().create([{**vals, "state": "draft"} for vals in vals_list])
        new = plans.filtered(lambda plan: not plan.line_ids)
        new._read_past()
        new._share_as_past()
        for plan, state in zip(plans, states, strict=True):
            if state != "draft":
                plan.state = state
        return plans

    def write(self, vals):
        if vals.get("state", "draft") != "draft":  # what is to run is judged as it will be
            if others := {name: value for name, value in vals.items() if name != "state"}:
                self.write(others)
            self.filtered(lambda plan: plan.state == "draft")._check_can_start()
            return super().write({"state": vals["state"]})
        changed = {name for name in _BASIS & vals.keys() if self._is_changed(name, vals[name])}
        if changed:
            self._check_is_draft()
        past_by_plan = {plan: (plan.past_from, plan.past_to) for plan in self}
        result = super().write(vals)
        if changed & {"company_id", "split_by"}:
            self.line_ids.unlink()
            self._read_past()
            self._share_as_past()
        elif changed:
            self.filtered(
                lambda plan: (plan.past_from, plan.past_to) != past_by_plan[plan]
            )._read_past()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_running(self):
        for plan in self:
            if plan.state == "running":
                raise UserError(
                    self.env._(
                        "“%s” is running. Finish it or set it back to draft; you can delete it "
                        "then.",
                        plan.name,
                    )
                )

    def action_read_past(self):
        """Read the past again and share the target out as it came then."""
        self._check_is_draft()
        self._read_past()
        self._share_as_past()
        return True

    def action_start(self):
        return self.write({"state": "running"})

    def action_finish(self):
        return self.write({"state": "done"})

    def action_back_to_draft(self):
        return self.write({"state": "draft"})

    def action_plan_next_period(self):
        """Copy the plan for the period after it, with its shares, by the past as it is then."""
        self.ensure_one()
        begin, end = planning.next_period(self.date_from, self.date_to)
        last = min(self.date_to, fields.Date.today())
        following = self.copy(
            {
                "name": self.name,
                "date_from": begin,
                "date_to": end,
                "past_from": last - (self.past_to - self.past_from),
                "past_to": last,
            }
        )
        following._read_past()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": following.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_open_chart(self):
        """Draw the leads that each line needs."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Leads Needed: %s", self.display_name),
            "res_model": "lead.plan.line",
            "view_mode": "graph",
            "views": [(False, "graph")],
            "domain": [("plan_id", "=", self.id)],
            "context": {"graph_groupbys": [self.split_by]},
        }

    def _is_changed(self, name, value):
        field = self._fields[name]
        return any(
            field.convert_to_cache(value, plan) != field.convert_to_cache(plan[name], plan)
            for plan in self
        )

    def _check_is_draft(self):
        for plan in self:
            if plan.state != "draft":
                raise UserError(
                    self.env._(
                        "“%s” is not a draft any more, and what came is compared with it as it "
                        "is.\nSet it back to draft to change it, or plan the next period.",
                        plan.name,
                    )
                )

    def _check_can_start(self):
        for plan in self:
            if reason := plan._get_obstacle():
                raise UserError(reason)

    def _get_obstacle(self):
        """Say why this plan can't start, or nothing."""
        self.ensure_one()
        if not self.line_ids:
            return self.env._(
                "“%s” has no line: nothing says where its leads are to come from. Add at least "
                "one.",
                self.name,
            )
        total = self._get_share_total()
        if round(total, 1) != 100:
            return self.env._(
                "The shares of “%(plan)s” add up to %(total).1f %%. Change them until they add up "
                "to 100 %%.",
                plan=self.name,
                total=total,
            )
        return None

    def _get_share_total(self):
        self.ensure_one()
        return sum(self.line_ids.mapped("share_pct"))
