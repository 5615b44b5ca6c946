from odoo import models


class LeadTouch(models.Model):
    """Calls and tasks of a lead that has another salesperson now, or none any more."""

    _inherit = "lead.touch"

    def _pass_on(self):
        """Put these touches, planned or queued, on the list of their lead's salesperson of today.

        A step is planned anew, at an hour that suits both; where there is none it is blocked. What
        was agreed with the lead, or planned by hand, keeps its moment. Without a salesperson, or
        with one who is away for long, a step waits.
        """
        alone = self.filtered(lambda touch: touch.step_id and not touch.lead_id.user_id._is_there())
        alone._wait_for_rep()
        passed = (self - alone).filtered("lead_id.user_id")
        for user, touches in passed.grouped(lambda touch: touch.lead_id.user_id).items():
            touches.user_id = user
        left = passed.filtered(
            lambda touch: (
                touch.step_id
                and touch.slot_rule != "by_hand"
                and touch.enrollment_id.state == "active"
            )
        )
        while left:
            turn = left._get_first_of_each()
            left -= turn
            turn._plan_calls_anew()
        passed._pass_on_activities()
        passed.enrollment_id._note_coming()

    def _plan_calls_anew(self):
        """Choose the moments of these steps, one an enrollment, again; their states stay."""
        step_by_enrollment = {touch.enrollment_id: touch.step_id for touch in self}
        moments = self.enrollment_id._choose_moments(step_by_enrollment)
        for touch in self:
            vals = touch.enrollment_id._prepare_moment_vals(moments[touch.enrollment_id])
            if vals["state"] == "blocked":
                touch._block(vals["reason"])
                continue
            touch.write({**vals, "state": touch.state, "reason": touch.reason})

    def _pass_on_activities(self):
        """Move the activities of these along, without a message each."""
        queued = self.filtered("activity_id").with_context(lead_activity_follows=True)
        for user, touches in queued.grouped("user_id").items():
            activities = touches.activity_id.with_context(mail_activity_quick_update=True)
            moved = activities.filtered(lambda activity, user=user: activity.user_id != user)
            moved.write({"user_id": user.id})
        for (day, summary), touches in queued.grouped(
            lambda touch: (touch._get_local_date(), touch._get_activity_summary())
        ).items():
            touches.activity_id.write({"date_deadline": day, "summary": summary})

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
