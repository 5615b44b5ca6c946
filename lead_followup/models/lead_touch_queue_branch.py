from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import branches

_STATE_BY_STATE = {
    "done": "made",
    "doubtful": "doubtful",
    "skipped": "skipped",
    "blocked": "not_made",
    "failed": "not_made",
    "cancelled": "not_made",
}


class LeadTouch(models.Model):
    """What a touch is to the conditions of later steps, and one that hangs on such a condition.

    Where later news may still change it, the touch is planned but not put on its way; an hour
    before its moment it is looked at again.
    """

    _inherit = "lead.touch"

    _LOOK_AHEAD = timedelta(hours=1)  # before its moment a condition is looked at for good

    @api.depends("step_id.branch_of", "step_id.branch_word")
    def _compute_reason_text(self):
        """Say of what hangs on a condition which one that is, and what it waits for."""
        own = self.filtered(lambda touch: touch.reason in ("branch", "branch_due", "branch_open"))
        for touch in own:
            touch.reason_text = touch._describe_branch(touch.step_id.branch_text or "–")
        return super(LeadTouch, self - own)._compute_reason_text()

    def _describe_branch(self, condition):
        self.ensure_one()
        if self.state == "skipped":
            return self.env._("Not so: %(condition)s", condition=condition)
        if self.state == "planned":
            return self.env._(
                "Only if: %(condition)s. Looked at an hour before.", condition=condition
            )
        return self.env._("Not known yet: %(condition)s", condition=condition)

    def _queue(self):
        """Put nothing on its way that hangs on a condition until that is looked at for good."""
        hanging = self.filtered(
            lambda touch: touch.state == "planned" and touch.reason == "branch_open"
        )
        ready = hanging._look_again()
        return super(LeadTouch, self - hanging | ready)._queue()

    @api.model
    def _get_to_queue_domain(self):
        """Leave out what hangs on a condition until it is nearly due."""
        soon = fields.Datetime.now() + self._LOOK_AHEAD
        return super()._get_to_queue_domain() & (
            Domain("reason", "!=", "branch_open") | Domain("planned_at", "<=", soon)
        )

    def _look_again(self):
        """Judge for good those whose moment is near; return those to be made, skip the others."""
        soon = fields.Datetime.now() + self._LOOK_AHEAD
        due = self.filtered(lambda touch: touch.planned_at <= soon)
        holding = due.filtered(lambda touch: touch.enrollment_id._judge_branch(touch.step_id).holds)
        holding.write({"reason": False})
        (due - holding)._skip_by_branch()
        return holding

    def _look_before_making(self):
        """Judge for good, in a forecast as when it is due."""
        if self.state == "planned" and self.reason == "branch_open":
            if self.enrollment_id._judge_branch(self.step_id).holds:
                self.reason = False
            else:
                self._skip_by_branch()
        return super()._look_before_making()

    def _decide(self):
        """Plan, beside the rest, those whose condition holds; skip those it has excluded."""
        excluded = self.browse()
        undecided = self.browse()
        for touch in self:
            state, _reason = touch.enrollment_id._get_branch_obstacle(touch.step_id)
            excluded |= touch if state == "skipped" else self.browse()
            undecided |= touch if state == "waiting" else self.browse()
        undecided.write({"reason": "branch"})
        excluded._skip_by_branch()
        (self - excluded - undecided)._join_in()

    def _skip_by_branch(self):
        """Note that these steps are not made, in sight; the cadence goes on to the next."""
        self.write({"state": "skipped", "reason": "branch"})
        self.enrollment_id._ask_for_plan()

    def _is_ahead(self):
        """Tell whether this touch is still to be made: neither over nor being sent just now."""
        self.ensure_one()
        return self.state not in _STATE_BY_STATE and self.state != "sending"

    def _get_branch_source(self):
        """Return this touch as the conditions of later steps see it."""
        self.ensure_one()
        state = self._get_branch_state(self.state)
        return branches.Source(state, frozenset(self._get_branch_words()))

    @api.model
    def _get_branch_state(self, state):
        """Return what the ``state`` of a touch is to conditions, in the words of ``branches``."""
        return _STATE_BY_STATE.get(state, "open")

    def _get_branch_words(self):
        """Return what became of this touch, in the words of conditions; others may add theirs."""
        self.ensure_one()
        words = {self.outcome} if self.outcome else set()
        if self.letter_returned_date:
            words.add("bounced")
        if self.channel == "email" and self.done_at:
            since = self.done_at
            events = self.lead_id.event_ids.filtered(lambda event: event.occurred_at >= since)
            kinds = set(events.mapped("kind"))
            words |= {"clicked"} if "click" in kinds else set()
            words |= {"opened"} if kinds & {"open", "click"} else set()
        return words
