"""What the file itself tells about the user's choices, and what only the user can tell."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from .countries import country_code
from .dates import day_numbers, is_ambiguous
from .folding import fold_words
from .ratings import is_small_number
from .shapes import Options, Table

_SAMPLE_ROWS = 5000
_COUNTRY_SHARE = 0.6
_BEST_IS_ONE = (
    "priorit",
    "oncelik",
    "اولویت",
    "الاولویه",
    "rank",
    "grade",
    "note ",
    "1 best",
    "1 hot",
    "1 hoch",
    "1 high",
)
_BEST_IS_FIVE = (
    "star",
    "stern",
    "interest",
    "interesse",
    "score",
    "5 best",
    "5 hot",
    "5 high",
    "puan",
    "points",
    "امتیاز",
)


def guess_options(
    table: Table, fields: Sequence[str | None], options: Options
) -> tuple[Options, list[str]]:
    """Return the options with what the file decides filled in, and the questions left open.

    What the user chose stays. Questions: "date_order" (the dates can be read both ways),
    "rating_scale" (numbers, and no word on which end is best), "default_country" (phone
    numbers without a country of their own).
    """
    questions: list[str] = []
    order, calendar = _date_order(_texts(table, fields, "scanned_at"), options)
    options = replace(options, date_order=order, calendar=calendar)
    if order == "":
        options = replace(options, date_order=None)
        questions.append("date_order")
    if options.rating_scale == "auto":
        scale = _rating_scale(table, fields)
        if scale == "":
            questions.append("rating_scale")
        elif scale:
            options = replace(options, rating_scale=scale)
    if options.default_country is None:
        country = _usual_country(_texts(table, fields, "country"))
        options = replace(options, default_country=country)
        phones = [*_texts(table, fields, "phone"), *_texts(table, fields, "mobile")]
        if country is None and any(not phone.startswith(("+", "00")) for phone in phones):
            questions.append("default_country")
    return options, questions


def _texts(table: Table, fields: Sequence[str | None], field: str) -> list[str]:
    """Return the filled cells of a field's column, at most a sample."""
    if field not in fields:
        return []
    index = list(fields).index(field)
    rows = table.rows[:_SAMPLE_ROWS]
    cells = (row.cells[index].strip() for row in rows if index < len(row.cells))
    return [cell for cell in cells if cell]


def _date_order(texts: list[str], options: Options) -> tuple[str | None, str]:
    """Return (order, calendar); order "" when dates are there and could be read both ways."""
    numbers = [found for text in texts if (found := day_numbers(text))]
    years = {number for found in numbers for number in found if number >= 1000}
    calendar = (
        "jalali" if years and all(1300 <= year <= 1450 for year in years) else options.calendar
    )
    if options.date_order or not numbers:
        return options.date_order, calendar
    if all(first > 31 for first, _second, _third in numbers):
        return "YMD", calendar
    day_first = any(12 < first <= 31 for first, _second, _third in numbers)
    month_first = any(second > 12 and first <= 12 for first, second, _third in numbers)
    if day_first == month_first:
        if day_first or any(map(is_ambiguous, texts)):
            return "", calendar
        # 04/04/2026 is one day either way, and dots part days from months in one order only
        return ("DMY" if any("." in text[:6] for text in texts) else None), calendar
    return ("DMY" if day_first else "MDY"), calendar


def _rating_scale(table: Table, fields: Sequence[str | None]) -> str | None:
    """Return the scale, "" when only the user knows it, None when no numbers are there."""
    texts = _texts(table, fields, "rating")
    if sum(map(is_small_number, texts)) * 2 <= len(texts):
        return None
    heading = fold_words(table.headings[list(fields).index("rating")])
    if any(word in f"{heading} " for word in _BEST_IS_ONE):
        return "1_best"
    return "5_best" if any(word in heading for word in _BEST_IS_FIVE) else ""


def _usual_country(texts: list[str]) -> str | None:
    """Return the country most rows name, None when no country is named by most."""
    codes = Counter(code for text in texts if (code := country_code(text)))
    if not codes:
        return None
    code, count = codes.most_common(1)[0]
    return code if count >= _COUNTRY_SHARE * len(texts) else None
