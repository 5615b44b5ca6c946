from odoo import models


class LeadTouch(models.Model):
    """What a track has written in the name of somebody who has left is written anew by another."""

    _inherit = "lead.touch"

    def _may_send_now(self):
        enrollment = self.enrollment_id
        if (
            self.state == "queued"
            and not self.user_id.active
            and enrollment.state == "active"
            and enrollment.cadence_id.is_track
        ):
            enrollment._replan_absent()
            return False
        return super()._may_send_now()

    def _pass_on_written(self):
        """Let the steps of tracks wait where nobody signs for them now."""
        mute = self.enrollment_id._filter_without_sender()
        others = self.filtered(lambda touch: touch.enrollment_id not in mute)
        mute._wait_for_sender()
        return super(LeadTouch, others)._pass_on_written()
