from odoo import fields, models

from ..tools import branches


class LeadCadenceEnrollment(models.Model):
    """What stands in the way of a step for one lead: a missing address or rep, its condition.

    A condition is final where no later news can change it (a call was answered or not). Else
    (mail may still come back) the step gets its moment, and is looked at again shortly before it.
    """

    _inherit = "lead.cadence.enrollment"

    def _get_step_obstacle(self, step, tried=()):
        """Return ``(state, reason)`` of the touch if ``step`` can't be made, ``(None, None)`` else.

        The condition comes first: whom a step is not for needs no address either.

        :param tried: values of touches of this round that are not written yet.
        """
        self.ensure_one()
        state, reason = self._get_branch_obstacle(step, tried)
        if not state:
            state, reason = self.lead_id._get_obstacle(step.channel)
        if not state and step._needs_rep():
            state, reason = self._get_rep_obstacle()
        if not state and step.channel in ("email", "letter"):
            reason = self._get_sender_obstacle(step)
            state = reason and "blocked"
        return state, reason

    def _get_rep_obstacle(self):
        if not self.lead_id.user_id.active:
            return "waiting", "no_rep"
        return self.lead_id._get_obstacle("task")  # which needs a rep and nothing else

    def _get_sender_obstacle(self, step):
        sender = self._get_sender()
        if not sender:
            return "no_sender"
        if step.channel == "email" and not sender.email:
            return "no_sender_email"
        return None

    def _get_branch_obstacle(self, step, tried=()):
        """Return ``("skipped" or "waiting", "branch")`` where the condition of ``step`` says so.

        A condition that may still come to hold, or to fail, is no obstacle yet.
        """
        verdict = self._judge_branch(step, tried)
        if verdict.holds is None:
            return "waiting", "branch"
        if verdict.is_final and not verdict.holds:
            return "skipped", "branch"
        return None, None

    def _judge_branch(self, step, tried=()):
        """Return what the condition of ``step`` says now, as a ``branches.Verdict``."""
        self.ensure_one()
        if not step.branch_of:
            return branches.Verdict(True, True)
        return branches.judge(step.branch_word, self._get_branch_source(step, tried))

    def _get_branch_source(self, step, tried):
        """Return the ``branches.Source`` that the condition of ``step`` looks at, None for none.

        The last call is the one made last, agreed ones among them; one that is still to be made
        comes before it, since it will be the last.
        """
        before = self.cadence_id._get_steps_before(step)
        if step.branch_of == "step":
            sources = self._get_branch_sources(None, before[-1:], tried)
            return sources[-1] if sources else None
        sources = self._get_branch_sources(step.branch_of, before, tried)
        ignored = ("skipped",) if step.branch_word == "not_made" else ("skipped", "not_made")
        sources = [source for source in sources if source.state not in ignored]
        still_open = [source for source in sources if source.state == "open"]
        return next(iter(still_open or reversed(sources)), None)

    def _get_branch_sources(self, channel, steps, tried):
        """Return what became of ``steps`` in this round, and of agreed calls; the last one last.

        :param channel: only what was made by it; None is any, without agreed calls.
        """
        found = []
        for touch in self.touch_ids.filtered(lambda touch: touch.round == self.round):
            is_agreed = channel and not touch.step_id
            if channel in (None, touch.channel) and (
                is_agreed or touch.step_id._is_version_of(steps)
            ):
                when = touch.done_at or touch.create_date
                found.append((when, touch.step_id.sequence, touch._get_branch_source()))
        now = fields.Datetime.now()
        for vals in tried:
            step = steps.browse(vals["step_id"])
            if channel in (None, vals["channel"]) and step._is_version_of(steps):
                state = self.env["lead.touch"]._get_branch_state(vals["state"])
                found.append((now, step.sequence, branches.Source(state)))
        return [source for _when, _place, source in sorted(found, key=lambda one: one[:2])]
