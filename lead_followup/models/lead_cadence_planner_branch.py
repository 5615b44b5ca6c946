from odoo import models
from odoo.fields import Domain


class LeadCadenceEnrollment(models.Model):
    """Steps with a condition: those that wait for what it looks at, those looked at again.

    A step whose condition looks at a step that is not made yet waits, and the next are tried.
    Once that is made, or given up, it is decided: in its turn where nothing else is on its way,
    else beside what is.
    """

    _inherit = "lead.cadence.enrollment"

    def _plan_next(self):
        """Decide anew, in their turn, the steps that waited for the outcome of another."""
        # sudo: who may resume a cadence may not write touches
        self.sudo()._get_undecided().filtered(
            lambda touch: touch.enrollment_id.state == "active"
        ).unlink()
        return super()._plan_next()

    def _run_due(self):
        result = super()._run_due()
        self._get_undecided().filtered(lambda touch: touch.reason == "branch_due")._decide()
        return result

    def _get_due_domain(self):
        """Add those in which a step waited for an outcome that is there."""
        decidable = Domain(
            "touch_ids", "any", [("state", "=", "waiting"), ("reason", "=", "branch_due")]
        )
        return super()._get_due_domain() | (Domain("state", "=", "active") & decidable)

    def _ask_for_plan(self):
        """Let the cron also decide what waited for the outcome of the step that was made."""
        undecided = self.sudo()._get_undecided()
        if undecided:
            undecided.write({"reason": "branch_due"})
            self.env.ref("lead_followup.ir_cron_run_cadences")._trigger()
        return super()._ask_for_plan()

    def _get_undecided(self):
        """Return the touches that wait until their condition can be judged."""
        return self.touch_ids.filtered(
            lambda touch: touch.state == "waiting" and touch.reason in ("branch", "branch_due")
        )

    def _prepare_step_moment_vals(self, step, moment):
        """Return what a chosen moment makes of the touch of ``step``; it may be looked at again."""
        vals = self._prepare_moment_vals(moment)
        if vals["state"] == "planned" and not self._judge_branch(step).is_final:
            vals["reason"] = "branch_open"
        return vals
