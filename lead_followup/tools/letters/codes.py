"""Short codes that a person can type from paper, and that say so when they are mistyped.

A code has nine random characters and a check character, from an alphabet of 31: no 0 and O, no
1, I and L. That makes 31^9, about 26 million million codes: with 100,000 letters in the post one
guess in 260 million hits. Odoo limits no requests, so the size of that space is what makes
guessing useless; the check character is public and adds nothing to it.
"""

import random
import re

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31 characters, a prime number

_LENGTH = 10  # the check character included
_GROUP = 5
_SEPARATORS = re.compile(r"[\s.\-_\u2010-\u2015]+")
_HALF = rf"[{ALPHABET}{ALPHABET.lower()}]{{{_GROUP}}}"
# looked for from every place on: what stands before a code may look like its first half
_IN_TEXT = re.compile(rf"(?<![^\W_])(?=({_HALF}[\s.\-_\u2010-\u2015]{{0,3}}{_HALF})(?![^\W_]))")


def new_code(chance: random.Random) -> str:
    """Give a new code, without its dash; whether it is taken is for the caller to know."""
    payload = "".join(chance.choice(ALPHABET) for _place in range(_LENGTH - 1))
    return payload + check_character(payload)


def check_character(payload: str) -> str:
    """Give the tenth character for nine of ``ALPHABET``.

    The places of a code, counted from 1, times their characters' values add up to a multiple of
    31, as in an ISBN-10. So one wrong character and any two that changed places are found.

    >>> check_character("222222222"), check_character("222222223")  # all 0; 9 * 1 + 10 * 27 = 279
    ('2', 'W')
    """
    total = sum(place * ALPHABET.index(char) for place, char in enumerate(payload, start=1))
    return ALPHABET[-total * pow(_LENGTH, -1, len(ALPHABET)) % len(ALPHABET)]


def read_code(text: str) -> str | None:
    """Give the code that somebody typed, None where it can't be one.

    Capitals, blanks and dashes don't matter.

    >>> read_code(" 22222-2223w "), read_code("22222-22232"), read_code("22222-2223")
    ('222222223W', None, None)
    """
    code = _SEPARATORS.sub("", text).upper()
    if len(code) != _LENGTH or set(code) - set(ALPHABET):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def find_codes(text: str) -> list[str]:
    """Give the codes that stand in ``text``, without their dash, each once and in its order.

    Ten letters of a word may be one by chance, one word in 31: whether a letter carries it is for
    the caller to know.

    >>> find_codes("Every 22222-2223W counts; my code: 22222 2223w, not 22222-22232 or x222222223W")
    ['222222223W']
    """
    found = (read_code(match[1]) for match in _IN_TEXT.finditer(text))
    return list(dict.fromkeys(code for code in found if code))


def is_mistyped(text: str) -> bool:
    """Tell whether somebody typed something that no letter can carry."""
    return bool(text.strip()) and read_code(text) is None


def format_code(code: str) -> str:
    """Give ``code`` as it is printed.

    >>> format_code("222222223W")
    '22222-2223W'
    """
    return f"{code[:_GROUP]}-{code[_GROUP:]}"
