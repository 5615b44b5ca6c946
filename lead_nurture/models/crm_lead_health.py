from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.lead_followup.models import crm_lead_perseverance as perseverance


class CrmLead(models.Model):
    """What the checks of the process ask of leads, so that it can be searched for."""

    _inherit = "crm.lead"

    email_wrong = fields.Boolean(search="_search_email_wrong")
    has_too_few_touches = fields.Boolean(
        "Contacted Too Few Times",
        compute="_compute_has_too_few_touches",
        search="_search_has_too_few_touches",
        help="Three touches over two channels after a show, else a first contact and five "
        "follow-ups. What bounced or reached a wrong number does not count.",
    )
    lost_without_rule = fields.Boolean(
        "Lost without a Recycling Rule",
        compute="_compute_lost_without_rule",
        search="_search_lost_without_rule",
        help="Lost, and no recycling rule says what becomes of it.",
    )

    def _compute_has_too_few_touches(self):
        early = self._origin._filter_given_up_early()
        for lead in self:
            lead.has_too_few_touches = lead._origin in early

    def _compute_lost_without_rule(self):
        for lead in self:
            is_lost = lead.won_status == "lost"
            lead.lost_without_rule = is_lost and lead.recycle_id.reason == "no_rule"

    def _search_email_wrong(self, operator, value):
        return self._search_by_sql(operator, value, type(self)._email_wrong_sql)

    def _search_has_too_few_touches(self, operator, value):
        return self._search_by_sql(operator, value, type(self)._too_few_touches_sql)

    def _search_lost_without_rule(self, operator, value):
        lost = Domain("won_status", "=", "lost")
        found = self._search_by_sql(operator, [True], type(self)._no_rule_sql)
        if found is NotImplemented:
            return found
        return lost & found if True in value else ~(lost & found)

    def _search_by_sql(self, operator, value, get_sql):
        """Return the domain of a yes-or-no field whose yes is the condition ``get_sql``."""
        if operator != "in":
            return NotImplemented
        holds = Domain.custom(to_sql=lambda model, alias, query: get_sql(model, alias))
        return holds if True in value else ~holds

    def _email_wrong_sql(self, alias):
        return SQL(
            "(%s IS NOT NULL AND %s = %s)",
            self._fields["wrong_email"].to_sql(self, alias),
            self._fields["email_normalized"].to_sql(self, alias),
            self._fields["wrong_email"].to_sql(self, alias),
        )

    def _too_few_touches_sql(self, alias):
        """Return the condition of ``_get_missing_touches``: some are missing."""
        self.env["lead.touch"].flush_model(["lead_id", "state", "outcome", "done_at", "channel"])
        since = self._fields["engagement_since"].to_sql(self, alias)
        return SQL(
            """(SELECT CASE WHEN %(show)s IS NULL THEN COUNT(*) < %(asked)s
                            ELSE COUNT(*) < %(show_touches)s
                                 OR COUNT(DISTINCT t.channel) < %(show_channels)s END
                  FROM lead_touch t
                 WHERE t.lead_id = %(lead)s AND t.state = 'done'
                   AND COALESCE(t.outcome, '') NOT IN %(in_vain)s
                   AND (%(since)s IS NULL OR t.done_at >= %(since)s))""",
            lead=SQL.identifier(alias, "id"),
            show=self._fields["trade_show_id"].to_sql(self, alias),
            since=since,
            asked=1 + perseverance._FOLLOW_UPS,
            show_touches=perseverance._SHOW_TOUCHES,
            show_channels=perseverance._SHOW_CHANNELS,
            in_vain=perseverance._IN_VAIN,
        )

    def _no_rule_sql(self, alias):
        self.env["lead.recycle"].flush_model(["lead_id", "reason"])
        return SQL(
            """EXISTS (SELECT FROM lead_recycle r
                        WHERE r.lead_id = %s AND r.reason = 'no_rule'
                          AND NOT EXISTS (SELECT FROM lead_recycle later
                                           WHERE later.lead_id = r.lead_id AND later.id > r.id))""",
            SQL.identifier(alias, "id"),
        )
