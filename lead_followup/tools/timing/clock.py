"""Local wall clocks and UTC, with every jump of every zone.

An instant belongs to a span of local hours when the wall clock reads a time inside it. So an hour
that the clock skips is lost, and an hour that it shows twice counts twice.
"""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytz

Interval = tuple[dt.datetime, dt.datetime]  # naive UTC, start <= t < end

_SCAN = dt.timedelta(hours=6)  # no zone has ever jumped twice within it
_SECOND = dt.timedelta(seconds=1)


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """Give the zone called ``name``, read from pytz's own database.

    A bare Debian has no /usr/share/zoneinfo, and Odoo counts with pytz: one source for both.

    :raises ValueError: pytz knows no such zone.

    >>> zone("Asia/Tehran").key
    'Asia/Tehran'
    """
    if name not in pytz.all_timezones_set:
        raise ValueError(f"unknown time zone: {name!r}")
    with pytz.open_resource(name) as data:
        return ZoneInfo.from_file(data, key=name)


def to_local(moment: dt.datetime, tz: str) -> dt.datetime:
    """Give what the wall clock in ``tz`` reads at ``moment``, both without zone.

    >>> to_local(dt.datetime(2026, 1, 5, 8), "Asia/Kolkata")
    datetime.datetime(2026, 1, 5, 13, 30)
    """
    return moment + _offset(moment, zone(tz))


def to_utc(local: dt.datetime, tz: str) -> dt.datetime:
    """Give the first instant at which the clock in ``tz`` has reached ``local``.

    A time shown twice gives its first showing; a time that is skipped, the moment of the jump.

    >>> to_utc(dt.datetime(2026, 3, 29, 2, 30), "Europe/Berlin")  # skipped: 02:00 to 03:00
    datetime.datetime(2026, 3, 29, 1, 0)
    """
    for start, end, offset in offset_runs(tz, local.year):
        moment = max(local - offset, start)
        if moment < end:
            return moment
    raise AssertionError("the runs of a year reach past its ends")


def utc_intervals(start: dt.datetime, end: dt.datetime, tz: str) -> list[Interval]:
    """Give the instants at which the clock in ``tz`` reads ``start`` or later, but before ``end``.

    :param start: local, without zone; so is ``end``.
    :return: in order, one for each offset; none where the clock skips it all.

    >>> [f"{a:%H:%M}-{b:%H:%M}" for a, b in utc_intervals(  # shown twice
    ...     dt.datetime(2026, 10, 25, 2, 15), dt.datetime(2026, 10, 25, 2, 45), "Europe/Berlin")]
    ['00:15-00:45', '01:15-01:45']
    """
    found = []
    for run_start, run_end, offset in offset_runs(tz, start.year):
        begin, finish = max(start - offset, run_start), min(end - offset, run_end)
        if begin < finish:
            found.append((begin, finish))
    return found


@lru_cache(maxsize=4096)
def offset_runs(tz: str, year: int) -> tuple[tuple[dt.datetime, dt.datetime, dt.timedelta], ...]:
    """Give the stretches of ``year`` with one offset each: start and end (UTC), local minus UTC.

    They reach three days past both ends of the year, for nights and the date line.
    """
    info = zone(tz)
    at = dt.datetime(year, 1, 1) - dt.timedelta(days=3)
    end = dt.datetime(year, 12, 31) + dt.timedelta(days=4)
    runs = []
    run_start, offset = at, _offset(at, info)
    while at < end:
        following = at + _SCAN
        if _offset(following, info) != offset:
            jump = _jump(at, following, info)
            runs.append((run_start, jump, offset))
            run_start, offset = jump, _offset(jump, info)
        at = following
    runs.append((run_start, at, offset))
    return tuple(runs)


def _jump(before: dt.datetime, after: dt.datetime, info: ZoneInfo) -> dt.datetime:
    """Give the first second with the offset of ``after``."""
    old = _offset(before, info)
    low, high = 0, int((after - before) / _SECOND)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(before + middle * _SECOND, info) == old:
            low = middle
        else:
            high = middle
    return before + high * _SECOND


def _offset(moment: dt.datetime, info: ZoneInfo) -> dt.timedelta:
    return moment.replace(tzinfo=dt.timezone.utc).astimezone(info).utcoffset()
