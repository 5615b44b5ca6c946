"""Texts that strangers send: what is refused, and how the rest is tidied up."""

import re
import unicodedata

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,100}")
# Marks that turn the direction of what follows: they can make a text read as another one. The
# joiners of Persian and Arabic (U+200C, U+200D) belong to the spelling and stay.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LINE_BREAKS = "\r\n\t"


def is_token(text: str) -> bool:
    """Tell whether ``text`` looks like the token of a link, so that it may be looked up.

    >>> is_token("a" * 32), is_token("a" * 31 + "\\x00"), is_token(""), is_token("a" * 31 + "é")
    (True, False, False, False)
    """
    return bool(_TOKEN.fullmatch(text))


def fault_of(text: str, max_length: int) -> str | None:
    """Give what is wrong with ``text``: “broken”, “control” or “too_long”; none where all is well.

    Broken is what was not sent as UTF-8: the web server puts U+FFFD in its place.

    >>> fault_of("Ann", 3), fault_of("Anna", 3), fault_of("A\\ufffd", 3), fault_of("A\\x00", 3)
    (None, 'too_long', 'broken', 'control')
    >>> fault_of("two\\r\\nlines", 20)
    """
    if "\ufffd" in text:
        return "broken"
    if any(_is_control(char) for char in text if char not in _LINE_BREAKS):
        return "control"
    # a browser counts a line break as one character and sends two
    return "too_long" if len(text.replace("\r\n", "\n")) > max_length else None


def clean_line(text: str) -> str:
    """Give ``text`` on one line, without what is not to be seen: blanks around, control
    characters, marks that turn its direction.

    >>> clean_line("  Ann \\n\\u202eAm\\x00ple\\t")
    'Ann Ample'
    """
    line = " ".join(_TURNING.sub("", unicodedata.normalize("NFC", text)).split())
    return "".join(char for char in line if not _is_control(char))


def clean_lines(text: str) -> str:
    """Give ``text`` with its lines, each tidied up; no more than one empty line in a row.

    >>> clean_lines(" one \\r\\n\\r\\n\\r\\n two\\n")
    'one\\n\\ntwo'
    """
    lines = "\n".join(clean_line(line) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs")
