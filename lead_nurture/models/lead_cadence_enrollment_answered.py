from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

_REST = timedelta(days=30)  # so long a customer who answered is left to his salesperson


class LeadCadenceEnrollment(models.Model):
    """A customer who answers is not written to for a while, and then his track goes on.

    The answer is the salesperson's to read; a word of thanks ends nothing. Who wants no more of it
    ends the track as ever, and where a repeat is open by then it rests on, as others do.
    """

    _inherit = "lead.cadence.enrollment"

    def _stop(self, reason):
        resting = self.browse()
        if reason == "replied":
            # sudo: whoever receives the answer
            resting = self.sudo().filtered(lambda one: one._may_go_on_after_answer())
            resting._rest_after_answer()
        return super(LeadCadenceEnrollment, self - resting)._stop(reason)

    def _may_go_on_after_answer(self):
        """Tell whether this track of a customer goes on, some time after he answered."""
        self.ensure_one()
        lead = self.lead_id
        return (
            self.state in ("active", "paused")
            and self.cadence_id.is_after_sale
            and lead.won_status == "won"
            and lead.active
            and not lead._has_opted_out()
            and not lead._filter_person_unwilling()
        )

    def _rest_after_answer(self):
        """Hold these for a while; what rests for another reason, or for longer, stays so."""
        self.lead_id.touch_ids._note_result("replied")
        until = fields.Datetime.now() + _REST
        ours = self.filtered(
            lambda one: (
                one.state == "active"
                or one.stop_reason in ("answered", "no_sender")
                or (one.resume_at and one.resume_at < until)
            )
        )
        ours._suspend()
        ours.write({"stop_reason": "answered", "resume_at": until, "needs_plan": False})
        if ours:
            # sudo: the scheduler's trigger, whoever receives the answer
            self.env.ref("lead_followup.ir_cron_run_cadences").sudo()._trigger(at=until)

    @api.depends("resume_at")
    def _compute_stop_reason_text(self):
        result = super()._compute_stop_reason_text()
        for enrollment in self.filtered(lambda one: one.stop_reason == "answered"):
            if enrollment.resume_at:
                enrollment.stop_reason_text = self.env._(
                    "The customer answered; it goes on from %(date)s",
                    date=format_date(self.env, enrollment._get_resume_date()),
                )
        return result

    def _get_stop_reason_texts(self):
        return {
            **super()._get_stop_reason_texts(),
            "answered": self.env._("The customer answered"),
            "letters_refused": self.env._("Wants no more letters"),
        }
