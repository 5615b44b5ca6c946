"""A day in one column and its time of day in another."""

import re
from datetime import timedelta

from .dates import EXCEL_DAY_ZERO, is_serial
from .folding import ascii_digits

_MIDNIGHT = re.compile(
    r"(?<=\d)[T\s]+(?:0?0:00(?::00(?:\.0+)?)?|12:00(?::00)?\s*a\.?m\.?)\s*$", re.IGNORECASE
)
_CLOCK = re.compile(
    r"(?<!\d)\d{1,2}\s*[:h]\s*\d{2}(?!\d)|(?<!\d)\d{1,2}\s*[ap]\.?m\b", re.IGNORECASE
)
_SERIAL_DAY = re.compile(r"[2-7]\d{4}(?:[.,]0+)?")


def has_clock(text: str) -> bool:
    """Tell a date with a time of day from a bare one; midnight is what spreadsheets write for none.

    >>> has_clock("17.03.2026 09:40"), has_clock("3/17/2026 2 pm"), has_clock("46098.4")
    (True, True, False)
    >>> has_clock("17.03.26"), has_clock("2026-03-17 00:00:00"), has_clock("46098.4875")
    (False, False, True)
    """
    text = ascii_digits(text).strip()
    return is_serial(text) or bool(_CLOCK.search(_MIDNIGHT.sub("", text)))


def with_clock(day: str, clock: str) -> str:
    """Return a date and a time of day as one text; a date with a time of its own stays.

    >>> with_clock("2026-03-17 00:00:00", "9:40 PM"), with_clock("46098", "09:40")
    ('2026-03-17 9:40 PM', '2026-03-17 09:40')
    >>> with_clock("17.03.2026 08:00", "09:40")
    '17.03.2026 08:00'
    """
    if not clock or has_clock(day):
        return day
    day = _MIDNIGHT.sub("", ascii_digits(day).strip())
    if _SERIAL_DAY.fullmatch(day):
        day = (EXCEL_DAY_ZERO + timedelta(days=int(day[:5]))).date().isoformat()
    return f"{day} {clock}"
