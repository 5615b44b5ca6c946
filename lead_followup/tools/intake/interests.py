"""The products and topics in one cell."""

import re
from functools import lru_cache

from .blanks import is_blank
from .folding import clean_line, fold_key

# The strongest sign present parts the cell; the weaker ones may belong to a product's name.
_SEPARATORS = (
    re.compile(r"[;|\n؛]"),
    re.compile(r"[,،]"),
    re.compile(r"\s+/\s+"),
    re.compile(r"\s+[+&]\s+"),
)


@lru_cache(maxsize=8192)
def split_interests(cell: str) -> tuple[str, ...]:
    """Return the interests a cell names, in order, each once.

    >>> split_interests("Control Unit C1 / Pump P-200"), split_interests("Pumps, small; Valves")
    (('Control Unit C1', 'Pump P-200'), ('Pumps, small', 'Valves'))
    """
    separator = next((sign for sign in _SEPARATORS if sign.search(cell)), None)
    parts = separator.split(cell) if separator else [cell]
    found: dict[str, str] = {}
    for part in parts:
        text = clean_line(part).strip("-•*· ")
        if not is_blank(text):
            found.setdefault(fold_key(text), text)
    return tuple(found.values())
