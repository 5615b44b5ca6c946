from datetime import timedelta

import pytz

from odoo.tools.date_utils import sum_intervals
from odoo.tools.intervals import Intervals


class WorkingHours:
    """When people work between two moments, read once for all of them.

    A person's hours are those of his ``resource.resource``, which ``hr`` makes: its calendar less
    its leaves and the calendar's public holidays. A resource without a calendar (flexible) works
    his company's hours less his own leaves; a person without a resource, or with an archived one,
    works his company's hours; a company without a calendar works all the time.

    Three queries and two a calendar in use, however many people. Nothing is written.
    """

    def __init__(self, users, companies, start, end):
        """:param start, end: naive datetimes in UTC, as the ORM gives them."""
        self.env = users.sudo().env  # whoever asks: hours decide, and are shown to nobody
        self.start, self.end = pytz.utc.localize(start), pytz.utc.localize(end)
        resources = self.env["resource.resource"].search(
            [("user_id", "in", users.ids), ("resource_type", "=", "user")]
        )
        self._resources_by_user = resources.grouped("user_id")
        self._always = self._make([(self.start, self.end)])
        flexible = resources.filtered(lambda resource: resource._is_fully_flexible())
        self._fixed = resources - flexible
        self._spans = self._get_own(self._fixed)
        self._leaves = self._get_leaves(flexible)
        self._company_spans = {company: self._get_company(company) for company in companies}

    def get(self, user, company):
        """Give the ``Intervals`` in which ``user`` works, for leads of ``company``."""
        spans = self._company_spans[company]
        resources = self._get_resources(user, company)
        if not resources:
            return spans
        own = [
            self._spans[resource.id]
            if resource in self._fixed
            else spans - self._leaves[resource.id]
            for resource in resources
        ]
        return self._make((start, end) for part in own for start, end, _records in part)

    def count(self, user, company, since):
        """Give the hours ``user`` has worked from ``since`` (naive) to the end."""
        part = self._make([(pytz.utc.localize(since), self.end)])
        return round(sum_intervals(self.get(user, company) & part), 6)

    def get_absence(self, user, company):
        """Give (moment, hours): when ``user`` works next, and what passes at ``company`` till then.

        The moment is None where he does not work up to the end; it is in his own time zone. Without
        hours of the company it is his own usual ones that pass, leaves aside; a flexible person's
        pass by the clock, three hours as one.
        """
        spans = self.get(user, company)
        back = next((start for start, _end, _records in spans), None)
        passed = self._make([(self.start, back or self.end)])
        if company.sudo().resource_calendar_id:  # of a company the reader may not be in
            return back, sum_intervals(self._company_spans[company] & passed)
        fixed = self._get_resources(user, company) & self._fixed
        if not fixed:
            return back, sum_intervals(passed) / 3
        usual = self._get_own(fixed, compute_leaves=False)
        return back, max(sum_intervals(usual[resource.id] & passed) for resource in fixed)

    def _get_resources(self, user, company):
        """Give his resources: those of ``company`` where there are such, else all."""
        resources = self._resources_by_user.get(user, self.env["resource.resource"])
        return resources.filtered(lambda resource: resource.company_id == company) or resources

    def _get_own(self, resources, compute_leaves=True):
        spans, _by_calendar = resources._get_valid_work_intervals(
            self.start, self.end, compute_leaves=compute_leaves
        )
        return {
            resource.id: self._make((start, end) for start, end, _records in spans[resource.id])
            for resource in resources
        }

    def _get_leaves(self, resources):
        """Give ``{resource id: Intervals}`` of their own leaves, public holidays left out."""
        if not resources:
            return {}
        own = [("time_type", "=", "leave"), ("resource_id", "in", resources.ids)]
        leaves = self.env["resource.calendar"]._leave_intervals_batch(
            self.start, self.end, resources, own
        )
        return {
            resource.id: self._make((start, end) for start, end, _records in leaves[resource.id])
            for resource in resources
        }

    def _get_company(self, company):
        calendar = company.sudo().resource_calendar_id
        if not calendar:
            return self._always
        spans = calendar._work_intervals_batch(self.start, self.end)[False]
        return self._make((start, end) for start, end, _records in spans)

    def _make(self, pairs):
        """Give ``Intervals`` of (start, end), without the records Odoo hangs on them."""
        nothing = self.env["resource.calendar.attendance"]
        return Intervals([(start, end, nothing) for start, end in pairs])


def get_horizons(now):
    """Give the ends of the periods in which someone's return is looked for, the near one first.

    A fortnight answers for almost everybody; a year is read only for who is away that long.
    """
    return now + timedelta(days=14), now + timedelta(days=366)
