from odoo import fields, models

from ..models.moments import format_moment


class LeadCadencePreview(models.TransientModel):
    """Lays a cadence over the calendar of one lead: what comes when and why, if nobody answers.

    The cadence the lead is in is shown from where it stands. Another is shown as if the lead
    entered it now. Nothing of it is kept, and nobody is told.
    """

    _name = "lead.cadence.preview"
    _inherit = "lead.forecast.mixin"
    _description = "Preview of a Cadence"

    lead_id = fields.Many2one("crm.lead", ondelete="cascade")
    cadence_id = fields.Many2one(
        "lead.cadence", domain="[('step_ids', '!=', False)]", ondelete="cascade"
    )

    enrollment_id = fields.Many2one(related="lead_id.enrollment_id")

    def action_ask_enroll(self):
        """Ask whether the lead shall enter the cadence that is shown."""
        self.ensure_one()
        return self.lead_id.with_context(lead_cadence_id=self.cadence_id.id).action_ask_enroll()

    def get_foreseen_html(self, values):
        """Return the preview as HTML, False where lead or cadence is not chosen yet.

        :param values: ``{lead_id, cadence_id}``, ids or False.
        """
        lead = self.env["crm.lead"].browse(values.get("lead_id") or []).exists()
        cadence = self.env["lead.cadence"].browse(values.get("cadence_id") or []).exists()
        if not lead or not cadence:
            return False
        lead.check_access("read")
        cadence.check_access("read")
        lines, notes = self._foresee(lead, cadence)
        deadline = lead._get_open_deadline()
        zone = lead._get_place().tz
        return self.env["ir.qweb"]._render(
            "lead_followup.lead_cadence_preview",
            {
                "lines": lines,
                "notes": notes,
                "zone": zone,
                "deadline": deadline and format_moment(self.env, deadline, zone),
            },
        )

    def _foresee(self, lead, cadence):
        """Return ``(lines, notes)`` of ``lead`` in ``cadence``: what comes, what is to be known.

        :return: lines as ``_describe`` gives them, in order of time; notes as
            ``[(Bootstrap colour, text)]``.
        """
        # sudo: who may see a lead may see what would come; nothing that is written stays
        cadence = cadence.sudo().with_context(lead_forecast=True, tracking_disable=True)
        lead = lead.with_env(cadence.env)
        lines, notes = [], self._get_notes(lead, cadence)
        over = lead.touch_ids.filtered(lambda touch: touch.state != "waiting")
        over -= over._filter_coming() | over.filtered(lambda touch: touch._is_laid_aside())
        with self._taken_back():
            enrollment = self._get_enrollment(lead, cadence)
            if enrollment:
                lines = [self._describe(touch) for touch in enrollment._foresee_touches(over)]
                notes += self._get_closing_notes(enrollment)
        return lines, notes

    def _get_enrollment(self, lead, cadence):
        """Return the lead's live enrollment in ``cadence``, else one made for the preview."""
        if lead.enrollment_id.cadence_id == cadence:
            return lead.enrollment_id
        if not cadence.step_ids:
            return lead.enrollment_id.browse()
        lead.enrollment_id._stop("replaced")
        return cadence._enroll(lead)

    def _get_notes(self, lead, cadence):
        """Return what is to be known beforehand, as ``[(Bootstrap colour, text)]``."""
        live, company = lead.enrollment_id, lead.company_id or self.env.company
        notes = self._get_forecast_warnings(company)
        if live.cadence_id != cadence:
            _can, left_out = cadence._split_enrollable(lead)
            texts = cadence._get_entry_reason_texts()
            for word in left_out.keys() - {"in_cadence"}:
                text = self.env._("It cannot enter: %(why)s.", why=texts.get(word, word))
                notes.append(("danger", text))
            if "in_cadence" in left_out:
                text = self.env._(
                    "It is in “%(cadence)s” now. This would come if it left that and entered here.",
                    cadence=live.cadence_id.name,
                )
                notes.append(("info", text))
            if not cadence.step_ids:
                text = self.env._("“%(cadence)s” has no steps yet.", cadence=cadence.name)
                notes.append(("warning", text))
        elif live.state == "paused":
            text = self.env._(
                "It is held: %(why)s. This would come if it went on now.",
                why=live.stop_reason_text or self.env._("Paused by hand"),
            )
            if live.stop_reason == "call_back":
                text = self.env._("It is held until the call that was agreed is made.")
            notes.append(("warning", text))
        return notes

    def _get_closing_notes(self, enrollment):
        """Return how it ends, as ``[(Bootstrap colour, text)]``."""
        if any(touch.state == "waiting" for touch in enrollment.touch_ids):
            text = self.env._("Calls that wait join in as soon as the lead has a salesperson.")
            return [("info", text)]
        if enrollment.stop_reason == "no_channel":
            return [("danger", self.env._("No step of the cadence reaches this lead."))]
        return []

    def _describe(self, touch):
        """Return what the template shows of a touch that comes, waits or is left out."""
        label, title = self._get_channel_labels()[touch.channel], touch._get_title()
        line = {
            "channel": touch.channel,
            "label": label,
            "state": touch.state,
            "text": self.env._("%(channel)s: %(title)s", channel=label, title=title),
            "why": touch.reason_text,
            "planned_at": False,
            "at": False,
            "rep_at": False,
            "who": False,
            "is_late": False,
        }
        if touch._has_moment():
            line |= self._describe_moment(touch, label, title)
        return line

    def _describe_moment(self, touch, label, title):
        """Return what is to be said of a touch that has a moment."""
        name, rep_at = touch.user_id.name, touch._get_rep_moment()
        said = {
            "planned_at": touch.planned_at,
            "at": touch._get_lead_moment(),
            "who": name,
            "why": touch.plan_text,
            "is_late": touch.is_late_by_plan,
        }
        if name:
            said["text"] = self.env._(
                "%(channel)s: %(title)s, by %(name)s", channel=label, title=title, name=name
            )
        if rep_at:
            said["rep_at"] = self.env._("(%(moment)s for %(name)s)", moment=rep_at, name=name)
        return said
