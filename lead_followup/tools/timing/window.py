"""Where in a lead's week and day a channel works best."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from .clock import Interval, utc_intervals
from .place import Place

_CLOCK_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """Hours of some working days of the lead's week.

    Hours that run over midnight (``("22:00", "02:00")``) belong to the day they begin on; the part
    after midnight is lost where it falls on a public holiday. ``("09:00", "09:00")`` is no time at
    all.

    :param days: 1 is the first working day of the lead's week; 1 to 7.
    :param hours: pairs of local times "HH:MM", start and end; "24:00" may be an end.
    :raises ValueError: a day or an hour that does not exist.

    >>> Window(days=(1, 2), hours=(("22:00", "02:00"),)).has_hours
    True
    >>> Window(days=(), hours=(("09:00", "17:00"),)).has_hours
    False
    """

    days: tuple[int, ...]
    hours: tuple[tuple[str, str], ...]

    def __post_init__(self):
        object.__setattr__(self, "days", tuple(sorted(set(self.days))))
        object.__setattr__(self, "hours", tuple((start, end) for start, end in self.hours))
        if any(day not in ANY_DAY for day in self.days):
            raise ValueError(f"a week has the days 1 to 7: {self.days!r}")
        for text in (time for pair in self.hours for time in pair):
            if not _CLOCK_TIME.fullmatch(text):
                raise ValueError(f"not a time of day (HH:MM): {text!r}")

    @property
    def has_hours(self) -> bool:
        """Whether the window is ever open."""
        return bool(self.days) and any(start != end for start, end in self.hours)


ANY_DAY = (1, 2, 3, 4, 5, 6, 7)
DAYTIME = Window(days=ANY_DAY, hours=(("09:00", "17:00"),))
_CALL = Window(days=(3, 4), hours=(("10:00", "12:00"), ("14:00", "17:00")))
DEFAULT_WINDOWS: dict[str, Window] = {
    "email": Window(days=(2, 3, 4), hours=(("09:00", "12:00"),)),
    "call": _CALL,
    "task": _CALL,
    "letter": DAYTIME,
}


@lru_cache(maxsize=65536)
def open_in_week(window: Window, place: Place, monday: dt.date) -> tuple[Interval, ...]:
    """Give when ``window`` is open at ``place`` on the seven days from ``monday``, in UTC.

    :return: by start; hours of one day that touch are joined, days never are: a night may reach
        into the hours of the next morning.
    """
    found: list[Interval] = []
    for day in (monday + _DAY * i for i in range(7)):
        if place.ordinal(day) not in window.days or place.is_holiday(day):
            continue
        found += joined(_open_on(day, window, place))
    return tuple(found)


def joined(intervals) -> list[Interval]:
    """Sort ``intervals`` and join those that touch or overlap."""
    found: list[Interval] = []
    for start, end in sorted(intervals):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _open_on(day: dt.date, window: Window, place: Place) -> list[Interval]:
    midnight = dt.datetime.combine(day, dt.time())
    found: list[Interval] = []
    for start_text, end_text in window.hours:
        start, end = midnight + _since_midnight(start_text), midnight + _since_midnight(end_text)
        if end < start:
            end = midnight + _DAY if place.is_holiday(day + _DAY) else end + _DAY
        found += utc_intervals(start, end, place.tz)
    return found


def _since_midnight(text: str) -> dt.timedelta:
    hours, minutes = text.split(":")
    return dt.timedelta(hours=int(hours), minutes=int(minutes))
