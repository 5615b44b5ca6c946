from odoo import fields, models
from odoo.tools import SQL


def _get_earliest(fname, leads):
    return min(filter(None, leads.mapped(fname)), default=False)


class CrmLead(models.Model):
    """What of ours moves along when leads are merged."""

    _inherit = "crm.lead"  # pylint: disable=consider-merging-classes-inherited

    # how far along a lead is; a merged lead keeps the furthest
    _LIFECYCLE_RANK = ("disqualified", "inquiry", "nurture", "mql", "sql", "customer")
    # moments of which a merged lead keeps the earliest; others may add theirs
    _MERGE_EARLIEST = ("mql_at", "sql_at")

    def _merge_get_fields_specific(self):
        return {
            **super()._merge_get_fields_specific(),
            "interest_ids": lambda fname, leads: leads.mapped("interest_ids"),
            "lifecycle": lambda fname, leads: max(
                leads.mapped("lifecycle"),
                key=lambda state: self._LIFECYCLE_RANK.index(state or "inquiry"),
            ),
            **dict.fromkeys(self._MERGE_EARLIEST, _get_earliest),
        }

    def _merge_get_fields(self):
        return [*super()._merge_get_fields(), "not_a_buyer"]

    def _merge_opportunity(self, user_id=False, team_id=False, auto_unlink=True, max_length=5):
        merging = self.with_context(lead_merge_given={"user_id": user_id, "team_id": team_id})
        merged = super(CrmLead, merging)._merge_opportunity(
            user_id=user_id, team_id=team_id, auto_unlink=auto_unlink, max_length=max_length
        )
        return merged.with_env(self.env)

    def _merge_data(self, fnames=None):
        """Leave out what the head has already: writing it would score the lead for nothing.

        Or, of its company, look through all that hangs on the lead for nothing. The company stays
        in where Odoo would decide on it anew by salesperson, team or contact.
        """
        data = super()._merge_data(fnames)
        head = self[:1]
        for fname in ("interest_ids", "lifecycle", "not_a_buyer"):
            if fname in data and data[fname] == head[fname]:
                del data[fname]
        given = self.env.context.get("lead_merge_given", {})
        deciding = ("company_id", "user_id", "team_id", "partner_id")
        if (
            all((given.get(fname) or data.get(fname)) == head[fname].id for fname in deciding)
            and head._keeps_company()
        ):
            del data["company_id"]
        for fname in self._MERGE_EARLIEST:
            if fname in data and not data[fname]:
                del data[fname]  # what the head has come to by the merge stays dated so
        return data

    def _keeps_company(self):
        """Tell whether Odoo, left to work out this lead's company, comes to the one it has."""
        company, user, of_team = self.company_id, self.user_id, self.team_id.company_id
        if not company:
            return not (user or of_team or self.partner_id.company_id)
        return (of_team == company or (user and not of_team)) and (
            not user or company in user.company_ids
        )

    def _merge_dependences(self, opportunities):
        """Move events and hand-overs, and the answers this lead has none to; score it anew.

        One statement a merge, and nothing more where there is nothing to move: merging is on
        Odoo's own way of assigning leads.
        """
        result = super()._merge_dependences(opportunities)
        models_moved = ("lead.event", "lead.handover", "lead.qualification")
        for model in models_moved:
            self.env[model].flush_model()
        if self.env.execute_query(self._get_move_sql(opportunities)):
            for model in models_moved:
                self.env[model].invalidate_model(flush=False)
            (self | opportunities).invalidate_recordset(
                ["event_ids", "handover_ids", "qualification_ids"], flush=False
            )
            self._update_scores()
        return result

    def _get_move_sql(self, opportunities):
        """Give the statement that moves what is ours to this lead; a row for each that moves.

        An open offer of a lead that is merged away has expired; of two answers the latest stays.
        """
        return SQL(
            """WITH events AS (
                UPDATE lead_event SET lead_id = %(head)s WHERE lead_id = ANY(%(tail)s)
                RETURNING 1
            ), handovers AS (
                UPDATE lead_handover
                   SET lead_id = %(head)s,
                       answered_at = CASE state WHEN 'offered' THEN %(now)s
                                                ELSE answered_at END,
                       state = CASE state WHEN 'offered' THEN 'expired' ELSE state END
                 WHERE lead_id = ANY(%(tail)s) RETURNING 1
            ), newer AS (
                UPDATE lead_qualification AS own
                   SET answer_id = given.answer_id, answered_at = given.answered_at,
                       user_id = given.user_id, source = given.source
                  FROM (SELECT DISTINCT ON (qualifier_id) * FROM lead_qualification
                         WHERE lead_id = ANY(%(tail)s)
                         ORDER BY qualifier_id, answered_at DESC, id DESC) AS given
                 WHERE own.lead_id = %(head)s AND own.qualifier_id = given.qualifier_id
                   AND own.answered_at < given.answered_at RETURNING 1
            ), answers AS (
                UPDATE lead_qualification SET lead_id = %(head)s WHERE id IN (
                    SELECT DISTINCT ON (qualifier_id) id FROM lead_qualification AS given
                     WHERE lead_id = ANY(%(tail)s) AND NOT EXISTS (
                        SELECT FROM lead_qualification AS own
                         WHERE own.lead_id = %(head)s
                           AND own.qualifier_id = given.qualifier_id)
                     ORDER BY qualifier_id, answered_at DESC, id DESC) RETURNING 1
            )
            SELECT 1 FROM events UNION ALL SELECT 1 FROM handovers
            UNION ALL SELECT 1 FROM newer UNION ALL SELECT 1 FROM answers""",
            head=self.id,
            tail=list(opportunities.ids),
            now=fields.Datetime.now(),
        )
