"""Hours of a day as people type them, and as they read them."""

import re
from collections.abc import Iterable

_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE)
_DASH = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_BREAK = re.compile(r"[,;\n\u060c\u061b]")

Hours = tuple[tuple[str, str], ...]  # pairs of "HH:MM", start and end


class HoursError(ValueError):
    """Text that says no hours. ``part`` is what could not be read, empty where nothing was said."""

    def __init__(self, part: str):
        super().__init__(f"no hours of a day: {part!r}")
        self.part = part


def read_hours(text: str | None) -> Hours:
    """Read hours such as "14:00-16:30, 18-19" in the order in which they stand.

    Digits of any script, any dash, a full stop for the colon and "2pm" are understood. An end
    before its start runs over midnight; "24:00" may be an end.

    :raises HoursError: nothing there, no such time, or a start that is its own end.

    >>> read_hours("14:00\u201316:30, 18-19")
    (('14:00', '16:30'), ('18:00', '19:00'))
    >>> read_hours("10pm - 2am"), read_hours("\u06f1\u06f4-\u06f1\u06f6")
    ((('22:00', '02:00'),), (('14:00', '16:00'),))
    >>> read_hours("9-25")
    Traceback (most recent call last):
    ...
    lead_followup_tools.timing.hours.HoursError: no hours of a day: '9-25'
    """
    parts = [part.strip() for part in _BREAK.split(text or "") if part.strip()]
    if not parts:
        raise HoursError("")
    return tuple(_read_pair(part) for part in parts)


def hours_text(hours: Iterable[tuple[str, str]]) -> str:
    """Write hours so that ``read_hours`` reads the same again.

    >>> hours_text((("14:00", "16:30"), ("22:00", "02:00")))
    '14:00\u201316:30, 22:00\u201302:00'
    """
    return ", ".join(f"{start}\u2013{end}" for start, end in hours)


def _read_pair(part: str) -> tuple[str, str]:
    times = [_read_time(text) for text in _DASH.split(part)]
    if len(times) != 2 or None in times or times[0] == times[1] or times[0] == "24:00":
        raise HoursError(part)
    return times[0], times[1]


def _read_time(text: str) -> str | None:
    found = _TIME.fullmatch(text.strip())
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half == "p")
    if minute > 59 or hour * 60 + minute > 24 * 60:
        return None
    return f"{hour:02}:{minute:02}"
