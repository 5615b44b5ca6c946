"""Numbers as people write them in survey answers: "50.000", "10k", "پنجاه هزار"."""

import re

from .folding import ascii_digits

_UNITS = {
    # Persian
    "یک": 1, "دو": 2, "سه": 3, "چهار": 4, "پنج": 5, "شش": 6, "هفت": 7, "هشت": 8, "نه": 9, "ده": 10,
    "یازده": 11, "دوازده": 12, "هجده": 18, "بیست": 20, "سی": 30, "چهل": 40, "پنجاه": 50, "شصت": 60,
    "هفتاد": 70, "هشتاد": 80, "نود": 90, "صد": 100, "یکصد": 100, "دویست": 200, "سیصد": 300,
    "چهارصد": 400, "پانصد": 500,
    # Arabic
    "واحد": 1, "اثنین": 2, "ثلاثه": 3, "اربعه": 4, "خمسه": 5, "سته": 6, "تسعه": 9, "عشره": 10,
    "عشر": 10, "عشرین": 20, "ثلاثین": 30, "خمسون": 50, "خمسین": 50, "مایه": 100, "میتین": 200,
    # English, German, French, Spanish, Italian, Turkish
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "ten": 10,
    "twelve": 12, "eighteen": 18, "twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100,
    "drei": 3, "sechs": 6, "neun": 9, "zehn": 10, "zwolf": 12, "zwanzig": 20, "funfzig": 50,
    "trois": 3, "neuf": 9, "dix": 10, "douze": 12, "cinquante": 50, "cent": 100,
    "tres": 3, "seis": 6, "nueve": 9, "diez": 10, "doce": 12, "cincuenta": 50, "cien": 100,
    "tre": 3, "sei": 6, "nove": 9, "dieci": 10, "dodici": 12, "cinquanta": 50, "cento": 100,
    "uc": 3, "dokuz": 9, "elli": 50, "yuz": 100,
}  # fmt: skip
_SCALES = {
    "k": 1_000, "teur": 1_000, "tchf": 1_000, "thousand": 1_000, "tsd": 1_000, "tausend": 1_000,
    "mille": 1_000, "mil": 1_000,
    "mila": 1_000, "bin": 1_000, "هزار": 1_000, "الف": 1_000, "الاف": 1_000, "keur": 1_000,
    "m": 1_000_000, "mn": 1_000_000, "mio": 1_000_000, "million": 1_000_000,
    "millions": 1_000_000, "millionen": 1_000_000, "millon": 1_000_000, "milyon": 1_000_000,
    "millones": 1_000_000, "milione": 1_000_000, "milioni": 1_000_000, "میلیون": 1_000_000,
    "ملیون": 1_000_000, "ke": 1_000, "t": 1_000,
}  # fmt: skip
_JOINERS = {"و", "and", "und", "et", "y", "e"}
_GROUPED = re.compile(r"^\d{1,3}(?:[.,'’\s\u00a0\u202f٬]\d{3})+$")
# a digit or two right behind a letter belong to a name ("Unit C1"); "EUR10.000" is an amount
_TOKEN = re.compile(r"(?<![^\W\d_])\d(?:[\d.,'’٬٫]*\d)?|\d[\d.,'’٬٫]+\d|[^\W\d_]+")
_SPACED_GROUPS = re.compile(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))")


def read_numbers(text: str) -> list[float]:
    """Return the numbers in a short answer, in order, scales applied.

    A scale after a range counts for both ends. ``text`` is expected folded (lower case, one
    form a letter), with its punctuation.

    >>> read_numbers("50.000 - 250.000 eur"), read_numbers("10-50k"), read_numbers("1,5 mio")
    ([50000.0, 250000.0], [10000.0, 50000.0], [1500000.0])
    >>> read_numbers("پنجاه تا دویست و پنجاه هزار دلار")
    [50000.0, 250000.0]
    """
    return _read(text, _SCALES)


def read_counts(text: str) -> list[float]:
    """Return the numbers of a text in which "m" is a month and "t" a day, never a scale.

    >>> read_counts("0-3m"), read_counts("سه تا شش ماه")
    ([0.0, 3.0], [3.0, 6.0])
    """
    return _read(text, {})


def _read(text: str, scale_by_word: dict[str, int]) -> list[float]:
    text = _SPACED_GROUPS.sub("", ascii_digits(text))
    numbers: list[float] = []
    scales: list[int] = []
    open_sum = False  # the last token was a number word that "and" may add to
    for token in _TOKEN.findall(text):
        value = _number(token)
        if value is not None:
            if open_sum and value < numbers[-1]:
                numbers[-1] += value
            else:
                numbers.append(value)
                scales.append(1)
            open_sum = not token[0].isdecimal()
        elif token in scale_by_word and numbers and scales[-1] == 1:
            scales[-1] = scale_by_word[token]
            open_sum = False
        elif token not in _JOINERS:
            open_sum = False
    return _scaled(numbers, scales)


def _scaled(numbers: list[float], scales: list[int]) -> list[float]:
    """Apply the scales; "10-50k" means 10k, while "900-2000" means what it says."""
    for index in range(len(numbers) - 2, -1, -1):
        if scales[index] == 1 and scales[index + 1] > 1 and numbers[index] < 1000:
            scales[index] = scales[index + 1]
    return [number * scale for number, scale in zip(numbers, scales, strict=True)]


def _number(token: str) -> float | None:
    """Return the value of digits or of one number word."""
    if not token[0].isdecimal():
        return float(_UNITS[token]) if token in _UNITS else None
    if _GROUPED.match(token):
        return float(re.sub(r"\D", "", token))
    plain = token.replace("'", "").replace("’", "").replace("٬", "").replace("٫", ".")
    if plain.count(",") == 1 and plain.count(".") == 0:
        plain = plain.replace(",", ".")
    elif plain.rfind(",") > plain.rfind("."):
        plain = plain.replace(".", "").replace(",", ".")
    else:
        plain = plain.replace(",", "")
    try:
        return float(plain)
    except ValueError:
        return None
