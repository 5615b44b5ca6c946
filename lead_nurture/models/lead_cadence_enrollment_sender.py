from odoo import api, models
from odoo.fields import Domain


class LeadCadenceEnrollment(models.Model):
    """A track outlasts the salesperson: others sign for him, and without any it waits, in sight.

    Its steps are not used up meanwhile; once there is somebody it goes on with the same one.
    """

    _inherit = "lead.cadence.enrollment"

    def _get_sender(self):
        sender = super()._get_sender()
        if sender.email or not self.cadence_id.is_track:
            return sender
        lead = self.lead_id
        company = lead.company_id or self.env.company
        people = company.lead_marketing_user_id, lead.team_id.user_id
        return next((user for user in people if user.active and user.email), sender)

    def _filter_without_sender(self):
        """Return the active tracks that write to their leads and have nobody to sign."""
        return self.filtered(
            lambda enrollment: (
                enrollment.state == "active"
                and enrollment.cadence_id.is_track
                and {"email", "letter"} & set(enrollment.cadence_id._get_steps().mapped("channel"))
                and not enrollment._get_sender()
            )
        )

    def _wait_for_sender(self):
        """Hold these until there is somebody to sign."""
        self._suspend()
        self.sudo().write({"stop_reason": "no_sender", "needs_plan": False})  # sudo: the engine's

    def _plan_next(self):
        mute = self._filter_without_sender()
        mute._wait_for_sender()
        return super(LeadCadenceEnrollment, self - mute)._plan_next()

    @api.model
    def _get_due_domain(self):
        waiting = Domain("state", "=", "paused") & Domain("stop_reason", "=", "no_sender")
        return super()._get_due_domain() | waiting

    def _run_due(self):
        self.filtered(
            lambda enrollment: (
                enrollment.state == "paused"
                and enrollment.stop_reason == "no_sender"
                and enrollment.lead_id.lifecycle not in ("mql", "sql")
                and enrollment._get_sender()
            )
        ).action_resume()
        return super()._run_due()

    def _get_stop_reason_texts(self):
        return {
            **super()._get_stop_reason_texts(),
            "no_sender": self.env._(
                "Nobody is there to sign; give the lead a salesperson, or its team a leader"
            ),
        }
