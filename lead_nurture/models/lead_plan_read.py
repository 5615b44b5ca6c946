from typing import NamedTuple

from odoo import fields, models
from odoo.tools import SQL

from ..tools import planning


class Past(NamedTuple):
    """What the leads of one line's past period came to."""

    leads: int = 0
    qualified: int = 0
    cases: int = 0  # closed ones
    won: int = 0
    revenue: float = 0
    days: float = 0  # from creation to won, of all of them together
    days_known: int = 0  # of how many


class Came(NamedTuple):
    """What came in the period of a plan: leads made in it; sales and revenue won in it."""

    leads: int = 0
    won: int = 0
    revenue: float = 0


class LeadPlan(models.Model):
    """What the funnel says of the past and of the period of plans.

    Its rows and its words hold, so that the figures agree; leads that don't buy are left out. One
    statement a company and kind of line, however many plans. Days are those of UTC. A lead without
    a company counts for the first one, as its cost does.
    """

    _inherit = "lead.plan"

    def _read_past(self):
        """Write what was into the lines; add a line for each source that had a closed lead.

        New lines have no share. What was entered by hand stays.
        """
        vals_list = []
        for plan, past_by_value in self._get_past_by_plan().items():
            every = past_by_value.values()
            known = sum(past.days_known for past in every)
            plan.past_days_to_win = sum(past.days for past in every) / known if known else 0
            for line in plan.line_ids:
                line.write(_prepare_past_vals(past_by_value.pop(line._get_value().id, Past())))
            vals_list += [
                {"plan_id": plan.id, plan.split_by: value, **_prepare_past_vals(past)}
                for value, past in past_by_value.items()
                if past.cases
            ]
        self.env["lead.plan.line"].create(vals_list)

    def _share_as_past(self):
        """Share the target out as the revenue came in the past, else as the leads came."""
        for plan in self:
            lines = plan.line_ids
            weights = lines.mapped("past_revenue")
            if not any(weight > 0 for weight in weights):
                weights = lines.mapped("past_lead_count")
            for line, share in zip(lines, planning.shares_pct(weights), strict=True):
                line.share_pct = share

    def _get_past_by_plan(self):
        """Return ``{plan: {source, channel or show id, or False: Past}}``."""
        return self._get_figures(
            Past,
            SQL(
                """COUNT(*), SUM(lead.mql_count),
                   COUNT(*) FILTER (WHERE lead.won_status IN ('won', 'lost')
                                       OR lead.lifecycle = 'disqualified'),
                   SUM(lead.won_count), SUM(lead.revenue),
                   SUM(lead.days_in_all), COUNT(lead.days_in_all)"""
            ),
            SQL("lead.date >= plan.past_from AND lead.date < plan.past_to + 1"),
        )

    def _get_came_by_plan(self):
        """Return ``{plan: {source, channel or show id, or False: Came}}``."""
        made = SQL("(lead.date >= plan.date_from AND lead.date < plan.date_to + 1)")
        won = SQL("(lead.won_at >= plan.date_from AND lead.won_at < plan.date_to + 1)")
        return self._get_figures(
            Came,
            SQL(
                """COUNT(*) FILTER (WHERE %(made)s),
                   SUM(lead.won_count) FILTER (WHERE %(won)s),
                   SUM(lead.revenue) FILTER (WHERE %(won)s)""",
                made=made,
                won=won,
            ),
            SQL("(%s OR %s)", made, won),
        )

    def _get_figures(self, kind, columns, condition):
        plans = self.filtered("id")
        figures = {plan: {} for plan in plans}
        if plans:
            self.env.flush_all()  # the funnel reads many tables
        for (company, split_by), group in plans.grouped(
            lambda plan: (plan.company_id, plan.split_by)
        ).items():
            report = self.env["lead.funnel.report"].with_company(company)
            rows = self.env.execute_query(
                SQL(
                    """SELECT plan.id, lead.%(split_by)s, %(columns)s
                         FROM lead_plan plan
                         JOIN (%(report)s) lead
                           ON COALESCE(lead.company_id, %(first)s) = plan.company_id
                        WHERE plan.id IN %(ids)s AND lead.not_a_buyer IS NULL AND %(condition)s
                        GROUP BY plan.id, lead.%(split_by)s
                        ORDER BY plan.id, lead.%(split_by)s""",
                    split_by=SQL.identifier(split_by),
                    columns=columns,
                    report=report._table_query,
                    first=self.env["res.company"]._get_first_company_id(),
                    ids=group._ids,
                    condition=condition,
                )
            )
            for plan_id, value, *numbers in rows:
                plan = self.browse(plan_id)
                figures[plan][value or False] = kind(*(number or 0 for number in numbers))
        return figures

    def _get_leads_domain(self, what):
        """Return which rows of the funnel a figure is of.

        :param what: ``past`` (closed in the past period), ``came`` or ``won``.
        """
        self.ensure_one()
        first = self.env["res.company"]._get_first_company_id()
        own = [self.company_id.id, *([False] if self.company_id.id == first else [])]
        field, begin, end = {
            "past": ("date", self.past_from, self.past_to),
            "came": ("date", self.date_from, self.date_to),
            "won": ("won_at", self.date_from, self.date_to),
        }[what]
        domain = [
            ("company_id", "in", own),
            ("not_a_buyer", "=", False),
            (field, ">=", f"{begin} 00:00:00"),
            (field, "<", f"{fields.Date.add(end, days=1)} 00:00:00"),
        ]
        if what == "past":
            closed = [("won_status", "in", ["won", "lost"]), ("lifecycle", "=", "disqualified")]
            domain += ["|", *closed]
        return domain


def _prepare_past_vals(past):
    return {
        "past_lead_count": past.leads,
        "past_mql_count": past.qualified,
        "past_case_count": past.cases,
        "past_won_count": past.won,
        "past_revenue": past.revenue,
    }
