"""The working time of a rep, as the caller's calendar gives it."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from .clock import Interval
from .window import joined


@dataclass(frozen=True)
class RepTime:
    """When a rep works, leave already taken out.

    What the intervals do not cover is no working time: hand in as many as ``common_until`` asks.

    :param intervals: pairs of start and end, naive UTC or aware, in any order; they may overlap.
    :raises ValueError: an interval that ends before it starts.

    >>> ten, noon = dt.datetime(2026, 1, 5, 10), dt.datetime(2026, 1, 5, 12)
    >>> list(RepTime([(ten, noon)]).between(ten, dt.datetime(2026, 1, 5, 11)))
    [(datetime.datetime(2026, 1, 5, 10, 0), datetime.datetime(2026, 1, 5, 11, 0))]
    """

    intervals: tuple[Interval, ...]

    def __post_init__(self):
        naive = [(naive_utc(start), naive_utc(end)) for start, end in self.intervals]
        if any(end < start for start, end in naive):
            raise ValueError("an interval of working time ends before it starts")
        whole = tuple(joined((start, end) for start, end in naive if start < end))
        object.__setattr__(self, "intervals", whole)

    def between(self, start: dt.datetime, end: dt.datetime) -> Iterator[Interval]:
        """Give the working time from ``start`` to ``end`` in order, cut at both."""
        first = bisect_right(self.intervals, start, key=lambda interval: interval[1])
        for i in range(first, len(self.intervals)):
            begin, finish = self.intervals[i]
            if begin >= end:
                return
            yield max(begin, start), min(finish, end)


def naive_utc(moment: dt.datetime) -> dt.datetime:
    """Give ``moment`` in UTC without zone; one without zone already is in UTC."""
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(dt.timezone.utc).replace(tzinfo=None)
