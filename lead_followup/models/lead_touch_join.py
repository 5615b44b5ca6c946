from odoo import models

_WRITTEN = ("email", "letter")  # two of them at once would be one too many


class LeadTouch(models.Model):
    """Steps that waited, for a rep or for an outcome, join in beside what is planned already."""

    _inherit = "lead.touch"

    def _join_in(self):
        """Plan these waiting touches now; what still can't be made says why."""
        left = self
        while left:
            turn = left._get_first_of_each()
            left -= turn
            turn._join_in_at_once()

    def _get_first_of_each(self):
        """Return one touch an enrollment, of the step that comes first: moments are chosen for
        many, one step each.
        """
        first = {}
        for touch in self.sorted(lambda touch: (touch.step_id.sequence, touch.step_id.id)):
            first.setdefault(touch.enrollment_id, touch)
        return self.browse().union(*first.values())

    def _join_in_at_once(self):
        joining = self._keep_out()
        joining._put_off_later_ones()
        step_by_enrollment = {touch.enrollment_id: touch.step_id for touch in joining}
        moments = joining.enrollment_id._choose_moments(step_by_enrollment)
        for touch in joining:
            enrollment = touch.enrollment_id
            vals = enrollment._prepare_step_moment_vals(touch.step_id, moments[enrollment])
            touch.write({**vals, "user_id": enrollment._get_sender().id})
        joining.enrollment_id._note_coming()
        joining._queue()
        blocked = joining.filtered(lambda touch: touch.state == "blocked")
        blocked.enrollment_id._ask_for_plan()

    def _keep_out(self):
        """Note what stands in the way of each; return those that nothing does."""
        joining = self
        for touch in self:
            state, reason = touch.enrollment_id._get_step_obstacle(touch.step_id)
            if state:
                touch.write({"state": state, "reason": reason})
                joining -= touch
        kept_out = self - joining
        kept_out.filtered(lambda touch: touch.state != "waiting").enrollment_id._ask_for_plan()
        return joining

    def _put_off_later_ones(self):
        """Take back e-mails and letters of later steps: they wait from the one that joins in."""
        later = self.browse()
        for touch in self.filtered(lambda touch: touch.channel in _WRITTEN):
            enrollment = touch.enrollment_id
            before = enrollment.cadence_id._get_steps_before(touch.step_id)
            later |= enrollment.touch_ids.filtered(
                lambda other, touch=touch, before=before: (
                    other != touch
                    and other.channel in _WRITTEN
                    and other.state in ("planned", "approval", "queued")
                    and not other.letter_batch_id
                    and other.step_id
                    and not other.step_id._is_version_of(before)
                )
            )
        later.enrollment_id.write({"next_touch_at": False, "next_channel": False})
        later._withdraw()._put_off()
