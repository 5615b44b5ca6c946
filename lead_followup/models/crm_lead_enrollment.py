from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import timing


class CrmLead(models.Model):
    """A lead's cadence: in which one it is, what comes next, and what may be done at all."""

    _inherit = "crm.lead"

    enrollment_ids = fields.One2many("lead.cadence.enrollment", "lead_id", "Cadences")
    enrollment_id = fields.Many2one(
        "lead.cadence.enrollment",
        compute="_compute_enrollment_id",
        store=True,
        index="btree_not_null",
        copy=False,
    )
    cadence_id = fields.Many2one(related="enrollment_id.cadence_id")
    next_touch_at = fields.Datetime("Next Touch", related="enrollment_id.next_touch_at")
    next_channel = fields.Selection(related="enrollment_id.next_channel")
    touch_ids = fields.One2many("lead.touch", "lead_id")
    touch_count = fields.Integer(compute="_compute_glance")
    stop_reason_text = fields.Char(compute="_compute_stop_reason_text")

    @api.depends("enrollment_ids.state")
    def _compute_enrollment_id(self):
        for lead in self:
            lead.enrollment_id = lead.enrollment_ids.filtered(
                lambda enrollment: enrollment.state in ("active", "paused")
            )[:1]

    @api.depends("enrollment_ids.stop_reason_text", "enrollment_id", "last_enrollment_id")
    def _compute_stop_reason_text(self):
        """Say why the last cadence ended or is held; nothing while it goes on."""
        for lead in self:
            last = lead.enrollment_id or lead.last_enrollment_id
            lead.stop_reason_text = last.stop_reason_text

    def _handle_won_lost(self, old_status_by_lead, new_status_by_lead):
        if not self._has_turned(old_status_by_lead, new_status_by_lead):
            return super()._handle_won_lost(old_status_by_lead, new_status_by_lead)
        ended = {"won": self.browse(), "lost": self.browse()}
        for lead in self:
            old = old_status_by_lead.get(lead.id, {})
            new = new_status_by_lead.get(lead.id, {})
            for name in ended:
                if new.get(f"is_{name}") and not old.get(f"is_{name}"):
                    ended[name] |= lead
        for name, leads in ended.items():
            leads.enrollment_id._stop(name)
        return super()._handle_won_lost(old_status_by_lead, new_status_by_lead)

    def action_set_lost(self, **additional_values):
        # before Odoo archives them, which would end their cadences for another reason; what goes on
        # for one that is lost already is not about this deal
        self.check_access("write")
        self.filtered(lambda lead: lead.won_status != "lost").enrollment_id._stop("lost")
        return super().action_set_lost(**additional_values)

    def write(self, vals):
        archived = self.filtered("active") if not vals.get("active", True) else self.browse()
        result = super().write(vals)
        if vals.get("do_not_contact"):
            self.enrollment_id._stop("do_not_contact")
        if archived:
            archived.enrollment_id._stop("archived")
        if "user_id" in vals:
            self._pass_on_touches()
        return result

    def _pass_on_touches(self):
        """Give what a former salesperson was to do, or to sign, to the new one, in one search."""
        # sudo: nobody writes touches by hand
        touches = self.env["lead.touch"].sudo()
        touches = touches.search(
            Domain("lead_id", "in", self.ids)
            & Domain("state", "in", ("planned", "approval", "queued", "waiting"))
        )
        waiting = touches.filtered(lambda touch: touch.state == "waiting")
        if waiting.filtered("lead_id.user_id"):
            # sudo: whoever assigns a lead lets its calls join in soon
            self.env.ref("lead_followup.ir_cron_run_cadences").sudo()._trigger()
        calls = (touches - waiting).filtered(lambda touch: touch.channel in ("call", "task"))
        calls.filtered(lambda touch: touch.user_id != touch.lead_id.user_id)._pass_on()
        (touches - waiting - calls)._pass_on_written()

    def _can_enroll(self):
        """Tell whether a cadence may start for this lead; one may ask for more than this."""
        self.ensure_one()
        return not self.enrollment_id and not self._get_entry_obstacle()

    def _get_entry_obstacle(self):
        """Return the word for why no cadence at all may start for this lead, None if one may."""
        self.ensure_one()
        reason = self._get_contact_obstacle()
        if not reason and self.lifecycle in ("disqualified", "customer"):
            return "not_a_buyer"
        return reason

    def _get_contact_obstacle(self):
        """Return the word for why no cadence reaches this lead any more, None if one may."""
        self.ensure_one()
        if self.won_status != "pending":
            return "closed"
        if self.do_not_contact:
            return "do_not_contact"
        if not self.active:
            return "archived"
        return None

    def _get_obstacle(self, channel):
        """Return ``(state, reason)`` of the touch that can't be made, ``(None, None)`` if it can.

        A call without a rep waits; everything else that is missing blocks the step.
        """
        self.ensure_one()
        reason = {
            "email": self._get_email_obstacle,
            "call": self._get_call_obstacle,
            "letter": self._get_letter_obstacle,
            "task": lambda: None,
        }[channel]()
        if reason:
            return "blocked", reason
        if channel in ("call", "task") and not self.user_id:
            return "waiting", "no_rep"
        return None, None

    def _get_email_obstacle(self):
        if not self.email_normalized:
            return "mail_email_invalid" if (self.email_from or "").strip() else "no_email"
        if self.email_wrong:
            return "email_bounced"
        if self.email_consent == "no":
            return "no_consent"
        if self.is_blacklisted:
            return "opted_out"
        return None

    def _get_open_deadline(self):
        """Return until when the first contact must be made, False once it was."""
        self.ensure_one()
        return not self.first_touch_at and self.first_touch_deadline

    def _get_place(self):
        """Return where this lead lives, as far as the calendar is concerned."""
        self.ensure_one()
        numbers = [number for number in (self.phone_sanitized, self.mobile) if number]
        country = self.country_id.code or None
        company = self.company_id or self.env.company
        return timing.Place(
            tz=timing.zone_of(numbers, country, company._get_lead_tz()),
            country=timing.country_of(numbers, country),
            subdivision=self.state_id.code or None,
        )
