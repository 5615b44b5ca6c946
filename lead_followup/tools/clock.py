"""When somebody is told of a clock that runs, and how long it ran. Naive UTC throughout."""

from collections.abc import Iterable
from datetime import datetime, timedelta

Span = tuple[datetime, datetime]

# Whoever goes home before something is due is told in his last hour, not in the minute he leaves.
LAST_CALL = timedelta(hours=1)


def hours_between(start: datetime | None, end: datetime | None) -> float:
    """Return the hours from ``start`` to ``end``; 0.0 where one is missing or ``end`` is earlier.

    >>> hours_between(datetime(2026, 3, 20, 12), datetime(2026, 3, 21, 13, 30))
    25.5
    >>> hours_between(datetime(2026, 3, 20, 12), datetime(2026, 3, 20, 11))
    0.0
    """
    if not start or not end or end < start:
        return 0.0
    return (end - start) / timedelta(hours=1)


def stage_moment(start: datetime, deadline: datetime, share_pct: int) -> datetime:
    """Return when ``share_pct`` hundredths of the time from ``start`` to ``deadline`` are over.

    A clock that was over before it began is due at once.

    >>> stage_moment(datetime(2026, 3, 20, 12), datetime(2026, 3, 22, 12), 75)
    datetime.datetime(2026, 3, 22, 0, 0)
    """
    if deadline <= start:
        return start
    return start + (deadline - start) * share_pct / 100


def is_due(now: datetime, moment: datetime, deadline: datetime, spans: Iterable[Span]) -> bool:
    """Tell whether somebody is to be told now of what is due at ``moment``.

    People are told in their working hours: at ``moment`` if they work then, else when they begin
    to work next. Who does not work any more between ``moment`` and ``deadline`` is told before, in
    the last hour that he works.

    :param spans: when he works, (start, end) from now on; they do not overlap.

    >>> at = lambda hour: datetime(2026, 3, 20, hour)
    >>> is_due(at(12), at(11), at(23), [(at(9), at(17))])
    True
    >>> is_due(at(8), at(7), at(23), [(at(9), at(17))])  # at 9
    False
    >>> is_due(at(16), at(18), at(23), [(at(9), at(17))])  # the last hour of his day
    True
    """
    spans = list(spans)
    if not _overlaps(spans, now, now + timedelta.resolution):
        return False
    if now >= moment:
        return True
    is_there_later = _overlaps(spans, moment, deadline)
    return not is_there_later and not _overlaps(spans, now + LAST_CALL, moment)


def _overlaps(spans: list[Span], start: datetime, end: datetime) -> bool:
    return any(begin < end and start < finish for begin, finish in spans)
