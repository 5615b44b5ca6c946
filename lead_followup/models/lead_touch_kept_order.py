from odoo import models

_WRITTEN = ("email", "letter")  # two of them at once would be one too many


class LeadTouch(models.Model):
    """A step that is taken up again finds its place among the steps before it.

    What waited beside it is there again. One that was put off comes after all of them.
    """

    _inherit = "lead.touch"

    def _plan_steps_before(self):
        """Plan, beside these laid-aside steps, those before them that have no touch."""
        vals_list = []
        for enrollment, touches in self.grouped("enrollment_id").items():
            tried = []
            for step in touches._get_missing_before():
                state, reason = enrollment._get_step_obstacle(step, tried)
                vals = {"state": state or "waiting", "reason": reason}
                tried.append({**enrollment._prepare_touch_vals(step), **vals})
            vals_list += tried
        before = self.create(vals_list)
        before.filtered(lambda touch: touch.state == "waiting" and not touch.reason)._join_in()

    def _get_missing_before(self):
        """Return the steps of one enrollment that should stand before these, in their order.

        A written one that was added since comes after a written one that has its moment.
        """
        enrollment = self.enrollment_id
        taken = enrollment.touch_ids.filtered(lambda touch: touch.round == enrollment.round).step_id
        missing = taken.browse()
        for touch in self:
            is_next = touch.channel in _WRITTEN and touch.planned_at
            missing |= enrollment.cadence_id._get_steps_before(touch.step_id).filtered(
                lambda step, is_next=is_next: (
                    not step._is_version_of(taken) and not (is_next and step.channel in _WRITTEN)
                )
            )
        return missing.sorted(lambda step: (step.sequence, step.id))

    def _filter_in_turn(self):
        """Return those of these laid-aside steps that no written one before them holds up."""
        return self.filtered(
            lambda touch: (
                touch.channel not in _WRITTEN
                or not any(
                    other.channel in _WRITTEN
                    and (
                        other in self or other.state in ("planned", "approval", "queued", "sending")
                    )
                    and other.step_id._is_version_of(
                        touch.cadence_id._get_steps_before(touch.step_id)
                    )
                    for other in touch.enrollment_id.touch_ids
                )
            )
        )
