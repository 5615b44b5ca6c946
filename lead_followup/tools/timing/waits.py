"""Waits between steps, in days of the lead's own calendar."""

import datetime as dt

from .clock import to_utc
from .place import Place

_DAY = dt.timedelta(days=1)


def add_days(start: dt.datetime, days: int, place: Place) -> dt.datetime:
    """Give the moment ``days`` calendar days after ``start``, the lead's clock showing the same.

    :param start: naive UTC.
    :param days: >= 0; 0 gives ``start``.
    :return: naive UTC; where the clock skips that time, the moment of the jump.
    :raises ValueError: ``days`` < 0.

    >>> add_days(dt.datetime(2026, 3, 28, 9), 1, Place("Europe/Berlin"))  # clocks go forward
    datetime.datetime(2026, 3, 29, 8, 0)
    """
    _refuse_negative(days)
    if not days:
        return start
    return to_utc(place.local(start) + _DAY * days, place.tz)


def add_working_days(start: dt.datetime, days: int, place: Place) -> dt.datetime:
    """Give the moment on the lead's ``days``-th working day after ``start``, its clock the same.

    Weekends and public holidays are stepped over and not counted; the day of ``start`` is not
    counted either, working day or not.

    :param start: naive UTC.
    :param days: >= 0; 0 gives ``start``.
    :return: naive UTC, as ``add_days``.
    :raises ValueError: ``days`` < 0.

    >>> add_working_days(dt.datetime(2026, 1, 2, 9), 1, Place("UTC"))  # a Friday
    datetime.datetime(2026, 1, 5, 9, 0)
    """
    _refuse_negative(days)
    if not days:
        return start
    local = place.local(start)
    while days:
        local += _DAY
        days -= place.is_working_day(local.date())
    return to_utc(local, place.tz)


def _refuse_negative(days: int) -> None:
    if days < 0:
        raise ValueError(f"a wait has no negative days: {days}")
