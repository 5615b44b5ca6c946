"""Lines that add up: a score's parts, their limits, and what is left to explain."""

from collections.abc import Iterable


def limit_line(points: Iterable[int], limit: int) -> int:
    """Give the line that brings a sum of ``points`` back between 0 and ``limit``.

    >>> limit_line([15, 15, 15, 15, 10], 60)
    -10
    >>> limit_line([15, -60], 60)
    45
    >>> limit_line([15, 8], 60)
    0
    """
    total = sum(points)
    return max(0, min(total, limit)) - total


def unexplained(points: Iterable[int], score: int) -> int:
    """Give what must be added to ``points`` so that they sum to ``score``.

    >>> unexplained([15, 8], 23), unexplained([15, 8], 18)
    (0, -5)
    """
    return score - sum(points)


def temperature(score: int, warm: int, hot: int) -> str:
    """Name the band a score lies in.

    >>> [temperature(score, warm=40, hot=70) for score in (39, 40, 69, 70)]
    ['cold', 'warm', 'warm', 'hot']
    """
    if score >= hot:
        return "hot"
    return "warm" if score >= warm else "cold"
