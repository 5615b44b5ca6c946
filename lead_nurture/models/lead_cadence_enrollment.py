from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# What stands in the way for good: no such channel, or one that may not be used.
_LASTING = frozenset(
    {
        "address_wrong",
        "email_bounced",
        "mail_email_invalid",
        "no_address",
        "no_addressee",
        "no_calls",
        "no_consent",
        "no_email",
        "no_letters",
        "no_phone",
        "opted_out",
        "wrong_number",
    }
)


class LeadCadenceEnrollment(models.Model):
    """In an endless track the first step follows the last, one round on.

    Where something was made the next round is planned at once, as its steps wait from then. Where
    nothing was (skipped, failed, hindered for now) it begins after as long as a round takes. A
    round in which every step is blocked for good is the last.
    """

    _inherit = "lead.cadence.enrollment"

    next_round_at = fields.Datetime(
        "Next Round",
        readonly=True,
        index="btree_not_null",
        help="When the track begins again after a round in which nothing could be made.",
    )

    @api.model
    def _get_program_only(self):
        return super()._get_program_only() | {"next_round_at"}

    def _finish(self):
        """Begin the next round of endless tracks, now or later; end the others."""
        endless = self.filtered("cadence_id.is_endless")
        made = endless.filtered(
            lambda enrollment: "done" in enrollment._get_round_touches().mapped("state")
        )
        resting = (endless - made).filtered(lambda enrollment: enrollment._may_go_on())
        made._begin_round()
        resting._rest_for_a_round()
        return super(LeadCadenceEnrollment, self - made - resting)._finish()

    def _get_round_touches(self):
        self.ensure_one()
        return self.touch_ids.filtered(lambda touch: touch.round == self.round and touch.step_id)

    def _may_go_on(self):
        """Tell whether another round may reach the lead, though this one has not.

        A step that waits for a rep says nothing: it joins in once there is one.
        """
        self.ensure_one()
        return any(
            touch.state != "waiting"
            and not (touch.state == "blocked" and touch.reason in _LASTING)
            and not (touch.state == "skipped" and touch.reason == "branch")
            for touch in self._get_round_touches()
        )

    def _begin_round(self):
        """Let the next round be planned; of steps that wait for a rep the latest stays."""
        stale = self.touch_ids.filtered(
            lambda touch: touch.state == "waiting" and touch.round < touch.enrollment_id.round
        )
        stale.write({"state": "skipped", "reason": "round_over"})
        for number, enrollments in self.grouped("round").items():
            enrollments.write(
                {
                    "round": number + 1,
                    "step_id": False,
                    "needs_plan": True,
                    "next_round_at": False,
                    "next_touch_at": False,
                    "next_channel": False,
                }
            )

    def _rest_for_a_round(self):
        """Let these wait as long as a round takes; twice changes nothing."""
        self.write({"next_touch_at": False, "next_channel": False})
        for enrollment in self.filtered(lambda enrollment: not enrollment.next_round_at):
            enrollment.next_round_at = enrollment._get_round_end()

    def _get_round_end(self):
        """Return when a round from now, or from what was planned in this one, is over.

        :return: naive UTC, a day ahead at least.
        """
        now = fields.Datetime.now()
        place = self.lead_id._get_place()
        end = max([now, *self._get_round_touches().filtered("planned_at").mapped("planned_at")])
        for step in self.cadence_id._get_steps():
            end = step._add_wait(end, place)
        return max(end, now + timedelta(days=1))

    @api.model
    def _get_due_domain(self):
        """Add those whose next round begins now."""
        rested = Domain("state", "=", "active") & Domain(
            "next_round_at", "<=", fields.Datetime.now()
        )
        return super()._get_due_domain() | rested

    def _run_due(self):
        now = fields.Datetime.now()
        rested = self.filtered(
            lambda enrollment: (
                enrollment.state == "active"
                and enrollment.next_round_at
                and enrollment.next_round_at <= now
            )
        )
        # Where a step came in meanwhile, the end of its round decides anew.
        busy = rested.filtered(
            lambda enrollment: any(
                touch.state in ("planned", "approval", "queued", "sending")
                for touch in enrollment._get_round_touches()
            )
        )
        busy.next_round_at = False
        (rested - busy)._begin_round()
        return super()._run_due()

    def _plan_next(self):
        """Plan the first touch of the rounds that begin here as well."""
        result = super()._plan_next()
        begun = self.filtered(lambda e: e.state == "active" and e.needs_plan)
        if begun:
            begun._plan_next()
        return result
