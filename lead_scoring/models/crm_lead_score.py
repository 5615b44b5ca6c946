import logging
from collections import defaultdict
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL, split_every

_logger = logging.getLogger(__name__)

_LOOP_LIMIT = 20  # leads; below it nothing is gained by telling PostgreSQL how to join
_SOON = timedelta(minutes=1)
_SCORE_BATCH = 5000  # leads a statement; 100,000 leads take seconds in batches of this size


class CrmLead(models.Model):
    """The scorer: a batch of leads in one statement, and what follows from the new scores."""

    # one idea a file, though all of them extend the lead
    _inherit = "crm.lead"  # pylint: disable=consider-merging-classes-inherited

    # what scoring writes, and what follows in the same breath
    _SCORER_COLUMNS = frozenset(
        {"temperature", "lifecycle", "lifecycle_at", "mql_at", "sql_at", "waiting_reason"}
    )

    @api.model
    def _cron_score_leads(self):
        """Score the leads whose facts or rules have changed, a batch a transaction."""
        scores, cron = self.env["lead.score"], self.env["ir.cron"]
        cron._commit_progress(remaining=scores.search_count([("is_stale", "=", True)]))
        last_id, is_left = 0, False
        while batch := scores.search(
            [("is_stale", "=", True), ("id", ">", last_id)], order="id", limit=_SCORE_BATCH
        ):
            last_id = batch[-1].id
            free = batch.try_lock_for_update()
            is_left |= not self.browse(free.ids)._score_or_leave(SQL("TRUE")) or free != batch
            scores._tell_progress()
            if not cron._commit_progress(len(batch)):
                break  # out of time: the scheduler calls again
        if is_left:  # whoever is at work on them will not ask again
            scores._trigger_scoring(fields.Datetime.now() + _SOON)

    @api.model
    def _cron_fade_scores(self):
        """Let the scores of all open leads fade; only rows that differ are written."""
        cron = self.env["ir.cron"]
        last_id = 0
        differs = SQL(
            """(kept.fit, kept.engagement) IS DISTINCT FROM
               (fresh.fit, fresh.engagement) OR kept.is_stale"""
        )
        while batch := self.search(
            [("id", ">", last_id), ("won_status", "=", "pending")], order="id", limit=_SCORE_BATCH
        ):
            last_id = batch[-1].id
            batch._score_or_leave(differs)
            if not cron._commit_progress(len(batch)):
                break

    def _score_or_leave(self, touch):
        """Score one batch of a cron; what meets another's write is tried once more.

        :return: False where it met one again.
        """
        if not self or self._try_to_score(touch):
            return True
        self.env["ir.cron"]._commit_progress()  # the next try sees what they wrote
        return self._try_to_score(touch)

    def _try_to_score(self, touch):
        """Say whether to go on: what fails is logged, left as it is, and met again."""
        try:
            with self.env.cr.savepoint():
                self._score_batch(fields.Datetime.now(), touch)
        except psycopg2.OperationalError:
            _logger.info("Others were at work on some of %s", self)
            return False
        except Exception:
            _logger.exception("Scoring failed, left for the next run: %s", self)
        return True

    def _update_scores(self):
        """Score these leads as of now, and write what follows: temperature and qualification.

        Any number of leads, archived ones too; a fixed number of queries a batch of 5,000.
        Facts and rules are read as they are now, by anyone: scoring sees past record rules.
        """
        now = fields.Datetime.now()
        ids = sorted({lead_id for lead_id in self._ids if lead_id and isinstance(lead_id, int)})
        for batch_ids in split_every(_SCORE_BATCH, ids):
            self.browse(batch_ids)._score_batch(now, SQL("TRUE"))

    def _score_first(self):
        """Score new leads; those no rule has points for get a score of zero, at no cost.

        What may have points is what the rules read; see ``lead.score.rule._filter_asked``. A
        program that adds to what it makes, and scores it then, says ``lead_score_later`` in the
        context; nobody else may leave a lead without its row.
        """
        if self.env.su and self.env.context.get("lead_score_later"):
            return
        asked = self.env["lead.score.rule"]._filter_asked(self)
        asked._update_scores()
        if rest := self - asked:
            self.env["lead.score"]._insert_zero(rest)
            self.env["lead.segment"]._refresh_written(rest._ids)

    def _score_batch(self, now, touch):
        """Score one batch in one statement, then write through the ORM what has changed.

        :param touch: SQL on ``kept`` (the row there is) and ``fresh`` (the new one): which rows
            that are there are written again.
        """
        segments = self.env["lead.segment"]
        segments._refresh_leads(self._ids, after_score=False)
        rows = self._execute_batch(self._get_score_sql(now, touch))
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
        segments._refresh_leads(self._ids, after_score=True)
        if any(qualifies for _band, qualifies in ids_by_change):
            self._trigger_offering()

    def _get_score_sql(self, now, touch):
        """Give the statement that scores this batch and says what is to be written after it.

        Its rows are (lead id, temperature, whether it becomes ``mql``), of leads that change. A row
        that is not written is not locked either, as ON CONFLICT would.
        """
        return SQL(
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
            kept AS (
                UPDATE lead_score AS kept
                   SET fit = fresh.fit, engagement = fresh.engagement,
                       total = fresh.fit + fresh.engagement, scored_at = %(now)s, is_stale = FALSE
                  FROM sums AS fresh
                 WHERE kept.id = fresh.id AND kept.id = ANY(%(wanted)s) AND (%(touch)s)
            ),
            added AS (
                INSERT INTO lead_score (id, fit, engagement, total, scored_at, is_stale)
                SELECT id, fit, engagement, fit + engagement, %(now)s, FALSE FROM sums
                 WHERE id NOT IN (SELECT id FROM lead_score WHERE id = ANY(%(wanted)s))
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
            lines=self._get_lines_sql(
                now,
                self._ids,
                fit=self.env["lead.score.rule"]._get_fit_sum_sql(self._WANTED),
            ),
            now=now,
            wanted=self._WANTED,
            touch=touch,
            news=self._get_news_sql(now, self._WANTED),
            qualifies=self._get_qualifies_sql(),
        )

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
