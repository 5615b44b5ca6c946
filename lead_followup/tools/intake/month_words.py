"""Months by their names in twelve languages, those of the Solar Hijri year among them."""

from functools import lru_cache

from babel import Locale

from .folding import fold_words

_LANGUAGES = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "tr",
    "ar",
    "ar_SY",
    "ar_DZ",
    "fa",
    "ru",
    "pl",
    "nl",
    "pt",
)
_SHORTEST = 3
_SOLAR = """
    فروردین farvardin, اردیبهشت ordibehesht, خرداد khordad, تیر tir, مرداد امرداد mordad,
    شهریور shahrivar, مهر mehr, آبان aban, آذر azar, دی dey, بهمن bahman, اسفند esfand
"""


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    numbers = {
        fold_words(name): number
        for number, names in enumerate(_SOLAR.split(","), start=1)
        for name in names.split()
    }
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

    The twelve of the Solar Hijri year count within theirs.

    >>> month_number("march"), month_number("mayis"), month_number("monday"), month_number("دی")
    (3, 5, None, 10)
    """
    return _numbers().get(word) or _numbers().get(word[:4].rstrip("."))
