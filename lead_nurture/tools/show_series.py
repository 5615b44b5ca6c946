"""Which shows are one show held again: their names differ in the year alone."""

import re
import unicodedata

_YEAR = re.compile(r"\b(?:\d{4}|['’]?\d{2})\b")
_NO_WORD = re.compile(r"[^\w]+")


def series_key(name: str) -> str:
    """Return what the names of a show's editions have in common; empty if nothing is left.

    >>> series_key("Spring Pump Expo 2026") == series_key("SPRING PUMP EXPO '25")
    True
    >>> series_key("Expo 2026 – Spring") == series_key("Expo (Spring)")
    True
    >>> series_key("Spring Pump Expo") == series_key("Autumn Pump Expo")
    False
    >>> series_key("Hall 4 Days") == series_key("Hall 5 Days")
    False
    >>> series_key("نمایشگاه صنعت ۱۴۰۴") == series_key("نمایشگاه صنعت ۱۴۰۳")
    True
    >>> series_key("2026")
    ''
    """
    plain = unicodedata.normalize("NFKC", name or "").casefold()
    return _NO_WORD.sub(" ", _YEAR.sub(" ", plain)).strip()
