"""The date on a letter, in its reader's language and calendar."""

import datetime as dt

import jdatetime
from babel import Locale, UnknownLocaleError
from babel.dates import format_date

# Months of the Solar Hijri year as they are called in Iran and, after the zodiac, in Afghanistan.
_MONTHS_IRAN = (
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()  # fmt: skip
)
_MONTHS_AFGHANISTAN = "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت".split()
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def letter_date(day: dt.date, language: str) -> str:
    """Give ``day`` in words, as a letter in ``language`` shows it.

    :param language: code as Odoo has it (``de_DE``, ``sr@latin``); unknown ones give English.

    >>> letter_date(dt.date(2026, 3, 20), "en_US"), letter_date(dt.date(2026, 3, 20), "de_DE")
    ('March 20, 2026', '20. März 2026')

    The Solar Hijri year 1405 began the day after.

    >>> letter_date(dt.date(2026, 3, 20), "fa_IR"), letter_date(dt.date(2026, 3, 21), "fa_AF")
    ('۲۹ اسفند ۱۴۰۴', '۱ حمل ۱۴۰۵')
    """
    if language[:2] == "fa":
        return _solar_hijri(day, language)
    return format_date(day, format="long", locale=_locale(language))


def _solar_hijri(day: dt.date, language: str) -> str:
    there = jdatetime.date.fromgregorian(date=day)
    months = _MONTHS_AFGHANISTAN if language.endswith("_AF") else _MONTHS_IRAN
    text = f"{there.day} {months[there.month - 1]} {there.year}"
    return text.translate(_PERSIAN_DIGITS)


def _locale(language: str) -> Locale:
    plain, _at, script = language.partition("@")
    short = plain.split("_")[0]
    names = [plain, short, "en_US"]
    if script.capitalize()[:4] in ("Lati", "Cyrl"):
        names.insert(0, f"{short}_{'Latn' if script == 'latin' else 'Cyrl'}")
    return next(filter(None, map(_parse, names)))


def _parse(name: str) -> Locale | None:
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return None
