from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

from ..tools import timing

_BY_HAND = ("call", "task")


class LeadCadenceEnrollment(models.Model):
    """Choosing the next step of each enrollment and its moment in the lead's week and day.

    An e-mail needs a usable address, a call a number and a rep, a letter a postal address. A step
    that can't be made is written down as a blocked touch with its reason, one whose condition does
    not hold as a skipped one, and the next is tried; a call without a rep waits until one is
    there, while e-mails and letters go on.
    """

    _inherit = "lead.cadence.enrollment"

    def _plan_next(self):
        """Write the next touch of each active enrollment; finish those that have no step left."""
        # sudo: who may enroll, pause or win a lead may not write touches, the engine does
        todo = self.sudo().filtered(lambda enrollment: enrollment.state == "active")
        todo.write({"needs_plan": False})
        while todo:
            todo = todo._plan_one_step()

    def _plan_one_step(self):
        """Plan one step for each; return those whose step turned out blocked, to be tried again."""
        vals_list, step_by_enrollment = [], {}
        for enrollment in self:
            step = enrollment._take_step(vals_list)
            if step:
                step_by_enrollment[enrollment] = step
        blocked = self.browse()
        for enrollment, moment in self._choose_moments(step_by_enrollment).items():
            step = step_by_enrollment[enrollment]
            vals = enrollment._prepare_step_moment_vals(step, moment)
            vals_list.append({**enrollment._prepare_touch_vals(step), **vals})
            coming = {"step_id": step.id}
            if vals["state"] == "blocked":
                blocked |= enrollment
            else:
                coming |= {"next_touch_at": moment.at, "next_channel": step.channel}
            enrollment.write(coming)
        touches = self.env["lead.touch"].create(vals_list)
        (self - self.browse().union(*step_by_enrollment))._finish()
        touches._queue()
        return blocked

    def _take_step(self, vals_list):
        """Return the next step that can be made; add to ``vals_list`` those that can't.

        The next is the first that has no touch in this round, wherever it stands by now.
        """
        self.ensure_one()
        taken = self.touch_ids.filtered(lambda touch: touch.round == self.round).step_id
        taken_roots = {step._get_root() for step in taken}
        tried = []
        found = self.env["lead.cadence.step"]
        for step in self.cadence_id._get_steps():
            if step._get_root() in taken_roots:
                continue
            state, reason = self._get_step_obstacle(step, tried)
            if not state:
                found = step
                break
            tried.append({**self._prepare_touch_vals(step), "state": state, "reason": reason})
        if tried:
            self.step_id = tried[-1]["step_id"]
        vals_list += tried
        return found

    def _finish(self):
        """End those without a step left; one with a call waiting for its rep stays live."""
        waiting = self.filtered(
            lambda enrollment: "waiting" in enrollment.touch_ids.mapped("state")
        )
        ended = self - waiting
        ended.write({"state": "done"})
        ended.filtered(
            lambda enrollment: "done" not in enrollment.touch_ids.mapped("state")
        ).stop_reason = "no_channel"
        self.write({"next_touch_at": False, "next_channel": False})

    def _prepare_touch_vals(self, step):
        self.ensure_one()
        return {
            "enrollment_id": self.id,
            "lead_id": self.lead_id.id,
            "step_id": step.id,
            "round": self.round,
            "channel": step.channel,
            "user_id": self._get_sender().id,
            "deadline": self.lead_id._get_open_deadline(),
            "template_id": step.template_id.id,
        }

    def _prepare_moment_vals(self, moment):
        """Return what a chosen ``timing.Send``, or a ``timing.Blocked``, makes of a touch."""
        if isinstance(moment, timing.Blocked):
            return {"state": "blocked", "reason": moment.reason}
        return {
            "state": "planned",
            "reason": False,
            "planned_at": moment.at,
            "slot_rule": moment.slot.rule,
            "deadline": self.lead_id._get_open_deadline(),
            "is_late_by_plan": moment.late,
            "moved_by": moment.moved_by or False,
        }

    def _get_sender(self):
        """Return whose name a touch carries: salesperson's, the show's sender's, marketing's."""
        self.ensure_one()
        lead = self.lead_id
        company = lead.company_id or self.env.company
        people = lead.user_id, lead.trade_show_id.sender_id, company.lead_marketing_user_id
        there = [user for user in people if user._is_there()]
        return next((user for user in there or people if user.active), self.env["res.users"])

    def _filter_mailed(self):
        """Return those whose cadence e-mails their lead: now, or at a later step."""
        return self.filtered(
            lambda enrollment: (
                "email" in enrollment.cadence_id._get_steps().mapped("channel")
                and enrollment.lead_id._get_obstacle("email") == (None, None)
                and enrollment._get_sender().email
            )
        )

    def _choose_moments(self, step_by_enrollment):
        """Return ``{enrollment: timing.Send or Blocked}``; e-mails under the sender's cap."""
        moments = {}
        enrollments = self.browse().union(*step_by_enrollment)
        not_before = enrollments._get_not_before(step_by_enrollment)
        for company, group in enrollments.grouped(
            lambda enrollment: enrollment.company_id or self.env.company
        ).items():
            requests = [
                timing.SendRequest(
                    enrollment,
                    enrollment._get_pool(step_by_enrollment[enrollment]),
                    enrollment._get_slots(
                        step_by_enrollment[enrollment], not_before.get(enrollment)
                    ),
                    enrollment._get_house(step_by_enrollment[enrollment]),
                )
                for enrollment in group
            ]
            emails = [request for request in requests if request.sender]
            others = [request for request in requests if not request.sender]
            tz = company._get_lead_tz()
            moments |= timing.place_sends(
                emails,
                cap_per_day=company.lead_email_cap or None,
                pace_seconds=company._get_lead_pace_seconds(),
                house_pace_seconds=company._get_lead_house_pace_seconds(),
                taken=self._get_taken(emails, tz),
                busy=self._get_busy(emails, company),
                house_busy=self._get_house_busy(emails, company),
                tz=tz,
            )
            moments |= timing.place_sends(others, cap_per_day=None, tz=tz)
        return moments

    def _get_pool(self, step):
        """Return the sender whose daily cap this step counts against, None where none is."""
        return self._get_sender().id if step.channel == "email" else None

    def _get_taken(self, requests, tz):
        """Return ``{(sender id, day): count}`` of the e-mails that stand, days in ``tz``."""
        if not requests:
            return {}
        rows = (
            self.env["lead.touch"]
            .with_context(tz=tz)
            ._read_group(
                self._get_standing_domain(requests), ["user_id", "planned_at:day"], ["__count"]
            )
        )
        return {(user.id, day.date()): count for user, day, count in rows}

    def _get_standing_domain(self, requests):
        """Return which e-mails of the senders of ``requests`` have a place already."""
        now = fields.Datetime.now()
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        # One not approved by its moment is planned anew then, and gives its place away.
        stands = Domain("state", "in", ("planned", "queued", "sending", "done")) | (
            Domain("state", "=", "approval") & Domain("planned_at", ">", now)
        )
        return (
            stands
            & Domain("channel", "=", "email")
            & Domain("user_id", "in", list({request.sender for request in requests}))
            & Domain("planned_at", ">=", today - timedelta(days=1))
        )

    def _get_not_before(self, step_by_enrollment):
        """Return ``{enrollment: moment}`` before which its step may not be made, naive UTC.

        Beside what its waits ask for; others may add theirs. A fixed number of queries.
        """
        return {}

    def _get_slots(self, step, not_before=None):
        """Return the slots of the step for this lead in the order of preference."""
        self.ensure_one()
        lead = self.lead_id
        place = lead._get_place()
        now = self._get_earliest(step, place)
        now = max(now, not_before or now)
        deadline = lead._get_open_deadline() or None
        rep = None
        if step.channel in _BY_HAND:
            rep = lead.user_id._get_rep_time(now, timing.common_until(now, place))
        asked = {"now": now, "place": place, "deadline": deadline, "window": step._get_window()}
        if rep:
            return _find_slots(step.channel, rep=rep, **asked)
        # Whole shows live in few places: what is found once serves all who live there.
        known = self.env.cr.cache.setdefault("lead_slots", {})
        key = (step.channel, *asked.values())
        if key not in known:
            known[key] = _find_slots(step.channel, **asked)
        return known[key]

    def _get_earliest(self, step, place):
        """Return from when the step may be made: its wait after the last touch that was made.

        A call also waits from the calls before it that are still to be made: where several waited
        for a rep, nobody is called twice in one hour.
        """
        now = fields.Datetime.now()
        made = [touch._get_wait_start() for touch in self.lead_id.touch_ids if touch.done_at]
        made += [call.planned_at for call in self._get_calls_ahead(step)]
        if not made:
            return now
        return max(now, step._add_wait(max(made), place))

    def _get_calls_ahead(self, step):
        """Return the calls and tasks of steps before ``step``, itself one, that have a moment."""
        if step.channel not in _BY_HAND:
            return self.env["lead.touch"]
        before = self.cadence_id._get_steps_before(step)
        return self.touch_ids.filtered(
            lambda touch: (
                touch.channel in _BY_HAND
                and touch.state in ("planned", "queued")
                and touch.planned_at
                and touch.step_id._is_version_of(before)
            )
        )


def _find_slots(channel, **asked):
    """Return the slots, or the ``timing.Blocked`` that says why there is none."""
    first = timing.first_slot(channel, **asked)
    return first if isinstance(first, timing.Blocked) else timing.KeptSlots(channel, **asked)
