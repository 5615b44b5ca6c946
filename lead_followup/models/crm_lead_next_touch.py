from odoo import api, fields, models
from odoo.exceptions import UserError

# What the text is made of: a kanban asks for it, and would read each lead and touch as a whole.
_SHOWN = (
    "lead_id",
    "enrollment_id",
    "step_id",
    "channel",
    "state",
    "planned_at",
    "slot_rule",
    "is_late_by_plan",
    "moved_by",
)
_PLACE = ("phone_sanitized", "mobile", "country_id", "state_id", "company_id")


class CrmLead(models.Model):
    """What is planned next for a lead, on its own clock, and why then; the ways to look further."""

    _inherit = "crm.lead"

    next_touch_text = fields.Char(
        "Planned Next", compute="_compute_next_touch_text", help="On the lead's own clock."
    )
    next_touch_why = fields.Char("Why Then", compute="_compute_next_touch_text")

    @api.depends("next_touch_at", "next_channel")
    @api.depends_context("lang")
    def _compute_next_touch_text(self):
        """Say it for all in one search of their next touches."""
        self.next_touch_text = self.next_touch_why = False
        touch_by_lead = self._get_next_touches()
        self.browse(lead._origin.id for lead in touch_by_lead).fetch(_PLACE)
        labels = dict(self.env["lead.touch"]._fields["channel"]._description_selection(self.env))
        for lead, touch in touch_by_lead.items():
            lead.next_touch_text = self.env._(
                "%(channel)s %(moment)s (local time there)",
                channel=labels[touch.channel],
                moment=touch._get_lead_moment(),
            )
            lead.next_touch_why = touch.plan_text

    def _get_next_touches(self):
        """Return ``{lead: the touch its live cadence makes next}``, for those that have one."""
        # sudo: who may see a lead may see what is planned for it
        enrollments = self.sudo().enrollment_id.filtered("next_touch_at")
        if not enrollments:
            return {}
        planned = [("enrollment_id", "in", enrollments.ids), ("planned_at", "!=", False)]
        touches = self.env["lead.touch"].sudo().search_fetch(planned, _SHOWN)  # sudo: as above
        coming = touches._filter_coming().sorted("planned_at", reverse=True)
        first = {touch.lead_id.id: touch for touch in coming}
        return {lead: first[lead._origin.id] for lead in self if lead._origin.id in first}

    def action_preview_cadence(self):
        """Show what comes, step after step, in this lead's cadence or in one that is chosen."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Comes If Nobody Answers"),
            "res_model": "lead.cadence.preview",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_lead_id": self.id,
                "default_cadence_id": (self.cadence_id or self._get_likely_cadence()).id,
            },
        }

    def action_ask_enroll(self):
        """Ask in which cadence these leads go, and show what it would do."""
        if not self:
            raise UserError(self.env._("No lead is chosen. Choose some in the list, then enroll."))
        self.check_access("write")
        wizard = self.env["lead.cadence.enroll"].create(
            {"lead_ids": [(6, 0, self.ids)], "cadence_id": self._get_likely_cadence().id}
        )
        return wizard._open()

    def _get_likely_cadence(self):
        """Return the cadence that is asked for, else the show's of all, else the general one."""
        cadences = self.env["lead.cadence"]
        asked = cadences.browse(self.env.context.get("lead_cadence_id", [])).exists()
        shows = self.trade_show_id
        general = self.env.ref("lead_followup.lead_cadence_general", raise_if_not_found=False)
        found = asked or (shows.cadence_id if len(shows) == 1 else cadences) or general or cadences
        return found.filtered(lambda cadence: cadence.active and cadence.step_ids)
