"""Points that fade with age. Plain numbers in, plain numbers out."""

import math
from collections.abc import Iterable

SECONDS_A_DAY = 86400


def whole_days(seconds: float) -> int:
    """Count the days that have fully passed; what lies ahead has age zero.

    >>> whole_days(86399), whole_days(86400), whole_days(-5)
    (0, 1, 0)
    """
    return max(0, math.floor(seconds / SECONDS_A_DAY))


def round_half_up(points: float) -> int:
    """Round to a whole number, halves upwards, noise of the float aside.

    >>> round_half_up(2.5), round_half_up(-2.5), round_half_up(7.4999999999)
    (3, -2, 8)
    """
    return math.floor(round(points, 6) + 0.5)


def faded_points(ages: Iterable[int], points: float, half_life: float, limit: int = 0) -> int:
    """Sum what is left of ``points`` for each age, and round it to a whole number once.

    :param ages: whole days, >= 0, any number, any order; none gives 0.
    :param points: what one event is worth on the day; may be negative.
    :param half_life: days after which it is worth half; 0 or less: it never fades.
    :param limit: how many events count, the youngest first; 0: all.
    :raises ValueError: an age below zero.

    Source: the exponential decay law, N(t) = N(0) * 2^(-t / T).

    >>> faded_points([0], 15, half_life=30), faded_points([30], 15, half_life=30)
    (15, 8)
    >>> faded_points([0, 0, 0, 0], 5, half_life=30, limit=3)
    15
    """
    youngest = sorted(ages)
    if youngest and youngest[0] < 0:
        raise ValueError("an age is not below zero")
    counted = youngest[:limit] if limit else youngest
    if half_life <= 0:
        return round_half_up(points * len(counted))
    return round_half_up(sum(points * 2 ** (-age / half_life) for age in counted))
