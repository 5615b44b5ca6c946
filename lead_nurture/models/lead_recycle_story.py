from odoo import api, fields, models
from odoo.tools import format_date


class LeadRecycle(models.Model):
    """The row as one line to read: “Lost for “Budget” on 3 Mar · came back on 20 Jul · won”."""

    _inherit = "lead.recycle"

    @api.depends("state", "reason", "rest_until", "came_back_at", "won_at", "entered_at")
    @api.depends_context("lang", "tz")
    def _compute_story(self):
        for row in self:
            parts = (
                row._describe_end(),
                row._describe_rest(),
                row._describe_return(),
                row._describe_rotation(),
            )
            row.story = " · ".join(part for part in parts if part)

    def action_open_lead(self):
        """Open the lead itself, lost or not."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "res_id": self.lead_id.id,
            "views": [(False, "form")],
        }

    def _describe_end(self):
        day = self._format_day(self.ended_at)
        if self.way == "lost" and self.lost_reason_id:
            return self.env._(
                "Lost for “%(reason)s” on %(day)s", reason=self.lost_reason_id.name, day=day
            )
        return {
            "lost": self.env._("Lost on %s", day),
            "returned": self.env._(
                "Returned for “%(reason)s” on %(day)s", reason=self.return_reason_id.name, day=day
            ),
            "silent": self.env._("Through a cadence without an answer on %s", day),
            "unqualified": self.env._("Not qualified by %s", day),
        }[self.way]

    def _describe_rest(self):
        until = format_date(self.env, self.rest_until)
        if self.state == "resting":
            return self.env._("rests until %s", until)
        if self.state == "due":
            return self.env._("rested until %(day)s: %(why)s", day=until, why=self.reason_text)
        if self.state == "never":
            return self.env._("is not recycled: %s", self.reason_text)
        if self.state == "over":
            return self.env._("given up: %s", self.reason_text)
        if self.entered_at:
            return self.env._("rested until %s", until)
        return ""

    def _describe_return(self):
        if self.state == "track":
            return self.env._(
                "in “%(track)s” since %(day)s",
                track=self.track_id.name,
                day=self._format_day(self.entered_at),
            )
        if self.state != "back":
            return ""
        kinds = dict(self._fields["came_back_kind"]._description_selection(self.env))
        text = self._describe_coming_back()
        if self.came_back_kind:
            text = f"{text} ({kinds[self.came_back_kind]})"
        if self.won_at:
            text = " · ".join((text, self.env._("won on %s", self._format_day(self.won_at))))
        return text

    def _describe_coming_back(self):
        day = self._format_day(self.came_back_at)
        if not self.message_count:
            return self.env._("came back on %s", day)
        if self.message_count == 1:
            return self.env._("came back on %s after 1 message", day)
        return self.env._(
            "came back on %(day)s after %(count)s messages", day=day, count=self.message_count
        )

    def _describe_rotation(self):
        return self.rotation and self.env._("rotation %s", self.rotation)

    def _format_day(self, moment):
        """Return the day of ``moment`` where the reader is; a dash where it isn't known."""
        if not moment:
            return "–"
        return format_date(self.env, fields.Datetime.context_timestamp(self, moment).date())
