"""How long somebody who was lost is left in peace. Plain dates in, plain dates out."""

from datetime import date

from dateutil.relativedelta import relativedelta

ENOUGH_CASES = 10  # below that a median says nothing
_DAYS_OF_MONTH = 365.25 / 12


def rest_end(start: date, months: int, days: int, look_again: date | None = None) -> date:
    """Return the day on which a rest that began on ``start`` is over.

    :param look_again: the day that was agreed on, which counts before any rule if it is later
        than ``start``.

    >>> rest_end(date(2026, 3, 3), months=3, days=0)
    datetime.date(2026, 6, 3)
    >>> rest_end(date(2026, 11, 30), months=3, days=0)
    datetime.date(2027, 2, 28)
    >>> rest_end(date(2026, 3, 3), months=3, days=0, look_again=date(2026, 9, 1))
    datetime.date(2026, 9, 1)
    >>> rest_end(date(2026, 3, 3), months=3, days=0, look_again=date(2026, 3, 3))
    datetime.date(2026, 6, 3)
    """
    if look_again and look_again > start:
        return look_again
    return start + relativedelta(months=months, days=days)


def fitting_months(median_days: float, cases: int) -> int | None:
    """Return the rest, in whole months, that fits those who came back; None for too few cases.

    :param median_days: after how many days half of them were back, >= 0.

    >>> fitting_months(152, cases=10)
    5
    >>> fitting_months(3, cases=40)
    1
    >>> fitting_months(152, cases=9) is None
    True
    """
    if cases < ENOUGH_CASES:
        return None
    return max(1, round(median_days / _DAYS_OF_MONTH))
