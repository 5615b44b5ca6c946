from odoo import fields, models


class LeadCadenceEnrollment(models.Model):
    """A track rests while its lead is with sales, and goes on where the lead is returned."""

    _inherit = "lead.cadence.enrollment"

    def _pause_for_sales(self):
        """Hold these; what is planned or queued is taken back."""
        active = self.filtered(lambda enrollment: enrollment.state == "active")
        active._suspend()
        active.sudo().stop_reason = "with_sales"  # sudo: the engine's field

    def _run_due(self):
        """Let a pause made by hand, once its day has come, end only when sales gives the lead
        back."""
        rested = self.filtered(
            lambda enrollment: (
                enrollment.state == "paused"
                and enrollment.resume_at
                and enrollment.resume_at <= fields.Datetime.now()
                and enrollment.cadence_id.is_track
                and enrollment.lead_id._is_with_sales()
            )
        )
        # sudo: the engine's fields
        rested.sudo().write({"stop_reason": "with_sales", "resume_at": False})
        return super()._run_due()

    def _resume_from_sales(self):
        """Let those go on that rest because of sales, planned anew from now.

        Not yet where the lead is being returned: what it is returned for may give it a rest.
        """
        if self.env.context.get("lead_returning"):
            return
        self.filtered(
            lambda enrollment: (
                enrollment.state == "paused" and enrollment.stop_reason == "with_sales"
            )
        ).action_resume()

    def _get_stop_reason_texts(self):
        return {
            **super()._get_stop_reason_texts(),
            "with_sales": self.env._("With sales; goes on where the lead is returned"),
        }
