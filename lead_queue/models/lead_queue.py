from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from odoo.addons.queue_job.exception import RetryableJobError

_WAITING = ("pending", "enqueued", "wait_dependencies")


class LeadQueue(models.AbstractModel):
    """Hands what the scheduler would do itself to jobs, in chunks of ids.

    A job knows the first and the last id of its chunk and does what is to be done between them
    when it runs: a second one for the same finds nothing left. What stands in a waiting job is
    not handed over again. Where jobs lie untouched, as nobody runs them, the scheduler goes on
    as it does without a job queue.
    """

    _name = "lead.queue"
    _description = "Jobs on Leads"

    _JOB_SIZE = 500  # records a job, which is one transaction
    _PATIENCE_MINUTES = 15
    _WAIT_SECONDS = 5  # until the next try of a job that has to wait for another

    @api.model
    def _hand_over(self, kind, ids, size=None):
        """Have ``_work_<kind>`` done for ``ids`` by jobs; return False where nobody runs jobs."""
        if self._is_stuck():
            return False
        ranges = self._get_waiting_ranges(kind)
        todo = sorted(
            record_id
            for record_id in ids
            if not any(first <= record_id <= last for first, last in ranges)
        )
        for chunk in split_every(size or self._JOB_SIZE, todo, list):
            self._ask_for_work(kind, chunk[0], chunk[-1])
        return True

    @api.model
    def _ask_for_work(self, kind, first, last):
        """Have a job do what is to be done of ``kind`` for the ids from ``first`` to ``last``."""
        self.with_delay(
            channel=f"root.lead.{kind}",
            identity_key=f"lead_queue {kind} {first} {last}",
            description=self._describe(kind),
        )._work(kind, first, last)

    @api.model
    def _describe(self, kind):
        """Return what the list of jobs says of a chunk; one sentence a kind."""
        most = self._JOB_SIZE
        texts = {
            "score": self.env._("Score up to %s leads", most),
            "due": self.env._("Do what is due for up to %s leads in cadences", most),
            "segment": self.env._("Look at all leads again for a segment"),
            "recycle_end": self.env._("End the tracks of up to %s recycled leads", most),
            "recycle_enter": self.env._("Let up to %s recycled leads enter their tracks", most),
        }
        return texts[kind]

    @api.model
    def _work(self, kind, first, last):
        """Do what is to be done of ``kind`` for the ids from ``first`` to ``last``.

        Where more has come up between them than a job takes, another job does the rest.
        """
        among = Domain("id", ">=", first) & Domain("id", "<=", last)
        found = getattr(self, f"_work_{kind}")(among)
        if len(found) >= self._JOB_SIZE and found[-1].id < last:
            self._ask_for_work(kind, found[-1].id + 1, last)
        return f"{len(found)} met"

    @api.model
    def _take_turn(self, name):
        """Keep others who do the same out of the way until this job is over; else come again."""
        [[is_free]] = self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(hashtext(%s))", f"lead_queue {name}")
        )
        if not is_free:
            raise RetryableJobError(
                "Another job is at it.", seconds=self._WAIT_SECONDS, ignore_retry=True
            )

    @api.model
    def _get_waiting_ranges(self, kind):
        """Return ``[(first, last)]`` of the jobs of ``kind`` that wait."""
        # sudo: which jobs wait is nobody's secret from the program
        jobs = self.env["queue.job"].sudo()
        waiting = jobs.search_fetch(
            [("identity_key", "=like", f"lead\\_queue {kind} %"), ("state", "in", _WAITING)],
            ["identity_key"],
        )
        return [tuple(map(int, job.identity_key.split()[-2:])) for job in waiting]

    @api.model
    def _is_stuck(self):
        """Tell whether jobs of ours have waited for long while none of any kind was begun."""
        since = fields.Datetime.now() - timedelta(minutes=self._PATIENCE_MINUTES)
        jobs = self.env["queue.job"].sudo()  # sudo: as above
        lying = jobs.search_count(
            [
                ("channel", "=like", "root.lead%"),
                ("state", "in", ("pending", "enqueued")),
                ("date_created", "<", since),
            ],
            limit=1,
        )
        return bool(lying) and not jobs.search_count([("date_started", ">=", since)], limit=1)
