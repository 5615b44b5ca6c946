from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.moments import format_moment
from ..tools import timing


class LeadCallLater(models.TransientModel):
    """Asks when a lead that was reached but has no time now is called again, or looked at."""

    _name = "lead.call.later"
    _description = "Call a Lead Back Later"

    lead_id = fields.Many2one("crm.lead", required=True, readonly=True, ondelete="cascade")
    activity_id = fields.Integer(help="The activity that asked for the call that was made.")
    plan = fields.Selection(
        [("call", "Call back"), ("nurture", "Nurture until that date")],
        required=True,
        default="call",
    )
    call_back_at = fields.Datetime(
        compute="_compute_call_back_at", store=True, readonly=False, string="When"
    )
    their_time = fields.Char("There", compute="_compute_their_time")
    nurture_until = fields.Date(default=lambda self: self._default_nurture_until(), string="Until")
    note = fields.Char("What Was Said")

    def _default_nurture_until(self):
        return fields.Date.context_today(self) + timedelta(days=90)

    @api.depends("lead_id")
    def _compute_call_back_at(self):
        """Propose the first hour of the lead's next working day but one from which calls fit."""
        for wizard in self:
            place = wizard.lead_id._get_place()
            start = timing.add_working_days(fields.Datetime.now(), 1, place)
            slot = timing.first_slot("call", now=start, place=place)
            wizard.call_back_at = slot.start.replace(second=0, microsecond=0)

    @api.depends("lead_id", "call_back_at")
    def _compute_their_time(self):
        for wizard in self:
            wizard.their_time = False
            if wizard.call_back_at and wizard.lead_id:
                tz = wizard.lead_id._get_place().tz
                wizard.their_time = format_moment(self.env, wizard.call_back_at, tz, with_year=True)

    def action_confirm(self):
        """Note the call that was made, and plan what was agreed.

        :raises UserError: the date is missing or over.
        """
        self.ensure_one()
        lead = self.lead_id
        lead.check_access("write")
        lead._check_callable()
        self._check_date()
        touch = lead._note_call("later", self.activity_id, self.note)
        if self.plan == "call":
            lead._follow_later(touch, self.call_back_at)
        else:
            lead._log_call_reached(touch)
            lead._nurture_until(self.nurture_until, self.note)
        return {"type": "ir.actions.act_window_close"}

    def _check_date(self):
        if self.plan == "call":
            is_ahead = self.call_back_at and self.call_back_at > fields.Datetime.now()
        else:
            today = fields.Date.context_today(self)
            is_ahead = self.nurture_until and self.nurture_until > today
        if not is_ahead:
            raise UserError(
                self.env._(
                    "The date to come back to “%(lead)s” is missing or over. Choose one ahead.",
                    lead=self.lead_id.name,
                )
            )
