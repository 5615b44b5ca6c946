import logging
from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ..tools.score_lines import limit_line, temperature, unexplained

_logger = logging.getLogger(__name__)

_LOOP_LIMIT = 20  # leads; below it nothing is gained by telling PostgreSQL how to join
_SCORE_BATCH = 5000  # leads a statement; 100,000 leads take seconds in batches of this size


class CrmLead(models.Model):
    """The scorer: every line of every lead of a batch in one statement, and what follows from it.

    A line is one answer or one rule; its points are whole numbers, so lines add up to the score.
    ``tools/decay.py`` says in Python what the statement computes.
    """

    # one idea a file, though all of them extend the lead
    _inherit = "crm.lead"  # pylint: disable=consider-merging-classes-inherited

    # what scoring writes, and what follows in the same breath
    _SCORER_COLUMNS = frozenset(
        {"temperature", "lifecycle", "lifecycle_at", "mql_at", "sql_at", "waiting_reason"}
    )

    def _compute_score_breakdown(self):
        lines_by_lead = self._get_score_lines()
        for lead in self:
            lines = lines_by_lead.get(lead._origin.id) or [
                {"label": self.env._("Nothing known yet"), "points": 0}
            ]
            lead.score_breakdown = [
                {"label": line["label"], "points": line["points"]} for line in lines
            ]

    @api.model
    def _cron_score_leads(self):
        """Score the leads whose facts or rules have changed, a batch a transaction."""
        scores, cron = self.env["lead.score"], self.env["ir.cron"]
        cron._commit_progress(remaining=scores.search_count([("is_stale", "=", True)]))
        last_id = 0
        while batch := scores.search(
            [("is_stale", "=", True), ("id", ">", last_id)], order="id", limit=_SCORE_BATCH
        ):
            last_id = batch[-1].id
            self.browse(batch.try_lock_for_update().ids)._score_or_leave(SQL("TRUE"))
            if not cron._commit_progress(len(batch)):
                break  # out of time: the scheduler calls again

    @api.model
    def _cron_fade_scores(self):
        """Let the scores of all open leads fade; only rows that differ are written."""
        cron = self.env["ir.cron"]
        last_id = 0
        differs = SQL(
            """(kept.fit, kept.engagement) IS DISTINCT FROM
               (EXCLUDED.fit, EXCLUDED.engagement) OR kept.is_stale"""
        )
        while batch := self.search(
            [("id", ">", last_id), ("won_status", "=", "pending")], order="id", limit=_SCORE_BATCH
        ):
            last_id = batch[-1].id
            batch._score_or_leave(differs)
            if not cron._commit_progress(len(batch)):
                break

    def _score_or_leave(self, touch):
        """Score one batch of a cron; what fails is logged, left as it is, and met again."""
        if not self:
            return
        try:
            with self.env.cr.savepoint():
                self._score_batch(fields.Datetime.now(), touch)
        except Exception:
            _logger.exception("Scoring failed, left for the next run: %s", self)

    def _update_scores(self):
        """Score these leads as of now, and write what follows: temperature and qualification.

        Any number of leads, archived ones too; a fixed number of queries a batch of 5,000.
        Facts and rules are read as they are now, by anyone: scoring sees past record rules.
        """
        now = fields.Datetime.now()
        ids = sorted({lead_id for lead_id in self._ids if lead_id and isinstance(lead_id, int)})
        for batch_ids in split_every(_SCORE_BATCH, ids):
            self.browse(batch_ids)._score_batch(now, SQL("TRUE"))

    def _score_batch(self, now, touch):
        """Score one batch in one statement, then write through the ORM what has changed.

        :param touch: SQL on ``kept`` (the row there is) and ``EXCLUDED`` (the new one): which
            rows that are there are written again.
        """
        lines = self._get_lines_sql(now, self._ids)
        rows = self._execute_batch(
            SQL(
                """WITH %(lines)s,
                sums AS (
                    SELECT batch.id,
                        LEAST(GREATEST(COALESCE(SUM(points) FILTER (WHERE is_fit), 0), 0),
                              fit_max)::int AS fit,
                        LEAST(GREATEST(COALESCE(SUM(points) FILTER (WHERE NOT is_fit), 0), 0),
                              engagement_max)::int AS engagement
                      FROM batch LEFT JOIN line ON line.id = batch.id
                     GROUP BY batch.id, fit_max, engagement_max
                ),
                saved AS (
                    INSERT INTO lead_score AS kept (id, fit, engagement, total, scored_at, is_stale)
                    SELECT id, fit, engagement, fit + engagement, %(now)s, FALSE FROM sums
                        ON CONFLICT (id) DO UPDATE
                       SET fit = EXCLUDED.fit, engagement = EXCLUDED.engagement,
                           total = EXCLUDED.total, scored_at = EXCLUDED.scored_at, is_stale = FALSE
                     WHERE %(touch)s
                ),
                news AS (%(news)s),
                judged AS (
                    SELECT lead.id, lead.temperature AS old,
                        CASE WHEN fit + engagement >= company.lead_hot_threshold THEN 'hot'
                             WHEN fit + engagement >= company.lead_warm_threshold THEN 'warm'
                             ELSE 'cold' END AS new,
                        COALESCE(%(qualifies)s, FALSE) AS qualifies
                      FROM sums
                      JOIN batch AS lead ON lead.id = sums.id
                      JOIN res_company AS company ON company.id = lead.settings_id
                      LEFT JOIN news ON news.lead_id = lead.id
                )
                SELECT id, new, qualifies FROM judged
                 WHERE old IS DISTINCT FROM new OR qualifies ORDER BY id""",
                lines=lines,
                now=now,
                touch=touch,
                news=self._get_news_sql(now, SQL("%s", list(self._ids))),
                qualifies=self._get_qualifies_sql(),
            )
        )
        self._forget_scores()
        ids_by_change = defaultdict(list)
        for lead_id, band, qualifies in rows:
            ids_by_change[band, qualifies].append(lead_id)
        changed = self.sudo()  # the score is not the user's to write, whoever's act changed it
        for (band, qualifies), ids in ids_by_change.items():
            vals = {"temperature": band}
            if qualifies:
                vals["lifecycle"] = "mql"
            changed.browse(ids).with_context(lead_same_values=True)._write_same(vals)
        if any(qualifies for _band, qualifies in ids_by_change):
            self._trigger_offering()

    def _execute_batch(self, query):
        """Run ``query`` on this batch; many leads are joined by hashing.

        Where the tables' statistics are old (a first import), PostgreSQL expects a handful of rows
        and loops within loops: minutes instead of a tenth of a second for 1,000 leads.
        """
        if len(self) <= _LOOP_LIMIT:
            return self.env.execute_query(query)
        self.env.cr.execute("SET LOCAL enable_nestloop TO off; SET LOCAL jit TO off")
        rows = self.env.execute_query(query)
        self.env.cr.execute("SET LOCAL enable_nestloop TO DEFAULT; SET LOCAL jit TO DEFAULT")
        return rows

    def _write_same(self, vals):
        """Write ``vals`` on all these leads, and flush them in one statement instead of many."""
        self.write(vals)
        self.flush_recordset(list(vals))

    def _write_multi(self, vals_list):
        """Write rows with the same values in one UPDATE where the scorer asks for it.

        The ORM sends a hundred rows a statement, each with its own values.
        """
        same = self.env.context.get("lead_same_values") and len(self) > 1
        plain = self._SCORER_COLUMNS | {"write_uid", "write_date"}
        if not same or not all(set(vals) <= plain for vals in vals_list):
            return super()._write_multi(vals_list)
        ids_by_vals = defaultdict(list)
        for lead, vals in zip(self, vals_list, strict=True):
            ids_by_vals[tuple(sorted(vals.items()))].append(lead.id)
        for items, ids in ids_by_vals.items():
            vals = {"write_uid": self.env.uid, "write_date": self.env.cr.now(), **dict(items)}
            self.env.execute_query(
                SQL(
                    "UPDATE crm_lead SET %s WHERE id = ANY(%s) RETURNING 1",
                    SQL(", ").join(
                        SQL("%s = %s", SQL.identifier(name), value) for name, value in vals.items()
                    ),
                    ids,
                )
            )
        return None

    def _forget_scores(self):
        """Drop cached scores, which a statement has just changed behind the ORM's back."""
        self.env["lead.score"].browse(self._ids).invalidate_recordset(flush=False)
        self.invalidate_recordset(
            ["score_fit", "score_engagement", "score_total", "scored_at", "score_breakdown"],
            flush=False,
        )

    def _get_lines_sql(self, now, ids, as_scored=False):
        """Give the CTEs ``batch`` (the leads) and ``line`` (id, is_fit, points, what it is for).

        :param now: the moment as of which ages count.
        :param as_scored: count them as of each lead's last scoring, where there was one.
        """
        moment = SQL("%s::timestamp", now)
        if as_scored:
            moment = SQL(
                "COALESCE((SELECT scored_at FROM lead_score WHERE id = lead.id), %s)", moment
            )
        self.env["lead.qualification"].flush_model()
        self.env["lead.qualifier.answer"].flush_model(["points", "is_implied_by_interest"])
        self.env["lead.qualifier"].flush_model(["valid_days", "active"])
        self.env["lead.event"].flush_model()
        self.env["lead.score.rule"].flush_model()
        self.env["res.company"].flush_model()
        self.env["crm.lead"].flush_model(
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
        nothing = SQL(
            "SELECT NULL::int AS id, NULL::int AS rule_id, NULL::int AS points WHERE FALSE"
        )
        fit_rules = self.env["lead.score.rule"]._get_fit_parts(ids) or [nothing]
        return SQL(
            """batch AS (
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
                 WHERE lead.id = ANY(%(ids)s)
            ),
            given AS (
                SELECT batch.id, given.qualifier_id, given.answer_id
                  FROM batch
                  JOIN lead_qualification AS given ON given.lead_id = batch.id
                  JOIN lead_qualifier AS qualifier ON qualifier.id = given.qualifier_id
                 WHERE qualifier.active AND given.lead_id = ANY(%(ids)s)
                   AND (COALESCE(qualifier.valid_days, 0) = 0
                        OR given.answered_at + qualifier.valid_days * INTERVAL '1 day'
                           > batch.moment)
            ),
            line AS (
                SELECT given.id, TRUE AS is_fit, answer.points, answer.id AS answer_id,
                       NULL::int AS rule_id, 1 AS times
                  FROM given JOIN lead_qualifier_answer AS answer ON answer.id = given.answer_id
                UNION ALL
                SELECT batch.id, TRUE, answer.points, answer.id, NULL, 1
                  FROM lead_qualifier_answer AS answer
                  JOIN lead_qualifier AS qualifier ON qualifier.id = answer.qualifier_id
                  JOIN batch ON qualifier.company_id IS NULL
                             OR qualifier.company_id = batch.company_id
                 WHERE answer.is_implied_by_interest AND qualifier.active
                   AND batch.id IN (SELECT lead_id FROM crm_lead_lead_interest_rel
                                     WHERE lead_id = ANY(%(ids)s))
                   AND NOT EXISTS (SELECT FROM given WHERE given.id = batch.id
                                      AND given.qualifier_id = answer.qualifier_id)
                UNION ALL
                SELECT id, TRUE, points, NULL, rule_id, 1 FROM (%(fit_rules)s) AS matched
                UNION ALL
                SELECT id, FALSE,
                       FLOOR(ROUND(SUM(points * CASE WHEN half_life > 0
                             THEN POWER(2::float, -age / half_life) ELSE 1 END)::numeric, 6)
                             + 0.5)::int,
                       NULL, rule_id, COUNT(*)
                  FROM (
                    SELECT batch.id, rule.id AS rule_id, rule.points, rule.repeat_limit,
                           COALESCE(NULLIF(rule.half_life_days, 0), batch.half_life) AS half_life,
                           GREATEST(0, FLOOR(EXTRACT(EPOCH FROM
                               batch.moment - event.occurred_at) / 86400))::float AS age,
                           ROW_NUMBER() OVER (PARTITION BY batch.id, rule.id
                               ORDER BY event.occurred_at DESC, event.id DESC) AS turn
                      FROM batch
                      JOIN lead_event AS event ON event.lead_id = batch.id
                      JOIN lead_score_rule AS rule ON rule.event_kind = event.kind AND rule.active
                       AND (rule.company_id IS NULL OR rule.company_id = batch.company_id)
                     WHERE event.lead_id = ANY(%(ids)s)
                       AND event.occurred_at <= batch.moment + INTERVAL '1 day'
                       AND (batch.engagement_since IS NULL
                            OR event.occurred_at >= batch.engagement_since)
                  ) AS happened
                 WHERE COALESCE(repeat_limit, 0) = 0 OR turn <= repeat_limit
                 GROUP BY id, rule_id
            )""",
            ids=list(ids),
            moment=moment,
            fit_rules=SQL(" UNION ALL ").join(fit_rules),
        )

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

    @api.model
    def _preview_fit(self, change_by_id):
        """Count the moves between temperatures that changes of fit would make.

        :param change_by_id: ``{lead id: points of fit more or less}``
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
            rest = engagement + limit_line([engagement], engagement_max)
            old, new = (
                temperature(points + limit_line([points], fit_max) + rest, warm, hot)
                for points in (fit, fit + change_by_id[lead_id])
            )
            if old != new:
                moves[old, new] += 1
        return moves

    def _get_scored_lines(self, ids):
        """Give ``{lead id: lines}`` as of each lead's last scoring, with those of the limits."""
        now = fields.Datetime.now()
        rows = self.browse(ids)._execute_batch(
            SQL(
                """WITH %s SELECT batch.id, fit_max, engagement_max, is_fit, points, answer_id,
                                  rule_id, times
                             FROM batch LEFT JOIN line ON line.id = batch.id
                            ORDER BY batch.id, is_fit DESC, points DESC, answer_id, rule_id""",
                self._get_lines_sql(now, ids, as_scored=True),
            )
        )
        answers = self.env["lead.qualifier.answer"].sudo().with_context(show_qualifier=True)
        answers = answers.browse({row[5] for row in rows if row[5]})
        rules = self.env["lead.score.rule"].sudo().browse({row[6] for row in rows if row[6]})
        label_by_answer = {answer.id: answer.display_name for answer in answers}
        label_by_rule = {rule.id: rule.name for rule in rules}
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
            for is_fit, limit in limit_by_part.items():
                points = [
                    line["points"] for line in lines_by_lead[lead_id] if line["is_fit"] == is_fit
                ]
                if surplus := limit_line(points, limit):
                    name = self.env._("Fit") if is_fit else self.env._("Engagement")
                    label = self.env._(
                        "%(part)s counts from 0 to %(limit)s", part=name, limit=limit
                    )
                    lines_by_lead[lead_id].append(
                        {"label": label, "points": surplus, "is_fit": is_fit}
                    )
        return lines_by_lead
