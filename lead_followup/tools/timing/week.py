"""The working week of a country: which weekdays, and which of them comes first."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError

MONDAY_TO_FRIDAY = (1, 2, 3, 4, 5)

_FRIDAY_SATURDAY = frozenset({5, 6})
# Where the CLDR release inside Babel 2.10 (41) is wrong or silent, as ISO weekdays. Checked
# against the `holidays` library's `weekend`, whose own errors (Libya, Mauritania, India) are why
# it is not the first source: it gives Saturday and Sunday wherever nobody told it otherwise.
_WEEKEND_BY_COUNTRY = {
    "BD": _FRIDAY_SATURDAY,  # CLDR: Saturday and Sunday
    "BN": frozenset({5, 7}),  # Friday and Sunday, which CLDR's start and end cannot say
    "DJ": _FRIDAY_SATURDAY,  # no locale in Babel
    "MV": _FRIDAY_SATURDAY,  # CLDR: Saturday and Sunday
    "PS": _FRIDAY_SATURDAY,  # CLDR: Saturday and Sunday
}
# Three states of Malaysia keep Friday (Johor went back to Sunday in 2025).
_WEEKEND_BY_STATE = {
    ("MY", "KDH"): _FRIDAY_SATURDAY,
    ("MY", "KTN"): _FRIDAY_SATURDAY,
    ("MY", "TRG"): _FRIDAY_SATURDAY,
}


@lru_cache(maxsize=1024)
def working_week(country: str | None, subdivision: str | None = None) -> tuple[int, ...]:
    """Give the weekdays worked in ``country``, in the order of its own week.

    The week begins on the day after the weekend; where free days lie apart (Brunei), with the
    longest row of working days.

    :param country: ISO 3166 code of two letters; none or unknown gives Monday to Friday.
    :param subdivision: code of a state, where states differ; unknown ones follow the country.
    :return: ISO weekdays, Monday is 1; never empty.

    Source: the weekend in CLDR (through Babel), corrected by the table above.

    >>> working_week("DE"), working_week("SA"), working_week("IR")
    ((1, 2, 3, 4, 5), (7, 1, 2, 3, 4), (6, 7, 1, 2, 3, 4))
    >>> working_week("BN")
    (1, 2, 3, 4, 6)
    """
    if not country:
        return MONDAY_TO_FRIDAY
    code = country.upper()
    weekend = _WEEKEND_BY_STATE.get((code, subdivision))
    weekend = weekend or _WEEKEND_BY_COUNTRY.get(code) or _cldr_weekend(code)
    return _in_order(weekend) if weekend else MONDAY_TO_FRIDAY


def _cldr_weekend(code: str) -> frozenset[int] | None:
    try:
        locale = Locale.parse(f"und_{code}")
    except (UnknownLocaleError, ValueError):
        return None
    if locale.territory != code:
        return None
    start, end = locale.weekend_start, locale.weekend_end  # Monday is 0
    length = (end - start) % 7 + 1
    return frozenset((start + i) % 7 + 1 for i in range(length))


def _in_order(weekend: frozenset[int]) -> tuple[int, ...]:
    rows = [_row_after(day, weekend) for day in sorted(weekend)]
    longest = max(rows, key=len)
    first = longest[0]
    week = [(first - 1 + i) % 7 + 1 for i in range(7)]
    return tuple(day for day in week if day not in weekend)


def _row_after(free_day: int, weekend: frozenset[int]) -> list[int]:
    row = []
    day = free_day % 7 + 1
    while day not in weekend:
        row.append(day)
        day = day % 7 + 1
    return row
