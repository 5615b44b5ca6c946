from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date


class LeadCadenceEnrollment(models.Model):
    """A pause that says who made it, and that may end by itself on a day."""

    _inherit = "lead.cadence.enrollment"

    resume_at = fields.Datetime(
        "Goes On", readonly=True, index="btree_not_null", help="When the pause ends by itself."
    )

    @api.depends("resume_at")
    def _compute_stop_reason_text(self):
        result = super()._compute_stop_reason_text()
        for enrollment in self.filtered("resume_at"):
            enrollment.stop_reason_text = self.env._(
                "Paused until %(date)s",
                date=format_date(self.env, enrollment._get_resume_date()),
            )
        return result

    def _get_stop_reason_texts(self):
        return {**super()._get_stop_reason_texts(), "paused": self.env._("Paused by hand")}

    def action_resume(self):
        self.check_access("write")
        held = self.filtered(lambda enrollment: enrollment.state == "paused")
        held.sudo().write({"resume_at": False})  # sudo: the engine's field
        result = super().action_resume()
        gone_on = held.filtered(lambda enrollment: enrollment.state in ("active", "done"))
        for cadence, enrollments in gone_on.grouped("cadence_id").items():
            enrollments._note_on_leads(
                self.env._("The cadence “%(cadence)s” goes on.", cadence=cadence.name)
            )
        return result

    def _pause(self, until=False):
        """Hold these enrollments, also those that are paused by hand, until the day ``until``.

        :param until: the first day on which they go on; none: until somebody resumes them.
        :return: those that are held now; what waits for an agreed call or has ended is not.
        """
        self.check_access("write")
        held = self.filtered(
            lambda enrollment: (
                enrollment.state == "active"
                or (enrollment.state == "paused" and enrollment.stop_reason == "paused")
            )
        )
        held._suspend()
        for company, enrollments in held.grouped(
            lambda enrollment: enrollment.company_id or self.env.company
        ).items():
            moment = bool(until) and self._get_day_start(until, company)
            # sudo: the engine's fields
            enrollments.sudo().write({"stop_reason": "paused", "resume_at": moment})
            if moment:
                # sudo: the scheduler's trigger, which whoever may pause sets
                self.env.ref("lead_followup.ir_cron_run_cadences").sudo()._trigger(at=moment)
        for cadence, enrollments in held.grouped("cadence_id").items():
            enrollments._note_on_leads(enrollments._describe_pause(cadence, until))
        return held

    def _describe_pause(self, cadence, until):
        if until:
            return self.env._(
                "The cadence “%(cadence)s” is paused until %(date)s.",
                cadence=cadence.name,
                date=format_date(self.env, until),
            )
        return self.env._("The cadence “%(cadence)s” is paused.", cadence=cadence.name)

    @api.model
    def _get_day_start(self, day, company):
        """Return the midnight with which ``day`` begins where ``company`` works, naive UTC."""
        zone = pytz.timezone(company._get_lead_tz())
        midnight = zone.localize(datetime.combine(day, time.min))
        return midnight.astimezone(pytz.utc).replace(tzinfo=None)

    def _get_resume_date(self):
        self.ensure_one()
        company = self.company_id or self.env.company
        zone = pytz.timezone(company._get_lead_tz())
        return pytz.utc.localize(self.resume_at).astimezone(zone).date()

    @api.model
    def _get_due_domain(self):
        rested = Domain("state", "=", "paused") & Domain("resume_at", "<=", fields.Datetime.now())
        return super()._get_due_domain() | rested

    def _run_due(self):
        """Let those whose pause is over go on; they are planned with the others."""
        rested = self.filtered(
            lambda enrollment: (
                enrollment.state == "paused"
                and enrollment.resume_at
                and enrollment.resume_at <= fields.Datetime.now()
            )
        )
        promised = rested._wait_for_agreed_call()
        (rested - promised).action_resume()
        return super()._run_due()

    def _wait_for_agreed_call(self):
        """Let those whose lead expects a call wait for that instead; return them."""
        waiting = self.browse()
        for enrollment in self:
            call = enrollment.touch_ids.filtered(
                lambda touch: touch.slot_rule == "agreed" and touch.state == "queued"
            ).sorted("planned_at")[:1]
            if call:
                enrollment._pause_for_call(call)
                waiting |= enrollment
        return waiting

    def _pause_for_call(self, call):
        self.sudo().write(  # sudo: the engine's fields
            {
                "stop_reason": "call_back",
                "resume_at": False,
                "next_touch_at": call.planned_at,
                "next_channel": call.channel,
            }
        )

    def _hold(self, reason):
        # else it would be tried, and fail, again and again; sudo: the engine's field
        self.sudo().resume_at = False
        return super()._hold(reason)

    def _stop(self, reason):
        # sudo: who may win, lose or close a lead ends its cadence
        self.sudo().filtered("resume_at").resume_at = False
        return super()._stop(reason)
