from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from ..tools import planning


class LeadPlan(models.Model):
    """What a plan says in words: the leads it takes, who can take them, and what it leaves open."""

    _inherit = "lead.plan"

    leads_text = fields.Char(
        "Leads Needed in All",
        compute="_compute_leads_text",
        help="A number where all rates are our own or entered by hand, else a range.",
    )
    has_range = fields.Boolean(compute="_compute_leads_text", export_string_translation=False)
    need_text = fields.Char("What It Takes", compute="_compute_need_text")
    capacity_text = fields.Char("Who Can Take Them", compute="_compute_capacity_text")
    warning_text = fields.Char("To Be Settled", compute="_compute_warning_text")

    @api.depends("line_ids.leads_needed", "line_ids.leads_min", "line_ids.leads_max")
    def _compute_need_text(self):
        for plan in self:
            texts = plan._get_need_texts() if plan.line_ids else []
            if plan.past_days_to_win and plan.date_to:
                late = fields.Date.subtract(plan.date_to, days=round(plan.past_days_to_win))
                texts.append(
                    self.env._(
                        "In the past a sale took %(days)s days on average: leads that come after "
                        "%(day)s will mostly pay after the period.",
                        days=round(plan.past_days_to_win),
                        day=format_date(self.env, max(late, plan.date_from)),
                    )
                )
            plan.need_text = " ".join(texts)

    @api.depends(
        "line_ids.leads_needed",
        "line_ids.leads_min",
        "line_ids.leads_max",
        "line_ids.rate_basis",
        "line_ids.share_pct",
    )
    @api.depends_context("lang")
    def _compute_leads_text(self):
        for plan in self:
            plan.has_range = bool(plan._get_published().filtered("share_pct"))
            if plan.has_range:
                plan.leads_text = _format_range(self.env, *plan._get_bounds()) or "–"
            else:
                plan.leads_text = plan.leads_needed and _format(self.env, plan.leads_needed) or "–"

    def _get_need_texts(self):
        self.ensure_one()
        low, high = self._get_bounds()
        published = self._get_published()
        known = self.line_ids - published
        texts = []
        if any(known.mapped("share_pct")):
            texts.append(
                self.env._(
                    "Leads needed by rates of our own or entered by hand: %(needed)s, for "
                    "%(share).1f %% of the target.",
                    needed=_format(self.env, self.leads_needed),
                    share=sum(known.mapped("share_pct")),
                )
            )
        if published:
            texts.append(
                self.env._(
                    "%(share).1f %% of the target rests on published rates, which are not our own "
                    "and say no single number.",
                    share=sum(published.mapped("share_pct")),
                )
            )
        if high:
            texts.append(
                self.env._(
                    "In all between %(low)s and %(high)s leads.",
                    low=_format(self.env, low),
                    high=_format(self.env, high),
                )
            )
        elif low:
            texts.append(
                self.env._(
                    "In all %s leads at least; no upper bound is known.", _format(self.env, low)
                )
            )
        return texts

    @api.depends("line_ids.share_pct", "line_ids.value", "line_ids.rate_basis")
    def _compute_warning_text(self):
        for plan in self:
            plan.warning_text = " ".join(plan._get_warnings())

    def _get_warnings(self):
        self.ensure_one()
        if not self.line_ids:
            return [
                self.env._(
                    "No lead made in the past period is closed yet. Choose another past, or add "
                    "the lines by hand with what a sale brings: the published range is shown then, "
                    "unless you enter a rate by hand as well."
                )
            ]
        warnings = []
        total = self._get_share_total()
        if round(total, 1) != 100:
            warnings.append(self.env._("The shares add up to %.1f %%, not to 100 %%.", total))
        shared = self.line_ids.filtered("share_pct")
        if worthless := shared.filtered(lambda line: line.value <= 0):
            warnings.append(
                self.env._(
                    "What a sale brings is not known for: %s. Enter it under “Sale by Hand”, for "
                    "example what one from a source or show like it brought.",
                    ", ".join(worthless.mapped("display_name")),
                )
            )
        if hopeless := shared.filtered(
            lambda line: line.rate_basis == "own" and not line.past_won_count
        ):
            warnings.append(
                self.env._(
                    "Not one of the closed leads was won, so no number of leads is enough by the "
                    "own rate: %s. Take their share away or enter a rate by hand.",
                    ", ".join(hopeless.mapped("display_name")),
                )
            )
        return warnings

    @api.depends("line_ids.leads_needed", "date_from", "date_to", "company_id")
    def _compute_capacity_text(self):
        members_by_company = self._get_members_by_company()
        for plan in self:
            members = members_by_company.get(plan.company_id, self.env["crm.team.member"])
            plan.capacity_text = plan._get_capacity_text(members)

    def _get_members_by_company(self):
        # whoever plans may not see every team; members are only counted
        members = self.env["crm.team.member"].sudo().search([("assignment_optout", "=", False)])
        return {
            company: members.filtered(
                lambda member, company=company: (
                    company in member.user_id.company_ids
                    and member.crm_team_id.company_id in (company, company.browse())
                )
            )
            for company in self.company_id
        }

    def _get_capacity_text(self, members):
        self.ensure_one()
        if not self.date_from or not self.date_to or not self.line_ids:
            return False
        if not members:
            return self.env._(
                "Nobody takes leads: enter a capacity for the members of a sales team to see "
                "whether they can take so many."
            )
        days = planning.day_count(self.date_from, self.date_to)
        capacity = sum(
            member.assignment_max * (days - self._get_days_away(member)) for member in members
        )
        capacity //= 30
        low, high = self._get_bounds()
        sure = not self._get_published().filtered("share_pct")
        low, high = (self.leads_needed,) * 2 if sure and self.leads_needed else (low, high)
        share, share_text = self._get_qualified_share()
        low, high = round(low * share), round(high * share)
        reach = _format(self.env, low) if low == high else _format_range(self.env, low, high)
        return " ".join(
            filter(
                None,
                [
                    self.env._(
                        "Those who take leads (%(people)s) can take %(capacity)s in %(days)s days.",
                        people=len(members.user_id),
                        capacity=_format(self.env, capacity),
                        days=days,
                    ),
                    self.env._("Leads to be taken: %s.", reach) if low or high else "",
                    share_text,
                    self._get_capacity_verdict(capacity, low, high),
                ],
            )
        )

    def _get_capacity_verdict(self, capacity, low, high):
        """Say whether ``capacity`` leads are enough where ``low`` to ``high`` are to be taken.

        :param high: 0 where no upper bound is known.
        """
        if high and high <= capacity:
            return self.env._("That is enough.")
        if low > capacity:
            return self.env._(
                "That is too little by %s leads: add people, raise their capacity or plan for "
                "longer.",
                _format(self.env, low - capacity),
            )
        return low and self.env._("Whether that is enough depends on how many are won.")

    def _get_days_away(self, member):
        self.ensure_one()
        if not member.lead_absent_from and not member.lead_absent_to:
            return 0
        return planning.day_count(
            max(member.lead_absent_from or self.date_from, self.date_from),
            min(member.lead_absent_to or self.date_to, self.date_to),
        )

    def _get_qualified_share(self):
        """Return which share of the leads reaches sales, from 0 to 1, and where that is from."""
        self.ensure_one()
        leads = sum(self.line_ids.mapped("past_lead_count"))
        if leads < planning.ENOUGH_CASES:
            return 1, self.env._("All count: how many of them qualify is not known yet.")
        share = sum(self.line_ids.mapped("past_mql_count")) / leads
        return share, self.env._(
            "Only qualified leads reach sales, in the past %.1f %% of them.", 100 * share
        )

    def _get_bounds(self):
        """Return the leads needed at least and at most; at most 0 where nothing bounds them."""
        self.ensure_one()
        shared = self.line_ids.filtered("share_pct")
        bounded = all(shared.mapped("leads_max"))
        return sum(shared.mapped("leads_min")), bounded and sum(shared.mapped("leads_max"))

    def _get_published(self):
        return self.line_ids.filtered(lambda line: line.rate_basis == "published")


class LeadPlanLine(models.Model):
    """How sure one line is, in words."""

    _inherit = "lead.plan.line"

    basis_text = fields.Char("Lead to Won", compute="_compute_basis_text")
    range_text = fields.Char("Between", compute="_compute_range_text")

    @api.depends("rate_basis", "rate_pct", "past_case_count", "past_won_count", "plan_id.market")
    def _compute_basis_text(self):
        for line in self:
            numbers = {
                "won": line.past_won_count,
                "cases": line.past_case_count,
                "rate": line.rate_pct,
                "low": line.rate_low_pct,
                "high": line.rate_high_pct,
            }
            if line.rate_basis == "own":
                line.basis_text = self.env._(
                    "%(rate).1f %% (%(low).1f–%(high).1f %%): won %(won)s of %(cases)s closed",
                    **numbers,
                )
            elif line.rate_basis == "hand":
                line.basis_text = self.env._("%(rate).2f %%, entered by hand", **numbers)
            elif not line.past_case_count:
                line.basis_text = self.env._(
                    "%(low).4g–%(high).4g %%, published for %(market)s, not our own: nothing "
                    "is known of it yet. Enter the rate of one like it by hand, if you know it.",
                    market=(line.plan_id.market or "b2b").upper(),
                    **numbers,
                )
            else:
                line.basis_text = self.env._(
                    "%(low).4g–%(high).4g %%, published for %(market)s, not our own (won %(won)s "
                    "of %(cases)s closed)",
                    market=(line.plan_id.market or "b2b").upper(),
                    **numbers,
                )

    @api.depends("leads_min", "leads_max")
    @api.depends_context("lang")
    def _compute_range_text(self):
        for line in self:
            line.range_text = _format_range(self.env, line.leads_min, line.leads_max)


def _format_range(env, low, high):
    """Return how many at least and at most; ``high`` is 0 where nothing bounds them."""
    if high:
        return f"{_format(env, low)}–{_format(env, high)}"
    return f"≥ {_format(env, low)}" if low else ""


def _format(env, number):
    return formatLang(env, number, digits=0)
