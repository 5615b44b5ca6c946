"""Weeks, and what a count is against an earlier one."""

from datetime import date, timedelta


def week_start(day: date) -> date:
    """Return the Monday of the week of ``day``.

    >>> week_start(date(2026, 3, 20))
    datetime.date(2026, 3, 16)
    >>> week_start(date(2026, 3, 16))
    datetime.date(2026, 3, 16)
    """
    return day - timedelta(days=day.weekday())


def weeks_back(day: date, weeks: int) -> date:
    """Return the Monday of the week that lies ``weeks`` before that of ``day``.

    >>> weeks_back(date(2026, 3, 20), 4)
    datetime.date(2026, 2, 16)
    """
    return week_start(day) - timedelta(weeks=weeks)


def trend_of(count: int, before: int | None) -> str:
    """Return the word for ``count`` against ``before``: more, fewer, same, or unknown.

    :param before: None where it was not counted then.

    >>> trend_of(3, 5), trend_of(5, 3), trend_of(0, 0), trend_of(3, None)
    ('fewer', 'more', 'same', 'unknown')
    """
    if before is None:
        return "unknown"
    if count == before:
        return "same"
    return "more" if count > before else "fewer"
