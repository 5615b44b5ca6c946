"""How many leads bring a revenue. Plain numbers and dates in, plain numbers and dates out."""

import calendar
import math
from collections.abc import Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

MOST_LEADS = 10_000_000  # more is no number to plan by, and sums have to be stored as well
ENOUGH_CASES = 30  # closed leads; with fewer an own rate says little
# Shares of leads that are won, as published for whole markets; they are nobody's own.
PUBLISHED_RATES = {"b2b": (0.0035, 0.40), "b2c": (0.018, 0.19)}


def leads_needed(revenue: float, rate: float, value: float) -> int | None:
    """Return how many leads bring ``revenue``; None where no number of them would.

    :param rate: the share of leads that are won, from 0 to 1.
    :param value: the revenue of one that is won.

    >>> leads_needed(90_000, rate=0.25, value=3_000)
    120
    >>> leads_needed(90_001, rate=0.25, value=3_000)
    121
    >>> leads_needed(300, rate=0.1, value=1_000)
    3
    >>> leads_needed(0, rate=0, value=0)
    0
    >>> leads_needed(100, rate=0, value=1_000) is None
    True
    >>> leads_needed(2e12, rate=0.0035, value=100) == MOST_LEADS
    True
    """
    if revenue <= 0:
        return 0
    if rate <= 0 or value <= 0:
        return None
    revenue_a_lead = rate * value
    if revenue_a_lead * MOST_LEADS <= revenue:
        return MOST_LEADS
    # 0.1 * 3 is a bit above 0.3
    return math.ceil(round(revenue / revenue_a_lead, 6))


def shares_pct(amounts: Sequence[float]) -> list[float]:
    """Return the shares of ``amounts``, in tenths of a percent that add up to 100 exactly.

    Negative amounts count as nothing. What rounding leaves goes to the largest remainders.
    Nothing to share gives only zeros.

    >>> shares_pct([1, 1, 1])
    [33.4, 33.3, 33.3]
    >>> shares_pct([300, -5, 100])
    [75.0, 0.0, 25.0]
    >>> shares_pct([0, 0]), shares_pct([])
    ([0.0, 0.0], [])
    """
    amounts = [max(amount, 0) for amount in amounts]
    total = sum(amounts)
    if not total:
        return [0.0] * len(amounts)
    exact = [1000 * amount / total for amount in amounts]
    tenths = [math.floor(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda at: tenths[at] - exact[at])
    for at in by_remainder[: 1000 - sum(tenths)]:
        tenths[at] += 1
    return [share / 10 for share in tenths]


def day_count(begin: date, end: date) -> int:
    """Return the days from ``begin`` to ``end``, both counted; 0 where the end comes first.

    >>> day_count(date(2026, 4, 1), date(2026, 6, 30))
    91
    >>> day_count(date(2026, 4, 2), date(2026, 4, 1)), day_count(date(2026, 4, 2), date(2026, 1, 1))
    (0, 0)
    """
    return max((end - begin).days + 1, 0)


def days_over(begin: date, end: date, today: date) -> int:
    """Return how many days of a period are over; ``today`` is not over yet.

    >>> [days_over(date(2026, 4, 1), date(2026, 4, 10), date(2026, 4, day)) for day in (1, 2, 30)]
    [0, 1, 10]
    >>> days_over(date(2026, 4, 1), date(2026, 4, 10), date(2026, 3, 1))
    0
    """
    return min(day_count(begin, today - timedelta(days=1)), day_count(begin, end))


def next_period(begin: date, end: date) -> tuple[date, date]:
    """Return the period after this one: as many whole months, else as many days.

    >>> next_period(date(2026, 1, 1), date(2026, 3, 31))
    (datetime.date(2026, 4, 1), datetime.date(2026, 6, 30))
    >>> next_period(date(2026, 2, 1), date(2026, 2, 28))
    (datetime.date(2026, 3, 1), datetime.date(2026, 3, 31))
    >>> next_period(date(2026, 1, 5), date(2026, 1, 11))
    (datetime.date(2026, 1, 12), datetime.date(2026, 1, 18))
    """
    start = end + timedelta(days=1)
    if begin.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]:
        months = 12 * (end.year - begin.year) + end.month - begin.month + 1
        return start, start + relativedelta(months=months) - timedelta(days=1)
    return start, start + (end - begin)
