from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .lead_touch_content import MISSES


class LeadCadenceEnrollment(models.Model):
    """Where the library has nothing for a lead its track waits there, and asks it again.

    It does so after the wait of the step, and with the same step: those after it are not used up
    meanwhile, and a track that ends does not end before it has given what it has to give.
    """

    _inherit = "lead.cadence.enrollment"

    content_again_at = fields.Datetime(
        "Library Asked Again",
        readonly=True,
        index="btree_not_null",
        help="When content is looked for once more, after there was none for the lead.",
    )

    @api.model
    def _get_program_only(self):
        return super()._get_program_only() | {"content_again_at"}

    def _rest_for_content(self):
        """Let these wait as long as the steps do that found nothing just now."""
        for enrollment in self:
            enrollment.content_again_at = enrollment._get_content_again_at()
        (self - self._note_coming()).write(
            {"needs_plan": False, "next_touch_at": False, "next_channel": False}
        )

    def _get_content_again_at(self):
        """Return when the library is asked again, naive UTC, a day ahead at least."""
        now = fields.Datetime.now()
        last = self._get_content_misses().sorted("id")[-1:]
        start = max(now, last.planned_at or now)
        end = last.step_id._add_wait(start, self.lead_id._get_place())
        return max(end, now + timedelta(days=1))

    def _get_content_misses(self):
        """Return the steps of this round for which the library had nothing."""
        return self.touch_ids.filtered(
            lambda touch: (
                touch.state == "skipped"
                and touch.reason in MISSES
                and touch.round == touch.enrollment_id.round
            )
        )

    def _ask_library_again(self):
        """Let the steps that found nothing have their turn once more."""
        self._get_content_misses().unlink()
        self.content_again_at = False

    def _plan_next(self):
        """Plan nothing for those that wait for content; a preview looks as if they did not."""
        now = fields.Datetime.now()
        is_foreseen = self.env.context.get("lead_forecast")
        # sudo: who may resume a track may not write touches
        asking = self.sudo().filtered(
            lambda enrollment: enrollment.state == "active" and enrollment.content_again_at
        )
        ready = asking.filtered(
            lambda enrollment: is_foreseen or enrollment.content_again_at <= now
        )
        ready._ask_library_again()
        resting = asking - ready
        resting.needs_plan = False
        return super(LeadCadenceEnrollment, self - resting)._plan_next()

    @api.model
    def _get_due_domain(self):
        rested = Domain("state", "=", "active") & Domain(
            "content_again_at", "<=", fields.Datetime.now()
        )
        return super()._get_due_domain() | rested

    def _run_due(self):
        now = fields.Datetime.now()
        rested = self.filtered(
            lambda enrollment: (
                enrollment.state == "active"
                and enrollment.content_again_at
                and enrollment.content_again_at <= now
            )
        )
        rested._ask_library_again()
        (rested - rested._note_coming()).needs_plan = True
        return super()._run_due()
