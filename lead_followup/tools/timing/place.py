"""Where a lead is: its clock, its working week and its public holidays."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, lru_cache

import holidays as _holidays

from .clock import to_local, zone
from .week import working_week


@lru_cache(maxsize=4096)
def holidays_of(
    country: str | None, year: int, subdivision: str | None = None
) -> frozenset[dt.date]:
    """Give the public holidays of ``country`` in ``year``, days off in lieu included.

    :param country: ISO 3166 code of two letters; none or unknown gives no holidays.
    :param subdivision: code of a state or province; an unknown one gives the country's own days.

    Source: the ``holidays`` library, category "public".

    >>> dt.date(2026, 10, 3) in holidays_of("DE", 2026), holidays_of("XX", 2026)
    (True, frozenset())
    >>> epiphany = dt.date(2026, 1, 6)
    >>> epiphany in holidays_of("DE", 2026), epiphany in holidays_of("DE", 2026, "BY")
    (False, True)
    """
    if not country:
        return frozenset()
    for subdiv in (subdivision, None) if subdivision else (None,):
        try:
            found = _holidays.country_holidays(country.upper(), subdiv=subdiv, years=year)
        except NotImplementedError:
            continue
        return frozenset(day for day in found if day.year == year)
    return frozenset()


@dataclass(frozen=True)
class Place:
    """The calendar of a lead: time zone, working week and holidays.

    :param tz: name of a zone, as ``zone_of`` gives it.
    :param country: ISO 3166 code of two letters, or none: Monday to Friday, no holidays.
    :param subdivision: code of a state, for its own holidays; may be none or unknown.
    :raises ValueError: ``tz`` is unknown.

    >>> Place("Asia/Riyadh", "SA").ordinal(dt.date(2026, 1, 4))  # a Sunday
    1
    """

    tz: str
    country: str | None = None
    subdivision: str | None = None

    def __post_init__(self):
        zone(self.tz)

    @cached_property
    def week(self) -> tuple[int, ...]:
        """The weekdays worked here, in the order of the week."""
        return working_week(self.country, self.subdivision)

    def ordinal(self, day: dt.date) -> int | None:
        """Give which working day of its week ``day`` is, from 1; none on the weekend.

        A holiday keeps its number: Thursday stays the fourth when Monday is free.
        """
        weekday = day.isoweekday()
        return self.week.index(weekday) + 1 if weekday in self.week else None

    def is_holiday(self, day: dt.date) -> bool:
        """Tell whether ``day`` is a public holiday here."""
        return day in holidays_of(self.country, day.year, self.subdivision)

    def is_working_day(self, day: dt.date) -> bool:
        """Tell whether ``day`` is neither weekend nor public holiday."""
        return day.isoweekday() in self.week and not self.is_holiday(day)

    def local(self, moment: dt.datetime) -> dt.datetime:
        """Give what the wall clock here reads at ``moment`` (naive UTC)."""
        return to_local(moment, self.tz)
