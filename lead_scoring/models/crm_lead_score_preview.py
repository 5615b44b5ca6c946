from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.score_lines import limit_line, temperature


class CrmLead(models.Model):
    """What a change of the rules would do to temperatures, before anything is saved."""

    _inherit = "crm.lead"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _preview_moves(self, change_by_id):
        """Count the moves between temperatures that changes of points would make.

        :param change_by_id: ``{lead id: (points of fit, points of engagement) more or less}``
        :return: ``{(old temperature, new temperature): leads}``, of those that move
        """
        leads = self.sudo().browse(change_by_id)  # counts, no lead is shown
        if not leads:
            return {}
        rows = leads._execute_batch(
            SQL(
                """WITH %s
                SELECT batch.id, fit_max, engagement_max, lead_warm_threshold, lead_hot_threshold,
                       COALESCE(SUM(points) FILTER (WHERE is_fit), 0),
                       COALESCE(SUM(points) FILTER (WHERE NOT is_fit), 0)
                  FROM batch JOIN res_company AS company ON company.id = batch.settings_id
                  LEFT JOIN line ON line.id = batch.id
                 GROUP BY batch.id, fit_max, engagement_max, company.id""",
                self._get_lines_sql(fields.Datetime.now(), leads.ids),
            )
        )
        moves = defaultdict(int)
        for lead_id, fit_max, engagement_max, warm, hot, fit, engagement in rows:
            fit_change, engagement_change = change_by_id[lead_id]
            old, new = (
                temperature(
                    fits + limit_line([fits], fit_max) + acts + limit_line([acts], engagement_max),
                    warm,
                    hot,
                )
                for fits, acts in (
                    (fit, engagement),
                    (fit + fit_change, engagement + engagement_change),
                )
            )
            if old != new:
                moves[old, new] += 1
        return moves

    def _preview_event_points(self, rule):
        """Give ``{lead id: points}`` that the engagement rule ``rule`` gives these leads now.

        :param rule: saved or not; its values as they stand in the form count.
        """
        leads = self.sudo()  # counts, no lead is shown
        if not leads:
            return {}
        rules = SQL(
            """SELECT 0 AS id, %s AS event_kind, %s AS points, %s AS repeat_limit,
                      %s::float AS half_life_days, %s::int AS company_id""",
            rule.event_kind,
            rule.points,
            rule.repeat_limit,
            rule.half_life_days,
            rule.company_id.id or None,
        )
        rows = leads._execute_batch(
            SQL(
                "WITH %s SELECT id, points FROM (%s) AS happened",
                self._get_batch_sql(fields.Datetime.now(), leads.ids),
                self._get_event_lines_sql(rules),
            )
        )
        return dict(rows)
