from odoo import models
from odoo.exceptions import LockError

from odoo.addons.queue_job.exception import RetryableJobError


class LeadImport(models.Model):
    """An import is worked off by one job after the other, a chunk of its rows each."""

    _inherit = "lead.import"

    def _run_each(self):
        if self.env["lead.queue"]._is_stuck():
            return super()._run_each()
        for job in self:
            job._ask_for_step()
        return None

    def _ask_for_step(self):
        """Have a job do the next step of this import; one that waits already will do."""
        self.ensure_one()
        self.with_delay(
            channel="root.lead.import",
            identity_key=f"lead_queue import {self.id} {self.id}",
            description=self.env._("Import “%s”, a chunk of it", self.name),
        )._run_step()

    def _run_step(self):
        """Do the next step of this import, and ask for the one after it."""
        if not self.exists() or self.state not in ("queued", "running"):
            return "nothing to do"
        self.env["lead.queue"]._take_turn(f"import {self.id}")
        if self.state == "queued":
            # apart from the first chunk: locked for so long, the import could not be paused
            self.state = "running"
            self._send_progress()
        else:
            try:
                self.with_context(lead_queue_step=True)._run()
            except LockError as held:  # somebody takes it back right now
                raise RetryableJobError(str(held), ignore_retry=True) from held
        if self.state == "running":
            self._ask_for_step()
        else:  # what came in meanwhile is a reason to begin anew
            self.env.ref("lead_followup.ir_cron_run_imports")._trigger()
        return self.state

    def _note_failed_job(self, **_failure):
        """Say on the import that its job has failed; “Import” goes on where it stopped."""
        failed = self.exists().filtered(lambda job: job.state in ("queued", "running"))
        for job in failed:
            job.write({"state": "failed", "run_tries": 0, "message": job._get_failure_text()})
            job._send_progress()
