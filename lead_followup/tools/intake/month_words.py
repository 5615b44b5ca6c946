"""Months by their names in eight languages."""

from functools import lru_cache

from babel import Locale

from .folding import fold_words

_LANGUAGES = ("en", "de", "fr", "es", "it", "tr", "ar")
_SHORTEST = 3


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    numbers: dict[str, int] = {}
    for language in _LANGUAGES:
        months = Locale(language).months
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in months[context].get(width, {}).items():
                    word = fold_words(str(name))
                    if len(word) >= _SHORTEST:
                        numbers.setdefault(word, number)
                        numbers.setdefault(word[:_SHORTEST] if word.isascii() else word, number)
    return numbers


@lru_cache(maxsize=256)
def month_number(word: str) -> int | None:
    """Return 1 to 12 for a folded month name, whole or cut short.

    >>> month_number("march"), month_number("mayis"), month_number("monday")
    (3, 5, None)
    """
    return _numbers().get(word) or _numbers().get(word[:4].rstrip("."))
