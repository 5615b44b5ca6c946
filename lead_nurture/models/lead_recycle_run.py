import logging
from datetime import datetime

from dateutil.relativedelta import relativedelta
from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

# Why a track may not take somebody today, and still may another day.
_PASSING = frozenset({"in_cadence", "entry_error", "entry_condition", "no_track", "failed"})


class LeadRecycle(models.Model):
    """The daily run: who has rested enough enters the track of his rule, who was silent leaves.

    What stands in the way for good ends the row and says why; what may pass (a salesperson's
    cadence, a broken track) leaves it due, to be tried again.
    """

    _inherit = "lead.recycle"

    _CRON_BATCH = 500  # rows a transaction

    @api.model
    def _cron_recycle(self):
        """End the tracks that have gone on long enough; let those who are due enter theirs."""
        cron = self.env["ir.cron"]
        runs = self._get_runs()
        cron._commit_progress(remaining=self.search_count(Domain.OR(part for part, _run in runs)))
        for domain, run in runs:
            if not self._run_batches(domain, run):
                return

    @api.model
    def _get_runs(self):
        """Return ``[(domain, method)]``: whose track is over ends first, then who is due enters."""
        today = fields.Date.today()
        over = Domain("state", "=", "track") & Domain("track_until", "<=", today)
        due = Domain("state", "in", ("resting", "due")) & Domain("rest_until", "<=", today)
        return [(over, LeadRecycle._give_up), (due, LeadRecycle._enter)]

    @api.model
    def _run_batches(self, domain, run):
        """Do ``run`` for what ``domain`` finds, a batch a transaction; False: out of time."""
        last_id = 0
        while batch := self.search(
            domain & Domain("id", ">", last_id), order="id", limit=self._CRON_BATCH
        ):
            last_id = batch[-1].id
            batch.try_lock_for_update().filtered_domain(domain)._run_apart(run)
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                return False
        return True

    def _run_apart(self, run):
        """Do ``run`` for these; where one fails the others go on, and it says so."""
        try:
            with self.env.cr.savepoint():
                run(self)
        except OperationalError:
            raise  # two transactions met: the scheduler tries again
        except Exception:
            if len(self) == 1:
                _logger.exception("Recycling failed: %s", self)
                self.reason = "failed"
                return
            for row in self:
                row._run_apart(run)

    def _give_up(self):
        """End the tracks of these rows: nobody has answered for as long as their rule says."""
        enrollments = self.enrollment_id
        self._end("track_over")
        enrollments._stop("track_over")

    def _enter(self):
        """Let the leads of these rows enter their track, or say what stands in the way."""
        orphans = self.filtered(lambda row: not row.rule_id)
        if orphans:  # their rule was deleted
            orphans._judge()
            today = fields.Date.today()
            rested = orphans.filtered(
                lambda row: row.state == "resting" and row.rest_until <= today
            )
            return (self - orphans + rested)._enter()
        word_by_row = self._get_obstacles()
        can = self - self.browse().union(*word_by_row)
        # A lost lead is written to only while its row says that it is in its track.
        can.write({"state": "track", "reason": False})
        for track, rows in can.grouped("track_id").items():
            word_by_row |= rows._enter_track(track)
        for word in set(word_by_row.values()):
            rows = self.filtered(lambda row, word=word: word_by_row.get(row) == word)
            if word in _PASSING:
                rows.write({"state": "due", "reason": word})
            else:
                rows._end(word)

    def _enter_track(self, track):
        """Let these rows' leads enter ``track``; return ``{row: word}`` of those it keeps out."""
        leads = self.lead_id
        # who is in a track by another road stays there
        nurtured = leads.filtered("enrollment_id.cadence_id.is_track")
        free, left_out = track._split_enrollable(leads - nurtured)
        word_by_lead = {lead: word for word, out in left_out.items() for lead in out}
        enrollments = track._enroll(free) | nurtured.enrollment_id
        enrollment_by_lead = {enrollment.lead_id: enrollment for enrollment in enrollments}
        now = fields.Datetime.now()
        kept_out = {}
        for row in self:
            enrollment = enrollment_by_lead.get(row.lead_id)
            if not enrollment:
                kept_out[row] = word_by_lead.get(row.lead_id, "in_cadence")
                continue
            row.write(
                {
                    "enrollment_id": enrollment.id,
                    "entered_at": now,
                    "track_until": row._get_track_until(now),
                }
            )
        entered = self.browse().union(*(row for row in self if row not in kept_out))
        entered.lead_id.filtered(lambda lead: lead.lifecycle != "nurture").write(
            {"lifecycle": "nurture"}
        )
        # no step could be made at all: ended before its row knew of it
        entered._follow_end()
        return kept_out

    def _get_track_until(self, now: datetime):
        months = self.rule_id.track_months
        return months and (now + relativedelta(months=months)).date()

    def _get_obstacles(self):
        """Return ``{row: word}`` of what keeps these leads out today, but for the track's own."""
        leads = self.lead_id
        word_by_lead = leads._get_recycle_refusals()
        others = leads._filter_with_other_lead()
        seen = set()
        words = {}
        for row in self.sorted(lambda row: (row.ended_at or datetime.min, row.id), reverse=True):
            lead, rule = row.lead_id, row.rule_id
            address = lead.email_normalized
            if word := row._get_rule_refusal(rule) or word_by_lead.get(lead):
                words[row] = word
            elif row.way != "lost" and lead.lifecycle in ("mql", "sql"):
                words[row] = "qualified"
            elif lead in others or (address and address in seen):
                words[row] = "other_lead"
            elif not (row.track_id.active and row.track_id._get_steps()):
                words[row] = "no_track"
            else:
                seen.add(address)
        return words

    def _follow_end(self):
        """Let these rows end with the enrollment that has ended, and say why."""
        for word, rows in (
            self.filtered(
                lambda row: row.state == "track" and row.enrollment_id.state in ("done", "stopped")
            )
            .grouped(lambda row: row.enrollment_id.stop_reason or "done")
            .items()
        ):
            if word in _ANSWERS:
                rows._come_back(kind=_ANSWERS[word])
            else:
                rows._end(word)


# Ends of a track that are a lead's coming back, and the kind of its sign of life where known.
_ANSWERS = {
    "replied": False,
    "meeting": "meeting",
    "interested": "call_reached",
    "won": False,
}
