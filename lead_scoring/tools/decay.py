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


def faded_points(
    ages: Iterable[int],
    points: float,
    half_life: float,
    limit: int = 0,
    weights: Iterable[float] | None = None,
) -> int:
    """Sum what is left of ``points`` for each age, and round it to a whole number once.

    :param ages: whole days, >= 0, any number, any order; none gives 0.
    :param points: what one event is worth on the day; may be negative.
    :param half_life: days after which it is worth half; 0 or less: it never fades.
    :param limit: how many events count, those that are worth most first; 0: all.
    :param weights: how much of its points each event counts, one an age; none: all of them.
    :raises ValueError: an age below zero, or another number of weights than of ages.

    Source: the exponential decay law, N(t) = N(0) * 2^(-t / T).

    >>> faded_points([0], 15, half_life=30), faded_points([30], 15, half_life=30)
    (15, 8)
    >>> faded_points([0, 0, 0, 0], 5, half_life=30, limit=3)
    15
    >>> faded_points([0, 0, 0, 30], 10, half_life=30, limit=2, weights=[0.1, 0.1, 0.1, 1])
    6
    """
    ages = list(ages)
    weights = [1] * len(ages) if weights is None else list(weights)
    if any(age < 0 for age in ages):
        raise ValueError("an age is not below zero")
    left = sorted(
        (
            weight * (2 ** (-age / half_life) if half_life > 0 else 1)
            for age, weight in zip(ages, weights, strict=True)
        ),
        reverse=True,
    )
    return round_half_up(sum(points * part for part in left[: limit or None]))
