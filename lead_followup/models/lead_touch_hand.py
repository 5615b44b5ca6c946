from odoo import api, models

from ..tools import timing

_NOT_MADE = ("planned", "approval", "queued", "waiting")


class LeadTouch(models.Model):
    """What a person does to a touch that was not made yet: skips it, or moves it."""

    _inherit = "lead.touch"

    @api.depends("state", "reason")
    def _compute_reason_text(self):
        own = self.filtered(lambda touch: touch.reason == "by_hand")
        own.reason_text = self.env._("By hand")
        return super(LeadTouch, self - own)._compute_reason_text()

    def _filter_changeable(self):
        """Return those that a person may still skip: not made, not being sent, not on paper."""
        return self.filtered(
            lambda touch: touch.state in _NOT_MADE and touch.letter_batch_id.state != "printed"
        )

    def _skip(self, reason):
        """Leave these touches out for ``reason``; return those that were not made yet."""
        skipped = self._filter_changeable()
        skipped._withdraw()
        skipped.write({"state": "skipped", "reason": reason})
        return skipped

    def _filter_movable(self):
        """Return those that have a moment which a person may change."""
        return self._filter_changeable().filtered("planned_at")

    def _move(self, moment):
        """Let these touches be made at ``moment`` (naive UTC), whatever the rules say.

        Mails in the queue and activities on people's lists move along.
        """
        for is_late, touches in self.grouped(
            lambda touch: bool(touch.deadline and moment > touch.deadline)
        ).items():
            touches.write(
                {
                    "planned_at": moment,
                    "slot_rule": "by_hand",
                    "is_late_by_plan": is_late,
                    "moved_by": False,
                }
            )
        self.filtered(lambda touch: touch.mail_id.state == "outgoing")._schedule_mails()
        for (day, summary), touches in (
            self.filtered("activity_id")
            .grouped(lambda touch: (touch._get_local_date(), touch._get_activity_summary()))
            .items()
        ):
            touches.activity_id.write({"date_deadline": day, "summary": summary})
        self._queue()

    def _get_moment_faults_of_each(self, moment):
        """Return ``{touch: words}``, as ``_get_moment_faults``; others may add theirs, at once."""
        return {touch: touch._get_moment_faults(moment) for touch in self}

    def _get_moment_faults(self, moment):
        """Return the words for what speaks against ``moment`` (naive UTC) for this touch.

        ``late``: after the deadline of the first contact; ``night``: no working daytime of the
        lead; ``rep_away``: no working time of whoever calls; ``not_best``: not in the best hours.
        """
        self.ensure_one()
        faults = ["late"] if self.deadline and moment > self.deadline else []
        if self.channel == "letter":
            return faults
        place = self.lead_id._get_place()
        if not timing.is_open(timing.DAYTIME, moment, place):
            faults.append("night")
        elif self.channel in ("call", "task") and not self._is_rep_at_work(moment):
            faults.append("rep_away")
        elif not timing.is_open(self._get_best_hours(), moment, place):
            faults.append("not_best")
        return faults

    def _get_best_hours(self):
        own = self.step_id and self.step_id._get_window()
        return own or timing.DEFAULT_WINDOWS[self.channel]

    def _is_rep_at_work(self, moment):
        working = self.user_id._get_rep_time(moment, moment)
        return any(start <= moment < end for start, end in working.intervals)
