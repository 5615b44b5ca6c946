"""Times as exports write them, to naive UTC: any order, Solar Hijri, serials, epochs, offsets."""

import re
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import jdatetime

from .folding import ascii_digits, fold_words
from .month_words import month_number

_UTC = timezone.utc
_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(.*))?"
)
_NUMERIC = re.compile(r"(\d{1,4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{2,4})\.?(?!\d)(.*)", re.DOTALL)
_TIME = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?:[:h.٫]\s*(?=\d{2})|:)(\d{1,2})(?:\s*[:.]\s*(\d{2}))?(?:[.,]\d+)?",
    re.IGNORECASE,
)
_HOUR_ONLY = re.compile(r"(?<!\d)(\d{1,2})\s*(?=[ap]\.?m|h\b|uhr\b)", re.IGNORECASE)
_OFFSET = re.compile(
    r"(?:\b(?:utc|gmt)\s*)?([+-])(\d{2}):?(\d{2})?(?:\s+utc|\s*\([^)]*\))?\s*$"
    r"|(?<![a-z])(z|utc|gmt)\s*$",
    re.IGNORECASE,
)
# Zones by the short names that mean one thing only; "CST" is Chicago, Havana or Shanghai.
_HOURS_BY_ZONE = {
    "EST": -5, "EDT": -4, "CDT": -5, "MDT": -6, "PST": -8, "PDT": -7, "CET": 1, "CEST": 2,
    "MEZ": 1, "MESZ": 2, "BST": 1, "WEST": 1, "EET": 2, "EEST": 3, "TRT": 3, "MSK": 3, "JST": 9,
}  # fmt: skip
_ZONE_NAME = re.compile(rf"(?<![^\W\d_])({'|'.join(_HOURS_BY_ZONE)})\)?\s*$", re.IGNORECASE)
_ZONE_PLACE = re.compile(r"(?<![\w/])\(?([A-Z]\w+/[A-Z]\w+(?:/\w+)?)\)?\s*$")
_PM = re.compile(
    r"\bp\.?\s?m\b\.?|^\s?p\b|\bös\b|\bo\.?s\b|ب\.?\s?ظ|بعد ?از ?ظهر|عصر|مساء|\bم\b|abends|nachm",
    re.IGNORECASE,
)
_AM = re.compile(
    r"\ba\.?\s?m\b\.?|^\s?a\b|\böö\b|ق\.?\s?ظ|قبل ?از ?ظهر|صبح|صباحا|\bص\b|vorm", re.IGNORECASE
)
_TIME_ALONE = re.compile(
    r"(?:\d{1,2}[:.h٫]\d{2}(?::\d{2}(?:[.,]\d+)?)?|\d{1,2}(?=\s*(?:[ap]|uhr|h)))"
    r"\s*(?:[ap]\.?\s?m?\.?|uhr|hs?\.?|öö|ös|o\.o\.?|[قب]\.?\s?ظ\.?|صبح|عصر|[صم]|صباحا|مساء)?",
)
_DAY_ZERO = re.compile(r"^(?:1899-12-3[01]|1900-01-0[01])[T ](?=\d)")  # a time alone, as a moment
_NUMBER = re.compile(r"^\d+(?:[.,]\d+)?$")
EXCEL_DAY_ZERO = datetime(1899, 12, 30)
_EXCEL_DAYS = (20_000, 73_415)  # 1954 to 2100
_EPOCH = (600_000_000, 4_000_000_000)  # 1989 to 2096
# To 2051; beyond it are the years of the lunar calendar in use now, which is not read.
_JALALI_YEARS = range(1300, 1431)
_COMPACT = re.compile(r"^((?:19|20)\d{2})(\d{2})(\d{2})[T\s]?(\d{2}):?(\d{2})(?::?(\d{2}))?(?!\d)")
_IDEOGRAPHS = str.maketrans({"年": "-", "月": "-", "日": " ", "时": ":", "時": ":", "分": " "})
_YEARS = range(1900, 2101)


class DateReading(NamedTuple):
    """A moment in UTC without zone, and the flags it raises."""

    moment: datetime | None
    flags: tuple[str, ...] = ()


class _Parts(NamedTuple):
    """Day as three numbers in a known order, and the rest of the text."""

    year: int
    month: int
    day: int
    rest: str
    other_order: bool = False


_NOTHING = DateReading(None)
_INVALID = DateReading(None, ("invalid_date",))


@lru_cache(maxsize=8192)
def read_moment(
    text: str, tz: str = "UTC", order: str | None = None, calendar: str = "gregorian"
) -> DateReading:
    """Return the moment a cell names, read in zone ``tz`` unless it names its own offset.

    :param order: "DMY", "MDY" or "YMD" for numbers that could be either; None counts as "DMY".
    :param calendar: "jalali" reads two-digit years as Solar Hijri; full years tell themselves.

    A day the order makes impossible but another allows is read the other way and flagged
    ``other_date_order``. Of the hour that comes twice in autumn the first is meant.

    >>> read_moment("03/17/2026 11:18 AM", "America/Los_Angeles", "MDY").moment.isoformat()
    '2026-03-17T18:18:00'
    >>> read_moment("۱۴۰۵/۰۲/۱۴ ۰۹:۰۸", "Asia/Tehran", "YMD").moment.isoformat()
    '2026-05-04T05:38:00'
    >>> read_moment("46099.4875", "UTC").moment.isoformat(), read_moment("31.02.2026").flags
    ('2026-03-18T11:42:00', ('invalid_date',))
    """
    text = " ".join(ascii_digits(text).translate(_IDEOGRAPHS).split()).strip("'\"")
    text = _COMPACT.sub(_spelled_out, text, count=1)
    if not text or text in ("-", "--"):
        return _NOTHING
    if _NUMBER.match(text):
        return _from_number(text, tz)
    parts = _day_parts(text, order, calendar)
    if parts is None:
        return _INVALID
    try:
        local = _with_time(_gregorian_day(parts), parts.rest)
    except (ValueError, OverflowError):
        return _INVALID
    flags = ("other_date_order",) if parts.other_order else ()
    return DateReading(_to_utc(local, parts.rest, tz), flags)


def _spelled_out(found: re.Match) -> str:
    """Return "2026-03-17 14:05:00" of "20260317T140500"."""
    year, month, day, hour, minute, second = found.groups()
    return f"{year}-{month}-{day} {hour}:{minute}:{second or '00'}"


def is_date(text: str) -> bool:
    """Tell a date, with or without a time, from other text and from plain numbers.

    >>> is_date("20.04.2026 09:40"), is_date("17 March 2026"), is_date("2025550188")
    (True, True, False)
    """
    text = " ".join(ascii_digits(text).split())
    if not 6 <= len(text) <= 45 or _NUMBER.match(text) or "@" in text:
        return False
    return read_moment(text, "UTC", "DMY").moment is not None


def is_serial(text: str) -> bool:
    """Tell a spreadsheet's day number with a time of day from other numbers."""
    return bool(re.fullmatch(r"\d{5}\.\d{2,}", text)) and float(text) < _EXCEL_DAYS[1]


def is_time(text: str) -> bool:
    """Tell a time of day without a date.

    >>> is_time("09:40"), is_time("9:40 PM"), is_time("14h05"), is_time("9.15 Uhr")
    (True, True, True, True)
    >>> is_time("20.04.2026"), is_time("12")
    (False, False)
    """
    return bool(_TIME_ALONE.fullmatch(ascii_digits(text).strip().casefold()))


def clock_time(text: str) -> str:
    """Return a time of day as it stands, a spreadsheet's part of a day as hours and minutes.

    >>> clock_time(" 9:40 PM "), clock_time("0.4875"), clock_time("at noon")
    ('9:40 PM', '11:42:00', 'at noon')
    >>> clock_time("1899-12-30 09:40:00"), clock_time("2026-03-17 09:40:00")
    ('09:40:00', '2026-03-17 09:40:00')
    """
    text = _DAY_ZERO.sub("", ascii_digits(text).strip())
    if not re.fullmatch(r"0[.,]\d+", text):
        return text
    seconds = round(float(text.replace(",", ".")) * 86_400)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def day_numbers(text: str) -> tuple[int, int, int] | None:
    """Return the three numbers of a purely numeric date as written, to tell its order by.

    >>> day_numbers("03/17/2026 11:18"), day_numbers("17 March 2026")
    ((3, 17, 2026), None)
    """
    found = _NUMERIC.match(" ".join(ascii_digits(text).split()))
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def is_ambiguous(text: str) -> bool:
    """Tell a date that is one day read day first and another read month first.

    >>> is_ambiguous("03/04/2026 9:00"), is_ambiguous("03/17/2026"), is_ambiguous("04/04/2026")
    (True, False, False)
    >>> is_ambiguous("03.04.2026"), is_ambiguous("2026-03-04"), is_ambiguous("3 April 2026")
    (False, False, False)
    """
    numbers = day_numbers(text)
    if numbers is None or "." in text[:6]:  # dots part days from months in one order only
        return False
    first, second, _year = numbers
    return first != second and 1 <= first <= 12 and 1 <= second <= 12


def _from_number(text: str, tz: str) -> DateReading:
    number = float(text.replace(",", "."))
    digits = text.partition(".")[0].partition(",")[0]
    if _EXCEL_DAYS[0] <= number <= _EXCEL_DAYS[1]:
        local = EXCEL_DAY_ZERO + timedelta(seconds=round(number * 86_400))
        return DateReading(_to_utc(local, "", tz))
    if len(digits) == 13:
        number /= 1000
    if _EPOCH[0] <= number <= _EPOCH[1]:
        moment = datetime(1970, 1, 1) + timedelta(seconds=round(number))
        return DateReading(moment)
    if len(digits) == 8 and int(digits[:4]) in _YEARS:  # 20260317
        return read_moment(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}", tz)
    return _INVALID


def _day_parts(text: str, order: str | None, calendar: str) -> _Parts | None:
    if iso := _ISO.match(text):
        year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
        return _Parts(year, month, day, text[iso.end(3) :])
    if (numeric := _NUMERIC.search(text)) and numeric.start() < 12:
        return _ordered(numeric, order, calendar, text[: numeric.start()])
    return _named_month(text)


def _ordered(found: re.Match, order: str | None, calendar: str, before: str) -> _Parts | None:
    first, second, third = int(found[1]), int(found[2]), int(found[3])
    rest = found[4] if _TIME.search(found[4]) else f"{before} {found[4]}"  # "14:05 18/03/2026"
    if first > 31 or (order == "YMD" and third <= 31 and len(found[3]) == 2):
        return _Parts(_full_year(first, calendar), second, third, rest)
    year = _full_year(third, calendar)
    day, month = (second, first) if order == "MDY" else (first, second)
    if month > 12 and day <= 12:
        return _Parts(year, day, month, rest, other_order=order is not None)
    return _Parts(year, month, day, rest)


def _full_year(year: int, calendar: str) -> int:
    if year >= 100:
        return year
    if calendar == "jalali":
        return 1300 + year if year >= 70 else 1400 + year
    return 1900 + year if year >= 70 else 2000 + year


def _named_month(text: str) -> _Parts | None:
    """Read "17 March 2026", "March 17, 2026", "17. März 2026 14:30", "Tue 17-Mar-26"."""
    time = _TIME.search(text)
    head = text[: time.start()] if time and time.start() > 5 else text
    month, numbers = None, []
    for word in re.findall(r"\d+|[^\W\d_]+", head):
        if word.isdecimal():
            numbers.append(int(word))
        elif month is None:
            month = month_number(fold_words(word))
    if month is None or len(numbers) < 2:
        return None
    day, year = (numbers[0], numbers[1]) if numbers[0] <= 31 else (numbers[1], numbers[0])
    return _Parts(_full_year(year, "gregorian"), month, day, text[len(head) :])


def _gregorian_day(parts: _Parts) -> datetime:
    """Return midnight of the day.

    :raises ValueError: no such day, or a year that is no year of a trade show.
    """
    if parts.year in _JALALI_YEARS:
        day = jdatetime.date(parts.year, parts.month, parts.day).togregorian()
        return datetime(day.year, day.month, day.day)
    if parts.year not in _YEARS:
        raise ValueError(parts.year)
    return datetime(parts.year, parts.month, parts.day)


def _with_time(day: datetime, rest: str) -> datetime:
    """Return the day at the time of day that ``rest`` names; midnight when it names none."""
    clock = _OFFSET.sub("", rest)
    found = _TIME.search(clock)
    if found:
        hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    elif hour_only := _HOUR_ONLY.search(clock):
        hour, minute, second = int(hour_only[1]), 0, 0
    else:
        return day
    after = clock[found.end() :] if found else clock
    if _PM.search(after) and hour < 12:
        hour += 12
    elif hour == 12 and _AM.search(after):
        hour = 0
    if hour == 24 and minute == 0:
        return day + timedelta(days=1)
    return day.replace(hour=hour, minute=minute, second=min(second, 59))


def _to_utc(local: datetime, rest: str, tz: str) -> datetime:
    found = _OFFSET.search(rest)
    if found and found[4]:
        return local
    if named := _ZONE_NAME.search(rest):
        return local - timedelta(hours=_HOURS_BY_ZONE[named[1].upper()])
    if place := _ZONE_PLACE.search(rest):
        tz = place[1]
    if found:
        delta = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        return local - delta if found[1] == "+" else local + delta
    return local.replace(tzinfo=_zone(tz)).astimezone(_UTC).replace(tzinfo=None)


@lru_cache(maxsize=64)
def _zone(tz: str) -> ZoneInfo:
    try:
        return ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
