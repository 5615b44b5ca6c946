from odoo import api, fields, models

from .moments import format_moment

# What is over, or has no moment; whatever else has one is still to come.
_NOT_COMING = ("waiting", "done", "blocked", "failed", "doubtful", "cancelled", "skipped")


class LeadTouch(models.Model):
    """What is planned, said in words: when on whose clock, and why then."""

    _inherit = "lead.touch"

    plan_text = fields.Char("Why Then", compute="_compute_plan_text")

    @api.depends("slot_rule", "is_late_by_plan", "moved_by", "channel", "step_id.window_mode")
    @api.depends_context("lang")
    def _compute_plan_text(self):
        labels = dict(self._fields["slot_rule"]._description_selection(self.env))
        best = {
            "email": self.env._("In the best hours for e-mails"),
            "call": self.env._("In the best hours for calls"),
            "task": self.env._("In the best hours for calls"),
            "letter": self.env._("On a working day"),
        }
        own = self.env._("In the hours of its step")
        late = self.env._("Late by plan")
        moved = {
            "cap": self.env._("Moved on: the sender's daily cap was used up before"),
            "pace": self.env._("Moved on: the sender's other e-mails had the moments before"),
            "house": self.env._("Moved on: other e-mails to its domain had the moments before"),
        }
        for touch in self:
            texts = [labels.get(touch.slot_rule)]
            if touch.slot_rule == "window":
                has_own = touch.step_id and touch.step_id._get_window()
                texts = [own if has_own else best.get(touch.channel)]
            if touch.is_late_by_plan and touch.slot_rule != "late":
                texts.append(late)
            texts.append(moved.get(touch.moved_by))
            touch.plan_text = " · ".join(filter(None, texts)) or False

    def _filter_coming(self):
        """Return those that have a moment and were not made, given up or taken back."""
        return self.filtered(lambda touch: touch.planned_at and touch.state not in _NOT_COMING)

    def _filter_capped(self):
        """Return those that their sender's daily cap has moved on."""
        return self.filtered(lambda touch: touch.moved_by == "cap")

    def _has_moment(self):
        """Tell whether the planned moment stands: it was made, or is to be."""
        self.ensure_one()
        return bool(self.planned_at and (self.state == "done" or self._filter_coming()))

    def _get_lead_moment(self):
        """Return the planned moment on the lead's own clock, as text."""
        self.ensure_one()
        return self._format_moment(self.lead_id._get_place().tz)

    def _get_rep_moment(self):
        """Return it on the clock of whoever makes it; nothing where both clocks show the same."""
        self.ensure_one()
        if not self.user_id:
            return False
        own = self._format_moment(self.user_id._get_lead_tz())
        return own if own != self._get_lead_moment() else False

    def _format_moment(self, tz):
        return format_moment(self.env, self.planned_at, tz)

    def _make_as_planned(self):
        """Note this touch as made at its moment and unanswered; return whether it is over.

        For a forecast only: what it writes is to be taken back.
        """
        self.ensure_one()
        self._look_before_making()
        if not self._filter_coming():
            return True
        made_at = max(self.planned_at, fields.Datetime.now())
        if self.channel == "letter":
            self.letter_arrives_at = self._get_arrival(made_at)
        if self.channel == "call":
            self.outcome = "no_answer"
        self.state = "queued"  # whatever it waits for, it is on its way by then
        self._mark_done(made_at, is_human=self.channel != "email")
        return self.state == "done"

    def _look_before_making(self):
        """Skip or block in a forecast what would not be made once its moment has come.

        A hook: whoever looks at touches once more when they are due overrides it.
        """
