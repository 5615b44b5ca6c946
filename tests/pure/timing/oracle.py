"""Rule 5, read word by word and tested on every single minute: slow, and not the planner's code.

It shares with the planner only the data it does not judge: who works on which weekdays
(``working_week``) and the public holidays (``holidays_of``). Its clocks are pytz's own.
"""

import datetime as dt
from functools import cache
from typing import NamedTuple

import pytz
from lead_followup_tools.timing import holidays_of, working_week

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


class Case(NamedTuple):
    """One question to the planner, its windows as plain values."""

    channel: str
    now: dt.datetime
    tz: str
    country: str | None
    deadline: dt.datetime | None
    rep: tuple[tuple[dt.datetime, dt.datetime], ...] | None
    days: tuple[int, ...]
    hours: tuple[tuple[str, str], ...]


@cache
def answer(case: Case) -> tuple[dt.datetime, dt.datetime, str] | None:
    """Walk from ``now`` and give first minute, end and rule of the touch; none if there is none."""
    if case.deadline is None:
        return _walk(case, "window", case.now, None)
    return (
        _walk(case, "window", case.now, case.deadline)
        or _walk(case, "working_day", case.now, case.deadline)
        or _walk(case, "late", max(case.now, case.deadline), None)
    )


def rules_by_minute(case: Case, days: int) -> dict[dt.datetime, str]:
    """Give each minute of the next ``days`` in which a touch may be made, and the rule it obeys."""
    rule_by_minute = {}
    last_day = last_common_day(case)
    rep_minutes = _rep_minutes(case.rep or ())
    for i in range(days * 24 * 60):
        moment = case.now + i * MINUTE
        if not _is_reachable(case, moment, last_day, rep_minutes):
            continue
        in_time = case.deadline is None or moment < case.deadline
        if in_time and _is_open(case, moment, "window"):
            rule_by_minute[moment] = "window"
        elif case.deadline is not None and _is_open(case, moment, "late"):
            rule_by_minute[moment] = "working_day" if in_time else "late"
    return rule_by_minute


def last_common_day(case: Case) -> dt.date | None:
    """Give the tenth working day of the lead; none where no rep has to be met."""
    if case.rep is None or case.channel not in ("call", "task"):
        return None
    local = _local(case.tz, case.now)
    day = local.date()
    found = 1 if _is_working_day(case.country, day) and local.hour < 17 else 0
    while found < 10:
        day += DAY
        found += _is_working_day(case.country, day)
    return day


def _walk(case, rule, start, before):
    moment, found = start, None
    last_day = last_common_day(case)
    rep_minutes = _rep_minutes(case.rep or ())
    end = case.now + (40 if last_day else 366) * DAY  # ten working days never fill forty
    if before is not None:
        end = min(end, before)
    while moment < end:
        if _is_reachable(case, moment, last_day, rep_minutes) and _is_open(case, moment, rule):
            found = found or moment
        elif found:
            break
        moment += MINUTE
    return (found, moment, rule) if found else None


def _is_reachable(case, moment, last_day, rep_minutes) -> bool:
    if last_day is None:
        return True
    return moment in rep_minutes and _local(case.tz, moment).date() <= last_day


def _is_open(case, moment, rule) -> bool:
    local = _local(case.tz, moment)
    today, clock = local.date(), local.hour * 60 + local.minute
    if rule != "window":
        return 9 * 60 <= clock < 17 * 60 and _is_working_day(case.country, today)
    for start, end in _minutes_of_day(case.hours):
        if start < end:
            if start <= clock < end and _is_chosen_day(case, today):
                return True
        elif start > end:
            if clock >= start and _is_chosen_day(case, today):
                return True
            night_goes_on = clock < end and not _is_holiday(case.country, today)
            if night_goes_on and _is_chosen_day(case, today - DAY):
                return True
    return False


def _is_chosen_day(case, day) -> bool:
    if not _is_working_day(case.country, day):
        return False
    return working_week(case.country).index(day.isoweekday()) + 1 in case.days


@cache
def _is_working_day(country, day) -> bool:
    return day.isoweekday() in working_week(country) and not _is_holiday(country, day)


def _is_holiday(country, day) -> bool:
    return day in holidays_of(country, day.year)


def _local(tz, moment) -> dt.datetime:
    return _zone(tz).fromutc(moment)


_zone = cache(pytz.timezone)


@cache
def _minutes_of_day(hours) -> list[tuple[int, int]]:
    return [(_minute_of(start), _minute_of(end)) for start, end in hours]


def _minute_of(clock) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _rep_minutes(rep) -> frozenset[dt.datetime]:
    return frozenset(
        start + i * MINUTE for start, end in rep for i in range((end - start) // MINUTE)
    )
