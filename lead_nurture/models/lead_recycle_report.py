from odoo import fields, models
from odoo.tools import SQL

from ..tools import rest


class LeadRecycleReport(models.Model):
    """What became of the leads of each reason: resting, due, back, after how long, and its worth.

    One line a company, way and reason; medians over those that came back. Below ten of them no
    rest is suggested.
    """

    _name = "lead.recycle.report"
    _description = "Recycling by Reason"
    _auto = False
    _order = "total_count desc, id"

    name = fields.Char("Reason", compute="_compute_name")
    company_id = fields.Many2one("res.company", readonly=True)
    way = fields.Selection(related="first_id.way", related_sudo=True)
    first_id = fields.Many2one("lead.recycle", readonly=True)
    lost_reason_id = fields.Many2one("crm.lost.reason", readonly=True)
    return_reason_id = fields.Many2one("lead.return.reason", readonly=True)
    total_count = fields.Integer("All", readonly=True)
    resting_count = fields.Integer("Resting", readonly=True)
    due_count = fields.Integer("Due", readonly=True)
    track_count = fields.Integer("In Track", readonly=True)
    back_count = fields.Integer("Came Back", readonly=True)
    won_count = fields.Integer("Won", readonly=True)
    won_revenue = fields.Monetary(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    median_days = fields.Float(readonly=True, digits=(16, 0))
    median_text = fields.Char("Half Came Back Within", compute="_compute_median_text")

    @property
    def _table_query(self):
        return SQL(
            """SELECT MIN(row.id) AS id, MIN(row.id) AS first_id, row.company_id,
                      COALESCE(company.currency_id, %s) AS currency_id,
                      lost_reason_id, return_reason_id,
                      COUNT(*) AS total_count,
                      COUNT(*) FILTER (WHERE state = 'resting') AS resting_count,
                      COUNT(*) FILTER (WHERE state = 'due') AS due_count,
                      COUNT(*) FILTER (WHERE state = 'track') AS track_count,
                      COUNT(*) FILTER (WHERE state = 'back') AS back_count,
                      COUNT(won_at) AS won_count,
                      COALESCE(SUM(won_revenue), 0) AS won_revenue,
                      PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY days_away)
                          FILTER (WHERE state = 'back' AND ended_at IS NOT NULL) AS median_days
                 FROM lead_recycle row
                 LEFT JOIN res_company company ON company.id = row.company_id
                GROUP BY row.company_id, company.currency_id, way,
                         lost_reason_id, return_reason_id""",
            self.env.company.currency_id.id,
        )

    def _compute_name(self):
        for line in self:
            ways = dict(line._fields["way"]._description_selection(self.env))
            reason = line.lost_reason_id.name or line.return_reason_id.name
            line.name = f"{ways[line.way]}: {reason}" if reason else ways[line.way]

    def _compute_median_text(self):
        """Say after how long half of them were back, and what rest would fit."""
        for line in self:
            months = rest.fitting_months(line.median_days, line.back_count)
            line.median_text = (
                self.env._(
                    "Half came back within %(days)s days; a rest of about %(months)s months fits.",
                    days=round(line.median_days),
                    months=months,
                )
                if months
                else self.env._("Too few came back to tell which rest fits.")
            )

    def action_open(self):
        """Open the leads behind the number that was clicked; ``state`` in the context says which.

        :return: an action on the rows, each of which leads to its lead.
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("lead_nurture.lead_recycle_action")
        domain = [
            ("company_id", "=", self.company_id.id),
            ("way", "=", self.way),
            ("lost_reason_id", "=", self.lost_reason_id.id),
            ("return_reason_id", "=", self.return_reason_id.id),
        ]
        state = self.env.context.get("recycle_state")
        if state == "won":
            domain.append(("won_at", "!=", False))
        elif state:
            domain.append(("state", "=", state))
        return {**action, "name": self.name, "domain": domain, "context": {}}
