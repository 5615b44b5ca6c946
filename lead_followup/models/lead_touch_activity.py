from datetime import datetime

import pytz

from odoo import models


class LeadTouch(models.Model):
    """A queued call or task follows its activity: to another day, to another's list."""

    _inherit = "lead.touch"

    def _follow_activity(self):
        """Take over day and person from the activities, as far as they differ from the plan.

        The program writes the touch before the activity, so that what it plans differs in nothing.
        The time of day stays. An agreed call stays an agreed one: its cadence waits for it.
        """
        for touch in self:
            vals = touch._prepare_moved_vals(touch.activity_id.date_deadline)
            if touch.activity_id.user_id != touch.user_id:
                vals["user_id"] = touch.activity_id.user_id.id
            if not vals:
                continue
            if "planned_at" in vals and touch.enrollment_id.next_touch_at == touch.planned_at:
                touch.enrollment_id.next_touch_at = vals["planned_at"]
            touch.write(vals)
            touch.activity_id.summary = touch._get_activity_summary()

    def _prepare_moved_vals(self, day):
        """Return what ``day``, on the calendar of whoever makes it, changes in its plan."""
        self.ensure_one()
        if not self.planned_at or not day or not self.user_id or self._get_local_date() == day:
            return {}
        local = self.user_id._get_lead_local(self.planned_at)
        zone = pytz.timezone(self.user_id._get_lead_tz())
        moved = zone.localize(datetime.combine(day, local.time()))
        moment = moved.astimezone(pytz.utc).replace(tzinfo=None)
        vals = {
            "planned_at": moment,
            "is_late_by_plan": bool(self.deadline and moment > self.deadline),
            "moved_by": False,
        }
        if self.slot_rule not in ("agreed", "again"):
            vals["slot_rule"] = "by_hand"
        return vals
