from datetime import datetime, time

from odoo import api, fields, models

from .ahead import add_ahead, get_company_id, get_named


class LeadTouch(models.Model):
    """What came of a touch: of a call in one of five words, of others what became known.

    A call agreed with the lead interrupts its cadence; once it is made or given up, the cadence
    goes on, unless its outcome says otherwise.
    """

    _inherit = "lead.touch"

    outcome = fields.Selection(
        [
            ("interested", "Reached, interested"),
            ("later", "Reached, later"),
            ("not_interested", "Not interested"),
            ("no_answer", "No answer"),
            ("wrong_number", "Wrong number"),
            ("unknown", "Made, outcome not given"),
            ("replied", "Answered"),
            ("meeting", "Meeting booked"),
            ("bounced", "Came back"),
        ],
        help="What came of it.",
    )
    note = fields.Char()
    done_user_id = fields.Many2one("res.users", "Done By", index="btree_not_null")
    timeline_at = fields.Datetime(
        compute="_compute_timeline_at",
        store=True,
        precompute=True,
        help="When it was made, else is planned for.",
    )
    slot_rule = fields.Selection(
        selection_add=[
            ("agreed", "As agreed with the lead"),
            ("by_hand", "By hand"),
            ("again", "Tried again"),
        ],
        ondelete={"agreed": "set null", "by_hand": "set null", "again": "set null"},
    )

    @api.depends("done_at", "planned_at")
    def _compute_timeline_at(self):
        now = fields.Datetime.now()
        for touch in self:
            made_at = touch.create_date or now  # not there yet while it is made
            touch.timeline_at = touch.done_at or touch.planned_at or made_at

    @api.model
    def _add_precomputed_values(self, vals_list):
        leads, now = get_named(self, vals_list, "lead_id"), fields.Datetime.now()
        return add_ahead(
            self,
            vals_list,
            lambda vals: {
                "company_id": get_company_id(leads, vals.get("lead_id")),
                "timeline_at": vals.get("done_at") or vals.get("planned_at") or now,
            },
            super()._add_precomputed_values,
        )

    @api.depends("enrollment_id.stop_reason")
    def _compute_reason_text(self):
        """Say of what was withdrawn why that was done."""
        result = super()._compute_reason_text()
        texts = self.enrollment_id._get_stop_reason_texts()
        for touch in self.filtered(lambda touch: touch.state == "cancelled"):
            reason = touch.reason or touch.enrollment_id.stop_reason
            touch.reason_text = texts.get(reason, reason)
        return result

    def _get_title(self):
        """Return what this touch is, in the words of its step."""
        self.ensure_one()
        if self.step_id:
            return self.step_id.name
        if self.slot_rule == "agreed":
            return self.env._("Call back as agreed")
        return dict(self._fields["channel"]._description_selection(self.env))[self.channel]

    @api.depends("step_id", "slot_rule", "channel")
    def _compute_display_name(self):
        for touch in self:
            touch.display_name = touch._get_title() if touch.channel else ""

    def _mark_done(self, done_at, is_human):
        self._end_call_back()
        return super()._mark_done(done_at, is_human)

    def _mark_failed(self, reason):
        self._end_call_back()
        return super()._mark_failed(reason)

    def _end_call_back(self):
        """Let the cadences that these agreed calls interrupted go on."""
        agreed = self.filtered(lambda touch: touch.slot_rule == "agreed")
        agreed.enrollment_id._resume_after_call_back()

    def _block(self, reason):
        """Block those of these touches that were not made yet, in sight; the cadence goes on."""
        live = self.filtered(
            lambda touch: touch.state in ("planned", "approval", "queued", "waiting")
        )
        live._withdraw()
        live.write({"state": "blocked", "reason": reason})
        live._end_call_back()
        live.enrollment_id._ask_for_plan()

    def _prepare_call_vals(self, activity):
        """Return what a call that no cadence planned, with its ``activity``, is as a touch."""
        today = fields.Date.context_today(activity)
        planned_at = fields.Datetime.now()
        if activity.date_deadline < today:
            planned_at = datetime.combine(activity.date_deadline, time(12))
        return {
            "lead_id": activity.res_id,
            "channel": "call",
            "user_id": activity.user_id.id,
            "state": "queued",
            "planned_at": planned_at,
            "activity_id": activity.id,
        }
