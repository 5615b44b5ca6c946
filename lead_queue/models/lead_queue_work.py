from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

_SOON = timedelta(minutes=1)


class LeadQueue(models.AbstractModel):
    """What a job of each kind does with the records of its chunk that still ask for it.

    Each method returns those it has met, by id, at most as many as a job takes. Whoever holds some
    of them is at work on them and asks for nothing more: the scheduler looks again a minute later.
    """

    _inherit = "lead.queue"

    @api.model
    def _work_score(self, among):
        """Score those that are stale."""
        scores = self.env["lead.score"]
        stale = Domain("is_stale", "=", True)
        found = scores.search(stale & among, order="id", limit=self._JOB_SIZE)
        free = found.try_lock_for_update()
        if free:
            self.env["crm.lead"].browse(free.ids)._score_batch(fields.Datetime.now(), SQL("TRUE"))
            scores._tell_progress()
        if free != found:
            scores._trigger_scoring(fields.Datetime.now() + _SOON)
        return found

    @api.model
    def _work_due(self, among):
        """Do what is due; one job at a time, since all count what a sender's day still holds."""
        self._take_turn("due")
        enrollments = self.env["lead.cadence.enrollment"]
        due = enrollments._get_due_select(among, self._JOB_SIZE)
        rows = self.env.execute_query(SQL("%s ORDER BY id LIMIT %s", due, self._JOB_SIZE))
        found = enrollments.browse([enrollment_id for (enrollment_id,) in rows])
        free = found.try_lock_for_update()
        free.filtered_domain(enrollments._get_due_domain())._run_due_apart()
        if free != found:
            cron = self.env.ref("lead_followup.ir_cron_run_cadences")
            cron._trigger(fields.Datetime.now() + _SOON)
        return found

    @api.model
    def _work_segment(self, among):
        """Look at all leads again for one segment."""
        found = self.env["lead.segment"].search(among)
        found._refresh()
        return found

    @api.model
    def _work_recycle_end(self, among):
        """End the tracks that have gone on long enough."""
        return self._recycle("_give_up", among)

    @api.model
    def _work_recycle_enter(self, among):
        """Let those who are due enter theirs; one job at a time, as for what is due."""
        return self._recycle("_enter", among)

    def _recycle(self, name, among):
        """Do the part of the daily run that is called ``name``."""
        self._take_turn("due")
        [(domain, run)] = [
            (domain, run)
            for domain, run in self.env["lead.recycle"]._get_runs()
            if run.__name__ == name
        ]
        found = self.env["lead.recycle"].search(domain & among, order="id", limit=self._JOB_SIZE)
        found.try_lock_for_update().filtered_domain(domain)._run_apart(run)
        return found
