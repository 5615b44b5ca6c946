"""Where the simulated people live: clocks and weeks written down by hand.

Nothing here comes from the planner, which is judged by it. Only the public holidays are those of
the ``holidays`` library, for both.
"""

import datetime as dt
from functools import cache
from typing import NamedTuple

import holidays
import pytz

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


class Spot(NamedTuple):
    """A country's calendar, and how a phone number there begins."""

    country: str
    zone: str
    week: tuple[int, ...]  # its working days in its own order
    phone: str  # the rest are digits of one's own, four of them


_WEST = (MON, TUE, WED, THU, FRI)
SPOTS = (
    Spot("DE", "Europe/Berlin", _WEST, "+493023125"),
    Spot("GB", "Europe/London", _WEST, "+442079460"),
    Spot("FR", "Europe/Paris", _WEST, "+33142681"),
    Spot("TR", "Europe/Istanbul", _WEST, "+902122511"),
    Spot("US", "America/New_York", _WEST, "+1212736"),
    Spot("US", "America/Los_Angeles", _WEST, "+1213628"),
    Spot("JP", "Asia/Tokyo", _WEST, "+8133211"),
    Spot("AE", "Asia/Dubai", _WEST, "+9714331"),
    Spot("IR", "Asia/Tehran", (SAT, SUN, MON, TUE, WED, THU), "+982188771"),
    Spot("SA", "Asia/Riyadh", (SUN, MON, TUE, WED, THU), "+966114651"),
)


@cache
def free_days(country: str) -> frozenset[dt.date]:
    """Give the public holidays of ``country`` in the simulated year and its neighbours."""
    return frozenset(holidays.country_holidays(country, years=(2025, 2026, 2027)))


def wall_clock(moment: dt.datetime, zone: str) -> dt.datetime:
    """Give what a clock in ``zone`` reads at ``moment`` (naive UTC)."""
    return pytz.utc.localize(moment).astimezone(pytz.timezone(zone)).replace(tzinfo=None)


def works_on(spot: Spot, day: dt.date) -> bool:
    """Tell whether people at ``spot`` work on ``day``."""
    return day.weekday() in spot.week and day not in free_days(spot.country)


def day_of_week(spot: Spot, day: dt.date) -> int:
    """Give which working day of the week ``day`` is at ``spot``, from 1; 0 on a day off."""
    return spot.week.index(day.weekday()) + 1 if works_on(spot, day) else 0


def working_days_between(spot: Spot, first: dt.date, last: dt.date) -> int:
    """Count the working days after ``first`` up to and with ``last``."""
    days = (first + dt.timedelta(days=i) for i in range(1, (last - first).days + 1))
    return sum(works_on(spot, day) for day in days)
