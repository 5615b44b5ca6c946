from odoo import models


class LeadTouch(models.Model):
    """The first contacts of a long import: planned with it, put on their way right after it.

    Each has its moment when the import is done. Writing thousands of e-mails takes longer than the
    import itself, so the scheduler does that in batches, the earliest places first.
    """

    _inherit = "lead.touch"

    def _queue(self):
        """Leave these touches to the scheduler under ``lead_queue_later`` in the context."""
        if not self.env.context.get("lead_queue_later"):
            return super()._queue()
        horizon = self._get_queue_horizon()
        if any(touch.state == "planned" and touch.planned_at <= horizon for touch in self):
            self.env.ref("lead_followup.ir_cron_run_cadences")._trigger()
        return None
