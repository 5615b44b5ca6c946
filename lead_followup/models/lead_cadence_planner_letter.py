from odoo import models


class LeadCadenceEnrollment(models.Model):
    """A pause holds printed letters back; once it ends, they wait for the post again."""

    _inherit = "lead.cadence.enrollment"

    def _plan_next(self):
        back = self._put_letters_back()
        return super(LeadCadenceEnrollment, self - back)._plan_next()

    def _put_letters_back(self):
        """Give the letters that a pause withdrew their place again; return whose they are.

        One whose batch went to the post without it is printed anew, with the same code.
        """
        # sudo: who may resume a cadence may not write touches
        held = self.sudo().touch_ids.filtered(
            lambda touch: (
                touch.letter_batch_id
                and touch.state == "cancelled"
                and touch.enrollment_id.state == "active"
                and touch.round == touch.enrollment_id.round
            )
        )
        if not held:
            return self.browse()
        held.filtered(lambda touch: touch.letter_batch_id.state == "posted").letter_batch_id = False
        held.write({"state": "queued", "reason": False})
        for touch in held:
            touch.enrollment_id.write(
                {
                    "needs_plan": False,
                    "next_touch_at": touch.planned_at,
                    "next_channel": "letter",
                }
            )
        return self & held.enrollment_id.sudo(self.env.su)
