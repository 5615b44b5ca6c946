from odoo import models

from ..tools import timing


class LeadTouch(models.Model):
    """Calls and tasks of a lead that has another salesperson now, or none any more."""

    _inherit = "lead.touch"

    def _pass_on(self):
        """Put these queued touches on the list of their lead's salesperson of today.

        A step is planned anew, at an hour that suits both; where there is none it is blocked. What
        was agreed with the lead, or planned by hand, keeps its moment. Without a salesperson, or
        with one who is away for long, a step waits.
        """
        alone = self.filtered(lambda touch: touch.step_id and not touch.lead_id.user_id._is_there())
        alone._wait_for_rep()
        for touch in (self - alone).filtered("lead_id.user_id"):
            touch.user_id = touch.lead_id.user_id
            if touch.step_id and touch.enrollment_id.state == "active":
                touch._plan_call_anew()
            touch.activity_id.write(
                {
                    "user_id": touch.user_id.id,
                    "date_deadline": touch._get_local_date(),
                    "summary": touch._get_activity_summary(),
                }
            )

    def _plan_call_anew(self):
        """Choose the moment of this step again."""
        self.ensure_one()
        enrollment, step = self.enrollment_id, self.step_id
        moment = enrollment._choose_moments({enrollment: step})[enrollment]
        if isinstance(moment, timing.Blocked):
            self._block(moment.reason)
            return
        if enrollment.next_touch_at == self.planned_at:
            enrollment.next_touch_at = moment.at
        vals = enrollment._prepare_moment_vals(moment)
        self.write({**vals, "state": self.state, "reason": self.reason})

    def _wait_for_rep(self):
        """Take these off their list; they join in once their lead has a salesperson."""
        activities = self.activity_id
        for touch in self:
            _state, reason = touch.lead_id._get_obstacle("task")
            touch.write(
                {"state": "waiting", "reason": reason, "planned_at": False, "activity_id": False}
            )
        activities.unlink()
        self.enrollment_id._ask_for_plan()
