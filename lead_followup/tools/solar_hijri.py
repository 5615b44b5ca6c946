"""Days of the Solar Hijri calendar in words, for who reads Persian."""

import datetime as dt

import jdatetime

# Months as they are called in Iran and, after the zodiac, in Afghanistan.
_MONTHS_IRAN = (
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()  # fmt: skip
)
_MONTHS_AFGHANISTAN = "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت".split()
_WEEKDAYS = "دوشنبه سه\u200cشنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه".split()


def reads_solar_hijri(language: str) -> bool:
    """Tell whether who reads ``language`` (``fa_IR``) counts days in this calendar."""
    return language[:2] == "fa"


def solar_day(day: dt.date, language: str, with_year: bool = True) -> str:
    """Give ``day`` in words, its digits as the web client writes them.

    >>> solar_day(dt.date(2026, 3, 20), "fa_IR"), solar_day(dt.date(2026, 3, 21), "fa_AF", False)
    ('29 اسفند 1404', '1 حمل')
    """
    there = jdatetime.date.fromgregorian(date=day)
    months = _MONTHS_AFGHANISTAN if language.endswith("_AF") else _MONTHS_IRAN
    text = f"{there.day} {months[there.month - 1]}"
    return f"{text} {there.year}" if with_year else text


def solar_weekday(day: dt.date) -> str:
    """Give the name of the day of the week.

    >>> solar_weekday(dt.date(2026, 3, 20))
    'جمعه'
    """
    return _WEEKDAYS[day.weekday()]
