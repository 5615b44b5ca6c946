from odoo import api, models
from odoo.tools import SQL


class LeadScoreRule(models.Model):
    """What the fit rules come to on each lead: all that the scorer wants to know of them.

    Which rule gave which points is worked out for those who look, see ``_get_fit_sql``. For a score
    it would be a row a rule and lead, to be sorted and added up again: a third of scoring.
    """

    _inherit = "lead.score.rule"

    @api.model
    def _get_fit_sum_sql(self, among):
        """Give the SELECT of (lead id, no rule, points) of all fit rules on the leads ``among``.

        A row a lead with the sum of the rules that read no more than what a lead is and points at,
        and a row of its own where another rule is met.

        :param among: SQL of an array of ids.
        """
        shared, conditions, parts = self._prepare_fit_queries(among)
        if not conditions:
            return SQL(" UNION ALL ").join(parts) if parts else self._get_fit_nothing()
        points = SQL(" + ").join(
            SQL("CASE WHEN %s THEN %s ELSE 0 END", where if where.code else SQL("TRUE"), points)
            for _rule_id, points, where in conditions
        )
        lead_id = SQL.identifier(shared.table, "id")
        whole = SQL(
            "(%s)",
            shared.select(SQL("%s AS id, NULL::int AS rule_id, %s AS points", lead_id, points)),
        )
        return SQL(" UNION ALL ").join([whole, *parts])
