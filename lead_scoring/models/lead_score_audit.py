from collections import defaultdict
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import audit
from ..tools.audit import Group, Tally, sum_tallies
from ..tools.smoothing import wilson_interval

_MONTHS_BY_PERIOD = {"3": 3, "12": 12, "all": None}


class Reason(NamedTuple):
    """What gives a lead points: a rule or an answer, as it stands today."""

    name: str
    points: float
    in_use: bool
    company_id: int | None  # only leads of this company can have it
    qualifier_id: int | None  # of an answer


class LeadScoreAudit(models.AbstractModel):
    """What the score was worth: closed leads by the score they had when they became qualified.

    Counted are the leads of the companies in use that were won or lost, archived ones too, each by
    its last qualification before it was closed: the score and its lines as kept in ``lead.event``
    at that moment, never those of today. Who was closed without having been qualified has no such
    score, and is counted beside. Rules and answers are compared like with like, see
    ``tools/audit.py``.

    The statements see what the user may see (the leads' record rules); a handful of queries for
    any number of leads.
    """

    _name = "lead.score.audit"
    _description = "Score Audit"

    @api.model
    def get_audit(self, period="12", team_id=False):
        """Give all the page shows, as numbers and codes; the page has the words.

        :param period: of closing, and of marking: the last ``3`` or ``12`` months, or ``all``. A
            lost lead without a date of closing is in ``all`` alone.
        :param team_id: the leads of this team alone.
        """
        self._check_manager()
        if period not in _MONTHS_BY_PERIOD:
            raise UserError(
                self.env._(
                    "The score audit knows no period “%s”.\n"
                    "Choose the last 3 or 12 months, or all the time.",
                    period,
                )
            )
        months = _MONTHS_BY_PERIOD[period]
        since = fields.Datetime.now() - relativedelta(months=months) if months else None
        leads = self._get_leads_domain(team_id)
        closed = self._get_closed_sql(leads, since)
        rows = self._count_closed(closed)
        reason_by_key = self._get_reasons()
        return {
            "since": fields.Date.to_string(since.date()) if since else False,
            "teams": self._get_teams(),
            "minimum": {
                "side": audit.MIN_SIDE,
                "outcome": audit.MIN_OUTCOME,
                "band": audit.MIN_BAND,
            },
            **self._get_scores(rows),
            **self._get_effects(rows, closed, reason_by_key),
            "marks": self._get_marks(leads, since, reason_by_key),
        }

    def _check_manager(self):
        if not self.env.user.has_group("sales_team.group_sale_manager"):
            raise AccessError(
                self.env._(
                    "The score audit is for sales managers, and you are not one of them.\n"
                    "Ask your administrator for the rights of a sales administrator."
                )
            )

    def _get_company_domain(self):
        return Domain("company_id", "in", [*self.env.companies.ids, False])

    def _get_leads_domain(self, team_id):
        domain = self._get_company_domain()
        return domain & Domain("team_id", "=", team_id) if team_id else domain

    def _get_teams(self):
        teams = self.env["crm.team"].search(self._get_company_domain())
        return [{"id": team.id, "name": team.display_name} for team in teams]

    @api.model
    def _select_leads(self, domain):
        """Give the SELECT of the leads, archived ones too, that the user may see."""
        leads = self.env["crm.lead"].with_context(active_test=False)
        leads.flush_model(["won_status", "date_closed", "company_id", "team_id", "active"])
        self.env["lead.event"].flush_model()
        query = leads._search(domain)
        return query.select(
            *(
                SQL("%s AS %s", SQL.identifier(query.table, name), SQL.identifier(name))
                for name in ("id", "company_id", "won_status", "date_closed")
            )
        )

    def _get_closed_sql(self, leads, since):
        """Give the CTE ``closed``: a row a lead, with ``score`` and ``event_id`` if qualified.

        The thresholds are those of today: those of then are not kept.
        """
        self.env["res.company"].flush_model(["lead_mql_threshold", "lead_hot_threshold"])
        domain = leads & Domain("won_status", "in", ("won", "lost"))
        if since:
            domain &= Domain("date_closed", ">=", since)
        return SQL(
            # by the score, not by its lines: a request alone qualifies a lead without a line
            """closed AS (
                SELECT lead.id, lead.company_id, lead.won_status = 'won' AS is_won,
                       qualified.id AS event_id, qualified.score,
                       company.lead_mql_threshold AS threshold,
                       company.lead_hot_threshold AS hot_threshold
                  FROM (%s) AS lead
                  JOIN res_company AS company
                    ON company.id = COALESCE(lead.company_id, (SELECT MIN(id) FROM res_company))
                  LEFT JOIN LATERAL (
                    SELECT event.id, event.score FROM lead_event AS event
                     WHERE event.lead_id = lead.id AND event.kind = 'lifecycle'
                       AND event.score IS NOT NULL
                       AND event.occurred_at <= COALESCE(lead.date_closed, 'infinity')
                     ORDER BY event.occurred_at DESC, event.id DESC LIMIT 1
                  ) AS qualified ON TRUE
            )""",
            self._select_leads(domain),
        )

    def _count_closed(self, closed):
        """Give rows of (company, threshold, score, is hot, leads, won); no score: not qualified."""
        return self.env.execute_query(
            SQL(
                """WITH %s
                SELECT company_id, threshold, score, score >= hot_threshold,
                       COUNT(*), COUNT(*) FILTER (WHERE is_won)
                  FROM closed GROUP BY 1, 2, 3, 4""",
                closed,
            )
        )

    def _get_scores(self, rows):
        """Give the win rates by band, of the hot ones, and of who never was qualified."""
        tally_by_score, hot, unqualified = defaultdict(Tally), Tally(), Tally()
        for _company_id, _threshold, score, is_hot, *counts in rows:
            tally = Tally(*counts)
            if score is None:
                unqualified = unqualified.plus(tally)
                continue
            tally_by_score[score] = tally_by_score[score].plus(tally)
            if is_hot:
                hot = hot.plus(tally)
        qualified = sum_tallies(tally_by_score.values())
        companies = self.env.companies
        top = max(company.lead_fit_max + company.lead_engagement_max for company in companies)
        return {
            "unqualified": self._format_tally(unqualified),
            "qualified": self._format_tally(qualified),
            "bands": [self._format_band(band) for band in audit.bands(tally_by_score, top)],
            "hot": self._format_hot(hot, qualified),
        }

    def _format_band(self, band):
        low, high = wilson_interval(band.tally.won, band.tally.leads)
        return {
            "from": band.low,
            "to": band.high,
            **self._format_tally(band.tally),
            "low": low,
            "high": high,
            "is_enough": band.tally.leads >= audit.MIN_BAND,
        }

    def _format_hot(self, hot, qualified):
        rest = qualified.minus(hot)
        thresholds = set(self.env.companies.mapped("lead_hot_threshold"))
        verdict = audit.verdict(hot, rest, 1)
        lift = None if verdict == "too_little" else audit.lift_over_all(hot, rest)
        return {
            "threshold": thresholds.pop() if len(thresholds) == 1 else False,
            **self._format_tally(hot),
            "lift": lift._asdict() if lift else False,
            "verdict": verdict,
        }

    @api.model
    def _format_tally(self, tally):
        return {"leads": tally.leads, "won": tally.won, "rate": tally.rate}

    def _get_reasons(self):
        """Give ``{(rule id, answer id): Reason}`` of the companies in use, archived rules too.

        One of the two ids is None.
        """
        domain = self._get_company_domain()
        rules = self.env["lead.score.rule"].with_context(active_test=False).search(domain)
        qualifiers = self.env["lead.qualifier"].with_context(active_test=False).search(domain)
        reason_by_key = {
            (rule.id, None): Reason(
                rule.name, rule.points, rule.active, rule.company_id.id or None, None
            )
            for rule in rules
        }
        for answer in qualifiers.answer_ids.with_context(show_qualifier=True):
            qualifier = answer.qualifier_id
            reason_by_key[None, answer.id] = Reason(
                answer.display_name,
                answer.points,
                qualifier.active,
                qualifier.company_id.id or None,
                qualifier.id,
            )
        return reason_by_key

    def _get_effects(self, rows, closed, reason_by_key):
        """Give the lift of each rule and answer, and the names of those no closed lead had.

        A rule or answer that is gone is taken as the leads' snapshots tell it, with the most points
        it gave, and added to ``reason_by_key``.
        """
        everyone = defaultdict(Tally)
        for company_id, threshold, score, _is_hot, *counts in rows:
            if score is not None:
                group = Group(company_id, threshold, score)
                everyone[group] = everyone[group].plus(Tally(*counts))
        had_by_key = self._get_had_by_key(closed, reason_by_key)
        return {
            "effects": [
                self._format_effect(key, reason_by_key, had_by_key, everyone) for key in had_by_key
            ],
            "unmatched": [
                reason.name
                for key, reason in reason_by_key.items()
                if reason.in_use and key not in had_by_key
            ],
        }

    def _get_had_by_key(self, closed, reason_by_key):
        """Give ``{key: {group: leads}}`` of the qualified leads that had a line of it."""
        rows = self.env.execute_query(
            SQL(
                """WITH %s
                SELECT (line->>'rule_id')::int, (line->>'answer_id')::int, MAX(line->>'label'),
                       closed.company_id, threshold, closed.score, (line->>'points')::int,
                       COUNT(*), COUNT(*) FILTER (WHERE is_won)
                  FROM closed
                  JOIN lead_event AS event ON event.id = closed.event_id
                  CROSS JOIN LATERAL jsonb_array_elements(event.snapshot) AS line
                 WHERE line->>'rule_id' IS NOT NULL OR line->>'answer_id' IS NOT NULL
                 GROUP BY 1, 2, 4, 5, 6, 7
                 ORDER BY ABS((line->>'points')::int) DESC, 4, 5, 6""",
                closed,
            )
        )
        had_by_key = defaultdict(dict)
        for rule_id, answer_id, label, company_id, threshold, score, points, leads, won in rows:
            key = rule_id, answer_id
            reason = reason_by_key.setdefault(key, Reason(label, points, False, None, None))
            if reason.company_id in (None, company_id):  # the lead may have moved since
                group = Group(company_id, threshold, score, points)
                had_by_key[key][group] = Tally(leads, won)
        return had_by_key

    def _format_effect(self, key, reason_by_key, had_by_key, everyone):
        reason = reason_by_key[key]
        if reason.company_id:
            everyone = {
                group: tally
                for group, tally in everyone.items()
                if group.company == reason.company_id
            }
        usual = self._get_usual_points(key, reason_by_key, had_by_key, everyone)
        had, had_not = audit.compare(had_by_key[key], everyone, reason.points, usual)
        expected = audit.expected_direction(reason.points, usual)
        verdict = audit.verdict(had, had_not, expected)
        lift = None if verdict == "too_little" else audit.lift(had, had_not)
        return {
            "rule_id": key[0] or False,
            "answer_id": key[1] or False,
            "name": reason.name,
            "points": reason.points,
            "usual": usual,
            "in_use": reason.in_use,
            "all": self._format_tally(sum_tallies(had_by_key[key].values())),
            "had": self._format_tally(had),
            "had_not": self._format_tally(had_not),
            "lift": lift._asdict() if lift else False,
            "expected": expected,
            "verdict": verdict,
        }

    def _get_usual_points(self, key, reason_by_key, had_by_key, everyone):
        """Give what leads without this answer got for the same question on average, by today."""
        qualifier_id = reason_by_key[key].qualifier_id
        others = sum_tallies(everyone.values()).minus(sum_tallies(had_by_key[key].values()))
        if not qualifier_id or not others.leads:
            return 0.0
        points = sum(
            reason_by_key[other].points * tally.leads
            for other, had in had_by_key.items()
            if other != key and reason_by_key[other].qualifier_id == qualifier_id
            for tally in had.values()
        )
        return points / others.leads
