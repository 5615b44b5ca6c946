"""How a number of a show's scorecard is named in an address or a filter."""

import json
from datetime import datetime

_MOST_TEXT = 20_000  # characters; the staff of a large booth fit
_NO_TEXT = {"\0", *map(chr, range(0xD800, 0xE000))}  # no character, or half of one
_MOST_ID = 2**31 - 1  # what the database takes for one


def parse(text: str) -> tuple[str, int, datetime | None, list[str]]:
    """Return (figure, show id, until when in naive UTC or None for up to now, names of staff).

    :param text: JSON, as anybody may have sent it.
    :raises ValueError: it is anything else.

    >>> parse('["lead", 3, null, ["Bo Best"]]')
    ('lead', 3, None, ['Bo Best'])
    >>> parse('["won", 3, "2026-03-11 12:00:00", []]')
    ('won', 3, datetime.datetime(2026, 3, 11, 12, 0), [])
    >>> for bad in ('', '[[], 3, null, []]', '["lead", true, null, []]', '["lead", 3, 5, []]'):
    ...     try:
    ...         parse(bad)
    ...     except ValueError as error:
    ...         print(error)
    a figure is a list of four in JSON
    the name of a figure is a text
    a show is a number
    a moment is a date and time
    """
    try:
        parts = json.loads(text) if isinstance(text, str) and len(text) <= _MOST_TEXT else None
    except (ValueError, RecursionError):
        parts = None
    if not isinstance(parts, list) or len(parts) != 4:
        raise ValueError("a figure is a list of four in JSON")
    name, show_id, until, staff = parts
    if not isinstance(name, str):
        raise ValueError("the name of a figure is a text")
    if not isinstance(show_id, int) or isinstance(show_id, bool) or not 0 < show_id <= _MOST_ID:
        raise ValueError("a show is a number")
    if not isinstance(staff, list) or not all(_is_name(person) for person in staff):
        raise ValueError("staff are names")
    return name, show_id, _parse_moment(until), staff


def _is_name(person):
    """Tell whether the database takes ``person``: no NUL, no half of a character."""
    return isinstance(person, str) and not set(person) & _NO_TEXT


def _parse_moment(until):
    if until is None:
        return None
    try:
        return datetime.strptime(until, "%Y-%m-%d %H:%M:%S")
    except (TypeError, ValueError):
        raise ValueError("a moment is a date and time") from None
