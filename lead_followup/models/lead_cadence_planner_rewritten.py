from odoo import models


class LeadCadenceEnrollment(models.Model):
    """A pause keeps e-mails that somebody rewrote; once it ends, they are held again."""

    _inherit = "lead.cadence.enrollment"

    def _plan_next(self):
        back = self._hold_rewritten_again()
        return super(LeadCadenceEnrollment, self - back)._plan_next()

    def _hold_rewritten_again(self):
        """Let the rewritten e-mails that a pause withdrew wait for approval; return whose.

        One that was approved before is approved again: its moment was another.
        """
        # sudo: who may resume a cadence may not write touches
        held = self.sudo().touch_ids.filtered(
            lambda touch: (
                touch.is_rewritten
                and touch.state == "cancelled"
                and touch.mail_id.state == "cancel"
                and touch.step_id.active
                and touch.enrollment_id.state == "active"
                and touch.round == touch.enrollment_id.round
            )
        )
        if not held:
            return self.browse()
        held.write({"approved_at": False, "approved_user_id": False, "reason": False})
        held._hold_for_approval()
        for touch in held:
            touch.enrollment_id.write(
                {
                    "needs_plan": False,
                    "next_touch_at": touch.planned_at,
                    "next_channel": touch.channel,
                }
            )
        held._pass_on_held()  # whoever signs may be another by now
        return self & held.enrollment_id.sudo(self.env.su)
