"""One spelling for many: letter case, letter forms, digits and spaces evened out."""

import re
import unicodedata
from functools import lru_cache

# Marks that only decorate a letter: Latin accents, Hebrew and Arabic vowel signs. Indic vowel
# signs are not among them: there they are the vowel.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u0640]")
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FORMS = str.maketrans({
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ي": "ی",
    "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "’": "'", "‘": "'",
    "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-", "–": "-",
    "—": "-", "−": "-",
})  # fmt: skip


def ascii_digits(text: str) -> str:
    """Return ``text`` with the decimal digits of every script as 0-9.

    >>> ascii_digits("۰۲۱ ٤٥")
    '021 45'
    """
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char, char)) for char in text)


def clean_line(text: str) -> str:
    """Return ``text`` on one line: single spaces, no control characters, half-spaces kept.

    >>> clean_line("  Velmora  Packaging Corp. ")
    'Velmora Packaging Corp.'
    """
    text = _CONTROLS.sub("", text).replace("\ufeff", "")
    return " ".join(text.split())


def clean_text(text: str) -> str:
    r"""Return ``text`` with plain line ends, no control characters, no blank ends.

    >>> clean_text(" one\r\ntwo_x000D_\n")
    'one\ntwo'
    """
    text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", text).strip().strip("\ufeff").strip()


def even_out(text: str) -> str:
    """Case, letter forms and digits evened; spaces and half-spaces still there."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text)).translate(_FORMS)
    return ascii_digits(unicodedata.normalize("NFC", text))


@lru_cache(maxsize=65536)
def fold_key(text: str) -> str:
    """Return the key under which two spellings of one name are equal.

    Case, spaces, half-spaces, accents and letter forms do not count; punctuation does.

    >>> fold_key("ÇINARLI  AMBALAJ") == fold_key("Çınarlı Ambalaj")
    True
    >>> fold_key("ستوده‌فر") == fold_key("ستوده فر")
    True
    >>> fold_key("Weiß") == fold_key("WEISS")
    True
    >>> fold_key("Korvane Ltd.") == fold_key("Korvane Ltd")
    False
    """
    if text.isascii():
        return _SPACES.sub("", text.casefold())
    return _SPACES.sub("", INVISIBLE.sub("", even_out(text)))


@lru_cache(maxsize=65536)
def fold_words(text: str) -> str:
    """Return the words of ``text``, evened and parted by single spaces, no punctuation.

    >>> fold_words("Work ZIP/Postal_Code:")
    'work zip postal code'
    >>> fold_words("ثبت‌کننده")
    'ثبت کننده'
    """
    flat = text.casefold() if text.isascii() else even_out(text.replace("\u200c", " "))
    return _NOT_WORD.sub(" ", INVISIBLE.sub("", flat)).strip()


@lru_cache(maxsize=65536)
def fold_compact(text: str) -> str:
    """Return the letters and digits of ``text`` alone, evened.

    >>> fold_compact("First_Name") == fold_compact("firstname")
    True
    """
    return fold_words(text).replace(" ", "")
