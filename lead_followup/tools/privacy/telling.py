"""Values of records as a person reads them in a file."""

from datetime import date, datetime
from typing import Any


def tell(value: Any) -> Any:
    """Return ``value`` as JSON holds it: days and moments as ISO text (UTC), nothing as None.

    >>> tell(datetime(2026, 3, 20, 12)), tell(date(2026, 3, 20)), tell(False), tell("")
    ('2026-03-20 12:00:00 UTC', '2026-03-20', None, None)
    >>> tell(0), tell(True), tell(" Ann "), tell([1, False]), tell({})
    (0, True, 'Ann', [1, False], None)
    """
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S} UTC"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, dict | list):  # JSON already, in which False may be an answer
        return value or None
    return None if value is False or value is None else value
