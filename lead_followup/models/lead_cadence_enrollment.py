import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain

from .ahead import add_ahead, get_company_id, get_named

_logger = logging.getLogger(__name__)

_SOON = timedelta(minutes=1)


class LeadCadenceEnrollment(models.Model):
    """A lead in a cadence: at which step it is, what comes next and when, and why it ended.

    A lead has one live enrollment at most. It advances when a touch was made, and only then;
    a step that can't be made is kept as a blocked touch with its reason.
    """

    _name = "lead.cadence.enrollment"
    _description = "Cadence Enrollment"
    _order = "id desc"
    _rec_name = "lead_id"

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade", index=True)
    cadence_id = fields.Many2one("lead.cadence", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(
        related="lead_id.company_id", store=True, index=True, precompute=True
    )
    state = fields.Selection(
        [
            ("active", "Active"),
            ("paused", "Paused"),
            ("done", "Finished"),
            ("stopped", "Stopped"),
        ],
        required=True,
        default="active",
        readonly=True,
        index=True,
    )
    step_id = fields.Many2one("lead.cadence.step", "Last Step", readonly=True, ondelete="set null")
    round = fields.Integer(default=1, readonly=True)
    next_touch_at = fields.Datetime(
        readonly=True, help="When the next touch is planned; empty while nothing is."
    )
    next_channel = fields.Selection(
        [("email", "Email"), ("call", "Call"), ("letter", "Letter"), ("task", "Task")],
        readonly=True,
    )
    needs_plan = fields.Boolean(readonly=True, help="A touch was made or failed; what comes next?")
    import_id = fields.Many2one("lead.import", index="btree_not_null", readonly=True, copy=False)
    last_touch_at = fields.Datetime(readonly=True)
    stop_reason = fields.Char(readonly=True)
    touch_ids = fields.One2many("lead.touch", "enrollment_id")

    _lead_live_unique = models.UniqueIndex(
        "(lead_id) WHERE state IN ('active', 'paused')",
        "This lead is in a cadence already; stop that one first.",
    )
    _needs_plan_idx = models.Index("(id) WHERE needs_plan IS TRUE")

    _CRON_BATCH = 500  # enrollments a transaction

    @api.model
    def _add_precomputed_values(self, vals_list):
        leads = get_named(self, vals_list, "lead_id")
        return add_ahead(
            self,
            vals_list,
            lambda vals: {"company_id": get_company_id(leads, vals.get("lead_id"))},
            super()._add_precomputed_values,
        )

    def unlink(self):
        """Withdraw what is on its way first: without its touch a mail would pass every guard."""
        self.check_access("unlink")
        # sudo: nobody deletes touches by hand
        self.sudo().touch_ids.unlink()
        return super().unlink()

    def action_pause(self):
        """Hold these enrollments; nothing goes out until they are resumed."""
        self._pause()

    def _suspend(self):
        """Take back what is planned of those that are active, and let them rest."""
        live = self.filtered(lambda enrollment: enrollment.state == "active")
        live._withdraw_steps()
        # sudo: the engine's fields; whether it may be done, the caller has asked
        live.sudo().write({"state": "paused", "next_touch_at": False, "next_channel": False})

    def action_resume(self):
        """Go on where the pause began, planned anew from now."""
        self.check_access("write")
        paused = self.filtered(lambda enrollment: enrollment.state == "paused")
        # sudo: the engine's fields, which whoever may write the enrollment sets by this alone
        paused.sudo().write({"state": "active", "stop_reason": False})
        paused._plan_next()

    @api.model
    def _cron_run_due(self):
        """Queue the touches that are due, join in waiting calls; what fails stays visible."""
        self.env["lead.touch"]._give_up_lost()
        due, limit = self._get_due_domain(), self._CRON_BATCH
        cron = self.env["ir.cron"]
        batch = self._find_due(limit=limit)
        is_all = len(batch) < limit
        cron._commit_progress(remaining=len(batch) if is_all else self._count_due())
        is_left = False
        while batch:
            free = batch.try_lock_for_update()
            free.filtered_domain(due)._run_due_apart()
            is_left |= free != batch
            if not cron._commit_progress(len(batch)):
                break
            batch = self._find_due(after=batch[-1].id, limit=limit)
        if is_left:  # who has locked an enrollment is at work on it, and asks for nothing more
            self.env.ref("lead_followup.ir_cron_run_cadences")._trigger(
                fields.Datetime.now() + _SOON
            )

    @api.model
    def _get_due_domain(self):
        """Return which enrollments have something to do now; others may add theirs by “or”."""
        active = Domain("state", "=", "active")
        unqueued = Domain("touch_ids", "any", self.env["lead.touch"]._get_to_queue_domain())
        waiting = [("state", "=", "waiting"), ("reason", "not in", ("branch", "branch_due"))]
        joined = Domain("touch_ids", "any", waiting) & Domain(
            "lead_id.user_id", "any", [("active", "=", True), ("lead_is_away", "!=", True)]
        )
        return active & unqueued | active & joined | active & Domain("needs_plan", "=", True)

    def _run_due_apart(self):
        """Do what is due; where one enrollment fails, the others go on and it says so."""
        try:
            with self.env.cr.savepoint():
                self._run_due()
        except OperationalError:
            raise  # two transactions met: the scheduler tries again
        except Exception as error:
            if len(self) == 1:
                _logger.exception("Cadence failed: %s", self)
                self._hold(str(error))
                return
            for enrollment in self:
                enrollment._run_due_apart()

    def _hold(self, reason):
        """Pause these enrollments because of a fault, in sight; a person resumes them."""
        self._withdraw_steps()
        self.sudo().write(  # sudo: the engine's fields
            {
                "state": "paused",
                "stop_reason": reason[:200],
                "needs_plan": False,
                "next_touch_at": False,
                "next_channel": False,
            }
        )

    def _run_due(self):
        """Plan what has no plan, and queue what is planned within the horizon."""
        self.filtered("needs_plan")._plan_next()
        waiting = self.touch_ids.filtered(
            lambda touch: (
                touch.state == "waiting"
                and touch.reason not in ("branch", "branch_due")
                and touch.lead_id.user_id._is_there()
            )
        )
        waiting._join_in()
        self.touch_ids.filtered(lambda touch: touch.state == "planned")._queue()

    def _ask_for_plan(self):
        """Let the cron choose the next touch of those that have none on its way, soon.

        What comes next of the others is noted anew: one of several is over. A call agreed with the
        lead is none of the cadence's steps: nothing waits for it here.
        """
        active = self.sudo().filtered(lambda enrollment: enrollment.state == "active")
        live = active - active._note_coming()
        if live:
            live.write({"needs_plan": True, "next_touch_at": False, "next_channel": False})
            self.env.ref("lead_followup.ir_cron_run_cadences")._trigger()

    def _stop(self, reason):
        """End these enrollments at once; what was planned or queued is withdrawn."""
        # sudo: who may win, lose or close a lead ends its cadence, and may not write touches
        live = self.sudo().filtered(lambda enrollment: enrollment.state in ("active", "paused"))
        live._withdraw_touches()
        live.write(
            {
                "state": "stopped",
                "stop_reason": reason,
                "next_touch_at": False,
                "next_channel": False,
            }
        )

    def _withdraw_touches(self):
        """Take back what these enrollments planned or queued; return those touches."""
        return self.sudo().touch_ids._withdraw()

    def _withdraw_steps(self):
        """Take back the steps not made, which are planned anew later; an agreed call stays."""
        # sudo: nobody writes touches by hand
        self.sudo().touch_ids.filtered("step_id")._withdraw()._lay_aside()
