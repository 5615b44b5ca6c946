from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

_NEAR = timedelta(days=60)  # so long a sale is new enough to give thanks for


class LeadCadenceEnrollment(models.Model):
    """What a track after the sale does otherwise: it waits from the sale on, and goes first.

    Its first step waits from the day the lead was won, not from the last touch before it. Of two
    tracks that e-mail one address the customer's goes first. It rests while a repeat sale is open.
    """

    _inherit = "lead.cadence.enrollment"

    def _get_not_before(self, step_by_enrollment):
        moments = super()._get_not_before(step_by_enrollment)
        for enrollment in self.filtered("cadence_id.is_after_sale"):
            if "done" in enrollment.touch_ids.mapped("state"):
                continue
            step, lead = step_by_enrollment[enrollment], enrollment.lead_id
            moment = step._add_wait(lead._get_won_at(), lead._get_place())
            moments[enrollment] = max(moment, moments.get(enrollment) or moment)
        return moments

    def _get_step_obstacle(self, step, tried=()):
        if step.is_near_sale and self.cadence_id.is_after_sale and not self._is_near_sale():
            return "skipped", "sale_long_ago"
        return super()._get_step_obstacle(step, tried)

    def _is_near_sale(self):
        is_new = self.lead_id._get_won_at() >= fields.Datetime.now() - _NEAR
        return is_new and self.round == 1

    def _goes_first(self, other):
        if self.cadence_id.is_after_sale != other.cadence_id.is_after_sale:
            return self.cadence_id.is_after_sale and other.cadence_id.is_track
        return super()._goes_first(other)

    def _plan_next(self):
        open_repeats = self._filter_repeat_open()
        open_repeats._rest_for_repeat()
        return super(LeadCadenceEnrollment, self - open_repeats)._plan_next()

    def _filter_repeat_open(self):
        """Return those after a sale of which a repeat is open; one query."""
        tracks = self.filtered("cadence_id.is_after_sale")
        if not tracks:
            return tracks
        # sudo: a repeat is open, whoever may see it
        leads = self.env["crm.lead"].sudo()
        repeats = leads.search(
            Domain("repeat_of_id", "in", tracks.lead_id.ids) & Domain("won_status", "=", "pending")
        )
        return tracks.filtered(lambda enrollment: enrollment.lead_id in repeats.repeat_of_id)

    def _rest_for_repeat(self):
        """Hold these: a salesperson speaks with the customer about the next purchase."""
        active = self.filtered(lambda enrollment: enrollment.state == "active")
        active._suspend()
        # sudo: the engine's fields
        active.sudo().write({"stop_reason": "repeat_open", "needs_plan": False})

    @api.model
    def _resume_after_repeat(self):
        """Let those go on whose repeat sale is open no more, by whatever door it was closed.

        One that fails is held in sight, see ``_run_due_apart``.

        :return: whether all were looked at in the time there is.
        """
        resting = (
            Domain("state", "=", "paused")
            & Domain("stop_reason", "=", "repeat_open")
            & Domain("lead_id.repeat_ids", "not any", [("won_status", "=", "pending")])
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self.search_count(resting))
        last_id = 0
        while batch := self.search(
            resting & Domain("id", ">", last_id), order="id", limit=self._CRON_BATCH
        ):
            last_id = batch[-1].id
            batch.try_lock_for_update().filtered_domain(resting)._run_due_apart()
            if not cron._commit_progress(len(batch)):
                return False
        return True

    def _run_due(self):
        resting = self.filtered(
            lambda enrollment: (
                enrollment.state == "paused" and enrollment.stop_reason == "repeat_open"
            )
        )
        (resting - resting._filter_repeat_open()).action_resume()
        return super()._run_due()

    def _get_stop_reason_texts(self):
        return {
            **super()._get_stop_reason_texts(),
            "newer_sale": self.env._("A newer sale to the same customer took over"),
            "not_won": self.env._("The lead is not won any more"),
            "repeat_open": self.env._(
                "Rests while the repeat sale is open; goes on where that is not won"
            ),
        }


class LeadTouch(models.Model):
    _inherit = "lead.touch"

    @api.depends("state", "reason")
    def _compute_reason_text(self):
        own = self.filtered(lambda touch: touch.reason == "sale_long_ago")
        own.reason_text = self.env._("Only for right after the sale")
        return super(LeadTouch, self - own)._compute_reason_text()
