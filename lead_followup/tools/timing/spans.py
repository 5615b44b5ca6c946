"""Intersecting and subtracting rows of intervals that are sorted and do not overlap."""

from collections.abc import Iterable, Iterator

from .clock import Interval


def common(first: Iterable[Interval], second: Iterable[Interval]) -> Iterator[Interval]:
    """Give what lies in both rows, lazily and in order.

    >>> list(common([(1, 5), (7, 9)], [(2, 3), (4, 8)]))
    [(2, 3), (4, 5), (7, 8)]
    """
    left, right = iter(first), iter(second)
    a, b = next(left, None), next(right, None)
    while a and b:
        start, end = max(a[0], b[0]), min(a[1], b[1])
        if start < end:
            yield start, end
        if a[1] <= b[1]:
            a = next(left, None)
        else:
            b = next(right, None)


def without(first: Iterable[Interval], second: Iterable[Interval]) -> Iterator[Interval]:
    """Give what lies in ``first`` but not in ``second``, lazily and in order.

    >>> list(without([(1, 5), (7, 9)], [(2, 3), (4, 8)]))
    [(1, 2), (3, 4), (8, 9)]
    """
    holes = iter(second)
    hole = next(holes, None)
    for start, end in first:
        while hole and hole[0] < end:
            if start < hole[0]:
                yield start, hole[0]
            start = max(start, hole[1])
            if hole[1] > end:
                break
            hole = next(holes, None)
        if start < end:
            yield start, end
