from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL

from ..tools.score_lines import limit_line, unexplained


class CrmLead(models.Model):
    """The lines that add up to a score: in SQL for the scorer, in words for people.

    A line is one answer or one rule; its points are whole numbers, so lines add up to the score.
    ``tools/decay.py`` says in Python what the statement computes.
    """

    _inherit = "crm.lead"  # pylint: disable=consider-merging-classes-inherited

    _WANTED = SQL("(SELECT ids FROM wanted)::int[]")  # the ids a statement of ours is about

    def _compute_score_breakdown(self):
        lines_by_lead = self._get_score_lines()
        for lead in self:
            lines = lines_by_lead.get(lead._origin.id) or [
                {"label": self.env._("Nothing known yet"), "points": 0}
            ]
            lead.score_breakdown = [
                {"label": line["label"], "points": line["points"]} for line in lines
            ]

    def _get_score_lines(self):
        """Give ``{lead id: lines}``, each lead's lines adding up to its stored score.

        A line is ``{label, points}`` with ``answer_id`` or ``rule_id`` where it has one. Limits are
        lines of their own; so is what facts that came after the scoring would change.
        """
        leads = self.filtered(lambda lead: isinstance(lead._origin.id, int)).sudo()
        if not leads:
            return {}
        lines_by_lead = self._get_scored_lines(leads._origin.ids)
        for lead in leads:
            lines = lines_by_lead.setdefault(lead._origin.id, [])
            rest = unexplained([line["points"] for line in lines], lead.score_total)
            if rest:
                label = (
                    self.env._("Changed since, being scored again")
                    if lead.score_id.is_stale
                    else self.env._("As last scored")
                )
                lines.append({"label": label, "points": rest})
        return lines_by_lead

    def _get_scored_lines(self, ids):
        """Give ``{lead id: lines}`` as of each lead's last scoring, with those of the limits."""
        rows = self.browse(ids)._execute_batch(
            SQL(
                """WITH %s SELECT batch.id, fit_max, engagement_max, is_fit, points, answer_id,
                                  rule_id, times
                             FROM batch LEFT JOIN line ON line.id = batch.id
                            ORDER BY batch.id, is_fit DESC, points DESC, answer_id, rule_id""",
                self._get_lines_sql(fields.Datetime.now(), ids, as_scored=True),
            )
        )
        label_by_answer, label_by_rule = self._get_line_labels(rows)
        lines_by_lead, limits = defaultdict(list), {}
        for lead_id, fit_max, engagement_max, is_fit, points, answer_id, rule_id, times in rows:
            limits[lead_id] = {True: fit_max, False: engagement_max}
            if points is None or (rule_id and not points):
                continue
            label = label_by_answer.get(answer_id) or label_by_rule.get(rule_id)
            if times > 1:
                label = self.env._("%(label)s (%(times)s times)", label=label, times=times)
            line = {"label": label, "points": points, "is_fit": is_fit}
            line.update({"answer_id": answer_id} if answer_id else {"rule_id": rule_id})
            lines_by_lead[lead_id].append(line)
        for lead_id, limit_by_part in limits.items():
            lines_by_lead[lead_id] += self._get_limit_lines(lines_by_lead[lead_id], limit_by_part)
        return lines_by_lead

    def _get_line_labels(self, rows):
        """Give ``({answer id: label}, {rule id: label})`` of all that ``rows`` name."""
        answers = self.env["lead.qualifier.answer"].sudo().with_context(show_qualifier=True)
        answers = answers.browse({row[5] for row in rows if row[5]})
        rules = self.env["lead.score.rule"].sudo().browse({row[6] for row in rows if row[6]})
        return (
            {answer.id: answer.display_name for answer in answers},
            {rule.id: rule.name for rule in rules},
        )

    def _get_limit_lines(self, lines, limit_by_part):
        """Give the lines that bring fit and engagement back between 0 and their limits."""
        names = {True: self.env._("Fit"), False: self.env._("Engagement")}
        found = []
        for is_fit, limit in limit_by_part.items():
            points = [line["points"] for line in lines if line["is_fit"] == is_fit]
            if surplus := limit_line(points, limit):
                label = self.env._(
                    "%(part)s counts from 0 to %(limit)s", part=names[is_fit], limit=limit
                )
                found.append({"label": label, "points": surplus, "is_fit": is_fit})
        return found

    def _get_lines_sql(self, now, ids, as_scored=False, fit=None):
        """Give the CTEs ``batch`` (the leads) and ``line`` (id, is_fit, points, what it is for).

        :param now: the moment as of which ages count.
        :param as_scored: count them as of each lead's last scoring, where there was one.
        :param fit: SELECT of the points of the fit rules; nothing given: a row a rule and lead.
        """
        return SQL(
            """%(batch)s, %(given)s,
            line AS (
                %(answers)s
                UNION ALL
                SELECT id, TRUE AS is_fit, points, NULL, rule_id, 1 FROM (%(fit)s) AS matched
                UNION ALL
                SELECT id, FALSE, points, NULL, rule_id, times FROM (%(events)s) AS happened
            )""",
            batch=self._get_batch_sql(now, ids, as_scored),
            given=self._get_given_sql(),
            answers=self._get_answer_lines_sql(),
            fit=fit or self.env["lead.score.rule"]._get_fit_sql(self._WANTED),
            events=self._get_event_lines_sql(self._get_event_rules_sql()),
        )

    def _get_batch_sql(self, now, ids, as_scored=False):
        """Give the CTE ``batch``: what scoring reads of each lead and of its company's settings.

        ``settings_id`` is the lead's company; without one a lead lives by the first company. Before
        it comes ``wanted``, one row with the array of ids: written once, and so that PostgreSQL
        need not weigh each of thousands of ids for each of the tables they are looked up in.
        """
        self.env["res.company"].flush_model()
        self.flush_model(
            [
                "company_id",
                "interest_ids",
                "engagement_since",
                "temperature",
                "lifecycle",
                "lifecycle_at",
                "won_status",
                "active",
                "not_a_buyer",
            ]
        )
        moment = SQL("%s::timestamp", now)
        if as_scored:
            moment = SQL(
                "COALESCE((SELECT scored_at FROM lead_score WHERE id = lead.id), %s)", moment
            )
        return SQL(
            """wanted AS MATERIALIZED (SELECT %(ids)s::int[] AS ids),
            batch AS (
                SELECT lead.id, %(moment)s AS moment,
                       lead.company_id, lead.engagement_since, lead.temperature,
                       lead.lifecycle, lead.lifecycle_at, lead.active, lead.won_status,
                       lead.not_a_buyer, lead.create_date,
                       company.id AS settings_id, company.lead_fit_max AS fit_max,
                       company.lead_engagement_max AS engagement_max,
                       company.lead_half_life_days AS half_life
                  FROM crm_lead AS lead
                  JOIN res_company AS company
                    ON company.id = COALESCE(lead.company_id, (SELECT MIN(id) FROM res_company))
                 WHERE lead.id = ANY(%(wanted)s)
            )""",
            moment=moment,
            ids=f"{{{','.join(map(str, ids))}}}",
            wanted=self._WANTED,
        )

    def _get_given_sql(self):
        """Give the CTEs ``asked`` (the qualifiers of each company) and ``given`` (valid answers).

        A company's own qualifier takes the place of the common one of its code.
        """
        self.env["lead.qualification"].flush_model()
        self.env["lead.qualifier"].flush_model()
        return SQL(
            """asked AS (
                SELECT DISTINCT ON (settings.id, qualifier.code)
                       settings.id AS settings_id, qualifier.id AS qualifier_id,
                       qualifier.valid_days
                  FROM (SELECT DISTINCT settings_id AS id FROM batch) AS settings
                  JOIN lead_qualifier AS qualifier
                    ON qualifier.active AND (qualifier.company_id IS NULL
                                             OR qualifier.company_id = settings.id)
                 ORDER BY settings.id, qualifier.code, qualifier.company_id NULLS LAST
            ),
            given AS (
                SELECT batch.id, given.qualifier_id, given.answer_id
                  FROM batch
                  JOIN lead_qualification AS given ON given.lead_id = batch.id
                  JOIN asked ON asked.qualifier_id = given.qualifier_id
                            AND asked.settings_id = batch.settings_id
                 WHERE given.lead_id = ANY(%(wanted)s)
                   AND (COALESCE(asked.valid_days, 0) = 0
                        OR given.answered_at + asked.valid_days * INTERVAL '1 day' > batch.moment)
            )""",
            wanted=self._WANTED,
        )

    def _get_answer_lines_sql(self):
        """Give the SELECT of the lines of answers: those given, and those an interest implies."""
        self.env["lead.qualifier.answer"].flush_model(["points", "is_implied_by_interest"])
        return SQL(
            """SELECT given.id, TRUE AS is_fit, answer.points, answer.id AS answer_id,
                      NULL::int AS rule_id, 1 AS times
                 FROM given JOIN lead_qualifier_answer AS answer ON answer.id = given.answer_id
               UNION ALL
               SELECT batch.id, TRUE, answer.points, answer.id, NULL, 1
                 FROM lead_qualifier_answer AS answer
                 JOIN asked ON asked.qualifier_id = answer.qualifier_id
                 JOIN batch ON batch.settings_id = asked.settings_id
                WHERE answer.is_implied_by_interest
                  AND batch.id IN (SELECT lead_id FROM crm_lead_lead_interest_rel
                                    WHERE lead_id = ANY(%(wanted)s))
                  AND NOT EXISTS (SELECT FROM given WHERE given.id = batch.id
                                     AND given.qualifier_id = answer.qualifier_id)""",
            wanted=self._WANTED,
        )

    def _get_event_lines_sql(self, rules):
        """Give the SELECT of (id, rule_id, points, times): what events come to, faded by age.

        :param rules: SQL of the engagement rules, with the columns of ``lead.score.rule``.
        """
        return SQL(
            """SELECT id, rule_id, COUNT(*) AS times,
                      FLOOR(ROUND(SUM(worth)::numeric, 6) + 0.5)::int AS points
                 FROM (%s) AS counted GROUP BY id, rule_id""",
            self._get_event_worth_sql(rules),
        )

    def _get_event_worth_sql(self, rules):
        """Give the SELECT of (id, rule_id, event_id, worth) of the events that count.

        Where only some of a kind do, those worth most: what a program did in a lead's place does
        not crowd out what the lead did.
        """
        self.env["lead.event"].flush_model()
        return SQL(
            """SELECT id, rule_id, event_id, worth
                 FROM (
                    SELECT id, rule_id, event_id, repeat_limit, worth,
                           ROW_NUMBER() OVER (PARTITION BY id, rule_id
                               ORDER BY ABS(worth) DESC, occurred_at DESC, event_id DESC) AS turn
                      FROM (
                        SELECT id, rule_id, repeat_limit, event_id, occurred_at,
                               points * weight * CASE WHEN half_life > 0
                                   THEN POWER(2::float, GREATEST(-age / half_life, -1000))
                                   ELSE 1 END AS worth
                          FROM (
                            SELECT batch.id, rule.id AS rule_id, rule.repeat_limit,
                                   event.id AS event_id, event.occurred_at,
                                   COALESCE(event.points, rule.points) AS points,
                                   %(weight)s AS weight,
                                   COALESCE(NULLIF(rule.half_life_days, 0), batch.half_life)
                                       AS half_life,
                                   GREATEST(0, FLOOR(EXTRACT(EPOCH FROM
                                       batch.moment - event.occurred_at) / 86400))::float AS age
                              FROM batch
                              JOIN lead_event AS event ON event.lead_id = batch.id
                              JOIN (%(rules)s) AS rule ON rule.event_kind = event.kind
                               AND (rule.company_id IS NULL
                                    OR rule.company_id = batch.settings_id)
                             WHERE event.lead_id = ANY(%(wanted)s)
                               AND event.occurred_at <= batch.moment + INTERVAL '1 day'
                               AND (batch.engagement_since IS NULL
                                    OR event.occurred_at >= batch.engagement_since)
                          ) AS occasion
                      ) AS valued
                  ) AS ranked
                 WHERE COALESCE(repeat_limit, 0) = 0 OR turn <= repeat_limit""",
            weight=self.env["lead.event"]._get_weight_sql(SQL("event.confidence")),
            rules=rules,
            wanted=self._WANTED,
        )

    def _get_event_worth(self):
        """Give ``{event id: points}`` that the events of these leads are worth now; one query."""
        leads = self.filtered(lambda lead: isinstance(lead._origin.id, int)).sudo()
        if not leads:
            return {}
        ids = leads._origin.ids
        rows = leads._execute_batch(
            SQL(
                "WITH %s SELECT event_id, SUM(worth) FROM (%s) AS counted GROUP BY event_id",
                self._get_batch_sql(fields.Datetime.now(), ids),
                self._get_event_worth_sql(self._get_event_rules_sql()),
            )
        )
        return dict(rows)

    def _get_event_rules_sql(self):
        self.env["lead.score.rule"].flush_model()
        return SQL(
            """SELECT id, event_kind, points, repeat_limit, half_life_days, company_id
                 FROM lead_score_rule WHERE active AND event_kind IS NOT NULL"""
        )
