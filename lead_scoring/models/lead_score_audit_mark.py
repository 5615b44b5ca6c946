from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

_WORDS_LIMIT = 10  # the latest words on the page; all of them are in the leads' history
_REASONS_LIMIT = 10  # rules and answers that marked leads had most


class LeadScoreAudit(models.AbstractModel):
    """What the salespeople say of the score: their marks “this is wrong”.

    Counted are leads, open ones too; of several marks of one person on one lead the last one.
    """

    _inherit = "lead.score.audit"

    def _get_marks(self, leads, since, reason_by_key):
        """Give the marked leads, the rules and answers they had then, and the latest words."""
        count_by_kind, row_by_key = {}, {}
        for kind, rule_id, answer_id, label, count in self._count_marks(leads, since):
            if label is None:
                count_by_kind[kind] = count
                continue
            reason = reason_by_key.get((rule_id, answer_id))
            row = row_by_key.setdefault(
                (rule_id, answer_id),
                {"name": reason.name if reason else label, "too_high": 0, "too_low": 0},
            )
            row[kind.removeprefix("score_")] = count
        reasons = list(row_by_key.values())
        reasons.sort(key=lambda row: (-row["too_high"] - row["too_low"], row["name"]))
        return {
            "too_high": count_by_kind.get("score_too_high", 0),
            "too_low": count_by_kind.get("score_too_low", 0),
            "reasons": reasons[:_REASONS_LIMIT],
            "words": self._get_words(leads, since),
        }

    def _count_marks(self, leads, since):
        """Give rows of (kind, rule, answer, its label, leads); those without a label count all."""
        return self.env.execute_query(
            SQL(
                """WITH mark AS (
                    SELECT DISTINCT ON (lead_id, user_id) lead_id, kind, snapshot
                      FROM lead_event
                     WHERE kind IN ('score_too_high', 'score_too_low')
                       AND (%(since)s::timestamp IS NULL OR occurred_at >= %(since)s)
                       AND lead_id IN (SELECT id FROM (%(leads)s) AS lead)
                     ORDER BY lead_id, user_id, occurred_at DESC, id DESC
                )
                SELECT kind, NULL::int, NULL::int, NULL, COUNT(DISTINCT lead_id)
                  FROM mark GROUP BY kind
                UNION ALL
                SELECT kind, (line->>'rule_id')::int, (line->>'answer_id')::int,
                       MAX(line->>'label'), COUNT(DISTINCT lead_id)
                  FROM mark CROSS JOIN LATERAL jsonb_array_elements(snapshot) AS line
                 WHERE line->>'rule_id' IS NOT NULL OR line->>'answer_id' IS NOT NULL
                 GROUP BY 1, 2, 3""",
                since=since,
                leads=self._select_leads(leads),
            )
        )

    def _get_words(self, leads, since):
        """Give what was said, the latest first."""
        marks = self.env["lead.event"]
        domain = Domain("kind", "in", marks._MARK_KINDS) & Domain("note", "!=", False)
        if since:
            domain &= Domain("occurred_at", ">=", since)
        in_leads = self.env["crm.lead"].with_context(active_test=False)._search(leads)
        domain &= Domain("lead_id", "in", in_leads)
        return [
            {
                "id": mark.id,
                "lead_id": mark.lead_id.id,
                "lead": mark.lead_id.display_name,
                "user": mark.user_id.name or "",
                "at": mark.occurred_at.isoformat(sep=" ", timespec="seconds"),
                "kind": mark.kind,
                "score": mark.score,
                "word": mark.note,
            }
            for mark in marks.search(domain, limit=_WORDS_LIMIT)
        ]
