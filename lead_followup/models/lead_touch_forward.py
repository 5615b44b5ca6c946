from odoo import models


class LeadTouch(models.Model):
    """Steps planned already that may be made earlier: no one is moved to later."""

    _inherit = "lead.touch"

    def _move_forward(self):
        """Move these steps, one an enrollment, to the moment chosen now where it is earlier."""
        step_by_enrollment = {touch.enrollment_id: touch.step_id for touch in self}
        moments = self.enrollment_id._choose_moments(step_by_enrollment)
        moved = self.browse()
        for touch in self:
            enrollment = touch.enrollment_id
            vals = enrollment._prepare_moment_vals(moments[enrollment])
            if vals["state"] == "blocked" or vals["planned_at"] >= touch.planned_at:
                continue
            touch.write({**vals, "state": touch.state, "reason": touch.reason})
            moved |= touch
        moved._pass_on_activities()
        moved.enrollment_id._note_coming()
        moved._queue()
