from odoo import models


class LeadCadenceEnrollment(models.Model):
    """In an endless track the first step follows the last, one round on."""

    _inherit = "lead.cadence.enrollment"

    def _finish(self):
        """Begin the next round of endless tracks in which something was made; end the others.

        A round in which every step was blocked is the last: going on would only block again.
        """
        again = self.filtered(lambda enrollment: enrollment._has_made_a_touch())
        for enrollment in again:
            enrollment.write({"round": enrollment.round + 1, "step_id": False, "needs_plan": True})
        return super(LeadCadenceEnrollment, self - again)._finish()

    def _has_made_a_touch(self):
        """Tell whether this endless enrollment made a touch in the round that ends."""
        self.ensure_one()
        return self.cadence_id.is_endless and any(
            touch.state == "done" and touch.round == self.round for touch in self.touch_ids
        )

    def _plan_next(self):
        """Plan the first touch of the rounds that begin here as well."""
        result = super()._plan_next()
        begun = self.filtered(lambda e: e.state == "active" and e.needs_plan)
        if begun:
            begun._plan_next()
        return result
