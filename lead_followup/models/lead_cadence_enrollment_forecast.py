from collections import Counter

import pytz

from odoo import fields, models


class LeadCadenceEnrollment(models.Model):
    """The figures of a forecast, read from enrollments that were planned only to be foreseen."""

    _inherit = "lead.cadence.enrollment"

    def _read_forecast(self, tz):
        """Return the figures of what is planned for these enrollments.

        :param tz: name of the zone whose days count: the company's, as for the sender's cap.
        :return: ``{enrolled_count, mailed_count, late_count, capped_count, unreached_count,
            plan: [[day, channel, user id, count, late, capped]],
            open: [[state, channel, reason, count]]}``
        """
        touches = self.touch_ids
        planned = touches._filter_coming()
        unreached = self.filtered(lambda enrollment: enrollment.state != "active")
        return {
            "enrolled_count": len(self),
            "mailed_count": len(self._filter_mailed()),
            "late_count": len(planned.filtered("is_late_by_plan")),
            "capped_count": len(planned._filter_capped()),
            "unreached_count": len(unreached),
            "plan": self._count_planned(planned, tz),
            "open": self._count_open(touches, unreached),
        }

    def _count_planned(self, planned, tz):
        zone = pytz.timezone(tz)
        counts, late, capped = Counter(), Counter(), Counter()
        for touch in planned:
            day = pytz.utc.localize(touch.planned_at).astimezone(zone).date()
            key = (fields.Date.to_string(day), touch.channel, touch.user_id.id)
            counts[key] += 1
            late[key] += touch.is_late_by_plan
            capped[key] += len(touch._filter_capped())
        return [[*key, counts[key], late[key], capped[key]] for key in sorted(counts)]

    def _count_open(self, touches, unreached):
        """Count what has no moment: calls that wait for a rep; steps nobody reached can take."""
        waiting = touches.filtered(lambda touch: touch.state == "waiting")
        blocked = unreached.touch_ids.filtered(lambda touch: touch.state == "blocked")
        counts = Counter(
            (touch.state, touch.channel, touch.reason or "") for touch in waiting | blocked
        )
        return [[*key, count] for key, count in sorted(counts.items())]

    def _count_hindered(self):
        """Count the leads whose calls wait for a rep, or to whom a step can't be made, and why."""
        hindered = self.touch_ids.filtered(lambda touch: touch.state in ("waiting", "blocked"))
        kinds = {
            (touch.lead_id.id, touch.state, touch.channel, touch.reason or "") for touch in hindered
        }
        counts = Counter(kind[1:] for kind in kinds)
        return [[*key, count] for key, count in sorted(counts.items())]
