"""Phone numbers to E.164, by the row's country; extensions apart.

A number counts as usable when its length is one its country has. Whether the range is in use
(``is_valid_number``) is not asked: plans change faster than libraries, and numbers kept for
fiction lie outside the ranges in use.
"""

import re
from functools import lru_cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from .blanks import is_blank
from .folding import INVISIBLE, ascii_digits

_PREFIX = re.compile(
    r"^(?:p|ph|t|m|f|tel|phone|mobile|mob|cell|fon|telefon|whatsapp)\s*[:.]\s*", re.IGNORECASE
)
_TRUNK_ZERO = re.compile(r"^((?:\+|00)[\d\s]{1,5})\(\s*0\s*\)")
_EXTENSION = re.compile(
    r"[\s,;/\-]*(?:ext(?:ension)?|extn|x|int(?:erno)?|anexo|poste|durchwahl|dw|dahili|apparaat"
    r"|داخلی|تحويلة|داخلي)\s*[.:#]?\s*(\d{1,7})\s*$",
    re.IGNORECASE,
)
_LEADING_ZERO_LOST = re.compile(r"^\d+\.0$")
_SEPARATORS = re.compile(
    r"[;|\n]|\s+(?:or|oder|ou|veya|یا|أو|und|and)\s+|\s+/\s+|,\s*(?=[+0(])|/(?=\s*[+(])"
)
# "T: 030 1 M: 0171 2": a label opens the next number
_NEXT_LABEL = re.compile(r"(?<=\d)[\s,]+(?=[^\W\d_]{1,12}\s*[:.]+\s*[+(]?\d[\d\s().-]{5})")
_RFC_EXTENSION = re.compile(r";\s*ext\s*=\s*", re.IGNORECASE)
# "(mobile)", "cell", "privat": whole words, which a library would dial; not "1-800-555-PUMP"
_WORDS = re.compile(r"\([^\d()]*\)|(?<![\w\-.])[^\W\d_]{2,}[.:]?(?![\w\-])")
_SAME_DIGIT = re.compile(r"^(\d)\1+$")
_MAX_CHARS = 1000  # several numbers with their labels; a longer text is none, and slow to search
_MIN_DIGITS = 7  # of the national number, unless the number is known to be in use


class PhoneReading(NamedTuple):
    """The numbers of a cell; ``is_invalid`` when there is text and no usable number."""

    number: str | None  # E.164
    extension: str | None
    others: tuple[str, ...]
    is_invalid: bool
    is_partial: bool = False  # there are digits in the cell that no number has


NO_PHONE = PhoneReading(None, None, (), False)


@lru_cache(maxsize=8192)
def read_phone(cell: str, country: str | None) -> PhoneReading:
    """Return the usable numbers of ``cell``, read as dialled in ``country`` (ISO alpha-2).

    >>> read_phone("(202) 555-0176 x204", "US")[:3]
    ('+12025550176', '204', ())
    >>> read_phone("+49 (0)30 23125255", None).number, read_phone("۰۲۱ ۰۰۰۰۰۱۷۸", "IR").number
    ('+493023125255', '+982100000178')
    >>> read_phone("030 / 23125108", "DE").number, read_phone("030 23125108 or 09", "DE").is_partial
    ('+493023125108', True)
    >>> read_phone("see card", "US").is_invalid, read_phone("n/a", "US").is_invalid
    (True, False)
    """
    if is_blank(cell):
        return NO_PHONE
    if len(cell) > _MAX_CHARS:
        return PhoneReading(None, None, (), True)
    text = ascii_digits(INVISIBLE.sub("", cell)).strip().replace("\u00a0", " ")
    text = _NEXT_LABEL.sub("\n", _RFC_EXTENSION.sub(" x", text))
    parts = _SEPARATORS.split(text)
    found = [one for part in parts if (one := _read_one(part, country))]
    # "030 / 23125108" is one number, its area code apart
    if not found or _digit_count(parts[0]) < _MIN_DIGITS:
        if whole := _read_one(text, country):
            return PhoneReading(*whole, (), False)
    if not found:
        return PhoneReading(None, None, (), True)
    others = tuple(number for number, _ in found[1:] if number != found[0][0])
    with_digits = [part for part in parts if _digit_count(part) > 1]
    return PhoneReading(*found[0], others, False, is_partial=len(with_digits) > len(found))


def _digit_count(text: str) -> int:
    return sum(map(str.isdecimal, text))


def _read_one(text: str, country: str | None) -> tuple[str, str | None] | None:
    """Return (E.164, extension) of one number, or None."""
    text = _PREFIX.sub("", text.strip().lstrip("'"))
    if _LEADING_ZERO_LOST.match(text):
        text = text[:-2]
    extension = None
    if found := _EXTENSION.search(text):
        text, extension = text[: found.start()], found[1]
    text = _WORDS.sub(" ", text)
    if _digit_count(text) < 5 or sum(char.isalpha() for char in text) > 12:
        return None
    if not country and not text.startswith(("+", "00")):
        return None
    text = _TRUNK_ZERO.sub(r"\1", text)
    if text.startswith("00") and not text.startswith("000"):
        text = "+" + text[2:]  # also where the country itself dials another prefix abroad
    try:
        number = phonenumbers.parse(text, country)
    except NumberParseException:
        return None
    if not _is_usable(number):
        return None
    return (
        phonenumbers.format_number(number, PhoneNumberFormat.E164),
        extension or number.extension or None,
    )


def _is_usable(number) -> bool:
    national = str(number.national_number)
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return False
    if _SAME_DIGIT.match(national) or national == "1234567890":
        return False
    return len(national) >= _MIN_DIGITS or phonenumbers.is_valid_number(number)
