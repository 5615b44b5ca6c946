"""The moment of a touch: the slots it may take, in the order in which it should."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .clock import Interval, to_utc
from .place import Place
from .rep import RepTime
from .spans import common, without
from .window import DAYTIME, DEFAULT_WINDOWS, Window, open_in_week

_DAY = dt.timedelta(days=1)
_SECOND = dt.timedelta(seconds=1)
_YEAR = dt.timedelta(days=366)
_COMMON_DAYS = 10  # working days of the lead in which it must meet the rep's time
_WITH_REP = frozenset({"call", "task"})

WINDOW, WORKING_DAY, LATE = "window", "working_day", "late"


class Slot(NamedTuple):
    """A stretch of time in which a touch may be made, and by which part of the rule."""

    start: dt.datetime  # naive UTC
    end: dt.datetime  # naive UTC, after start; not part of the slot
    rule: str  # "window", "working_day" or "late"

    @property
    def late(self) -> bool:
        """Whether taking it misses the deadline, known when it was planned."""
        return self.rule == LATE


class Blocked(NamedTuple):
    """No moment for a touch, and why."""

    reason: str  # "no_common_hour", "no_hours", "no_slot" or "no_capacity"


def first_slot(
    channel: str,
    *,
    now: dt.datetime,
    place: Place,
    deadline: dt.datetime | None = None,
    rep: RepTime | None = None,
    window: Window | None = None,
) -> Slot | Blocked:
    """Give the slot that a touch planned at ``now`` takes, or why there is none.

    The first that holds: the window before the deadline; the lead's working day 09:00-17:00
    before the deadline; the first of the lead's working daytime from now, late by plan. Without
    a deadline the window only. A call or task lies in the rep's working time as well.

    :param channel: "email", "call", "task" or "letter".
    :param deadline: naive UTC, as ``now``; may lie in the past.
    :param rep: for calls and tasks; other channels pay no heed to it. None: nobody to ask yet.
    :param window: the step's own; none gives the channel's.
    :return: Blocked says "no_common_hour" (ten working days of the lead without an hour it shares
        with the rep), "no_hours" (the window is never open) or "no_slot" (none in a year).
    :raises ValueError: an unknown channel.

    Source: rule 5 of the design.

    >>> monday = dt.datetime(2026, 1, 5, 12)
    >>> first_slot("email", now=monday, place=Place("Europe/London", "GB"))
    Slot(start=datetime.datetime(2026, 1, 6, 9, 0), end=datetime.datetime(2026, 1, 6, 12, 0), \
rule='window')
    """
    found = slots(channel, now=now, place=place, deadline=deadline, rep=rep, window=window)
    slot = next(found, None)
    if slot:
        return slot
    if deadline is None and not (window or DEFAULT_WINDOWS[channel]).has_hours:
        return Blocked("no_hours")
    return Blocked("no_common_hour" if rep and channel in _WITH_REP else "no_slot")


def slots(
    channel: str,
    *,
    now: dt.datetime,
    place: Place,
    deadline: dt.datetime | None = None,
    rep: RepTime | None = None,
    window: Window | None = None,
) -> Iterator[Slot]:
    """Give all slots of a touch in the order in which the rule takes them.

    Parameters as for ``first_slot``. First those in the window before the deadline, then what is
    left of the working days before it, then the working daytime after it; each in order of time,
    none overlapping another, for a year (with a rep: ten working days). Lazy.
    """
    if channel not in DEFAULT_WINDOWS:
        raise ValueError(f"unknown channel: {channel!r}")
    window = window or DEFAULT_WINDOWS[channel]
    rep = rep if channel in _WITH_REP else None
    until = common_until(now, place) if rep else now + _YEAR
    return _slots(window, now, place, until, deadline, rep)


class KeptSlots:
    """The slots of ``slots``, for many touches that ask for the same: each is worked out once.

    Walked through as often as one likes; no further than anybody has asked.

    >>> kept = KeptSlots("email", now=dt.datetime(2026, 1, 5, 12), place=Place("UTC"))
    >>> next(iter(kept)) == next(iter(kept))
    True
    >>> len(list(kept)) == len(list(slots("email", now=dt.datetime(2026, 1, 5, 12), \
place=Place("UTC"))))
    True
    """

    def __init__(self, channel: str, **asked):
        self._known: list[Slot] = []
        self._further = slots(channel, **asked)

    def __iter__(self) -> Iterator[Slot]:
        index = 0
        while True:
            while index < len(self._known):
                yield self._known[index]
                index += 1
            slot = next(self._further, None)
            if slot is None:
                return
            self._known.append(slot)


def _slots(window, now, place, until, deadline, rep) -> Iterator[Slot]:
    in_time = until if deadline is None else min(deadline, until)
    for start, end in _free(window, place, now, in_time, rep):
        yield Slot(start, end, WINDOW)
    if deadline is None:
        return
    windows = _open(window, place, now, in_time)
    for start, end in without(_free(DAYTIME, place, now, in_time, rep), windows):
        yield Slot(start, end, WORKING_DAY)
    for start, end in _free(DAYTIME, place, max(now, deadline), until, rep):
        yield Slot(start, end, LATE)


def is_open(window: Window, moment: dt.datetime, place: Place) -> bool:
    """Tell whether ``moment`` (naive UTC) lies in ``window``, on a working day of the lead.

    >>> is_open(DAYTIME, dt.datetime(2026, 1, 5, 9), Place("UTC"))  # a Monday
    True
    >>> is_open(DAYTIME, dt.datetime(2026, 1, 5, 17), Place("UTC"))
    False
    >>> is_open(DAYTIME, dt.datetime(2026, 1, 4, 9), Place("UTC"))
    False
    """
    return any(True for _slot in _open(window, place, moment, moment + _SECOND))


def common_until(now: dt.datetime, place: Place) -> dt.datetime:
    """Give the end of the ten working days in which a lead and a rep must share an hour.

    :return: naive UTC; midnight of the lead after the tenth day. The first is today while some of
        its daytime (to 17:00) is still to come.

    >>> common_until(dt.datetime(2026, 1, 5, 12), Place("UTC"))  # a Monday
    datetime.datetime(2026, 1, 17, 0, 0)
    """
    local = place.local(now)
    today_is_over = local.time() >= dt.time(17)
    return _end_of_days(place, local.date() + _DAY * today_is_over)


@lru_cache(maxsize=65536)
def _end_of_days(place: Place, day: dt.date) -> dt.datetime:
    left = _COMMON_DAYS
    while True:
        left -= place.is_working_day(day)
        day += _DAY
        if not left:
            return to_utc(dt.datetime.combine(day, dt.time()), place.tz)


def _free(
    window: Window, place: Place, start: dt.datetime, end: dt.datetime, rep: RepTime | None
) -> Iterator[Interval]:
    """Give when ``window`` is open and ``rep``, if any, at work."""
    found = _open(window, place, start, end)
    return common(found, rep.between(start, end)) if rep else found


def _open(window: Window, place: Place, start: dt.datetime, end: dt.datetime) -> Iterator[Interval]:
    """Give when ``window`` is open from ``start`` to ``end``, in order, cut at both."""
    if start >= end or not window.has_hours:
        return
    day = start.date() - 2 * _DAY  # a night begun yesterday, on a clock a day away
    monday = day - _DAY * day.weekday()
    last = start  # then the end of the slot before: a night may reach into the next morning
    while monday <= end.date() + _DAY:
        for begin, finish in open_in_week(window, place, monday):
            begin, finish = max(begin, last), min(finish, end)
            if begin < finish:
                yield begin, finish
                last = finish
        monday += 7 * _DAY
