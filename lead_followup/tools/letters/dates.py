"""The date on a letter, in its reader's language and calendar."""

import datetime as dt

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from ..solar_hijri import reads_solar_hijri, solar_day

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
    if reads_solar_hijri(language):
        return solar_day(day, language).translate(_PERSIAN_DIGITS)
    return format_date(day, format="long", locale=_locale(language))


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
