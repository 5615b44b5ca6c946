from odoo import models


class LeadCadenceEnrollment(models.Model):
    """A pause keeps what a person has made of a step; once it ends, that goes on.

    An e-mail that was approved or rewritten keeps its text, and its approval as long as the same
    person signs. A step moved by hand keeps its moment while that is ahead. What can't be made any
    more is given up and planned like any other step. Steps before it that waited beside it, such as
    a call without a rep, are planned beside it again.
    """

    _inherit = "lead.cadence.enrollment"

    def _plan_next(self):
        back = self._take_up_kept()
        return super(LeadCadenceEnrollment, self - back)._plan_next()

    def _stop(self, reason):
        """End them; what was laid aside is withdrawn for good and asks for a new word."""
        # sudo: who may win, lose or close a lead may not write touches
        live = self.sudo().filtered(lambda enrollment: enrollment.state in ("active", "paused"))
        result = super()._stop(reason)
        live.touch_ids.filtered("is_laid_aside").is_laid_aside = False
        return result

    def _take_up_kept(self):
        """Put what a pause laid aside on its way again; return those that have such a step."""
        # sudo: who may resume a cadence may not write touches
        kept = self.sudo().touch_ids.filtered(
            lambda touch: touch._is_laid_aside() and touch.enrollment_id.state == "active"
        )
        usable = kept.filtered(lambda touch: touch._can_be_taken_up())
        (kept - usable)._forget()
        enrollments = usable.enrollment_id
        usable._plan_steps_before()
        enrollments.needs_plan = False
        usable._filter_in_turn()._take_up()
        return self & enrollments.sudo(self.env.su)
