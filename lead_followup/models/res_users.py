from datetime import datetime, time, timedelta

import pytz

from odoo import models

from ..tools import timing


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_lead_tz(self):
        """Return the time zone in which this person works."""
        self.ensure_one()
        if self.tz:
            return self.tz
        calendar = self.resource_calendar_id or self.company_id.resource_calendar_id
        return calendar.tz or "UTC"

    def _get_lead_local(self, moment):
        """Return ``moment`` (naive UTC) on this person's clock."""
        return pytz.utc.localize(moment).astimezone(pytz.timezone(self._get_lead_tz()))

    def _get_rep_time(self, start, end):
        """Return when this person works between two moments (naive UTC), leave taken out.

        Worked out once a transaction for whole days, since many leads ask for the same weeks.
        """
        self.ensure_one()
        first = datetime.combine(start.date(), time.min) - timedelta(days=1)
        last = datetime.combine(end.date(), time.min) + timedelta(days=2)
        cache = self.env.cr.cache.setdefault("lead_rep_time", {})
        key = (self.id, first, last)
        if key not in cache:
            cache[key] = timing.RepTime(tuple(self._get_work_intervals(first, last)))
        return cache[key]

    def _get_work_intervals(self, start, end):
        resource = self.resource_ids.filtered(
            lambda resource: resource.company_id in (self.company_id, self.env.company)
        )[:1]
        calendar = resource.calendar_id or self.company_id.resource_calendar_id
        if not calendar:  # fully flexible: any hour that suits the lead
            return [(start, end)]
        zone = pytz.timezone(self._get_lead_tz())
        found = calendar._work_intervals_batch(
            pytz.utc.localize(start), pytz.utc.localize(end), resources=resource, tz=zone
        )[resource.id]
        return [(begin, finish) for begin, finish, _meta in found]
