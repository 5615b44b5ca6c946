"""Names that are none: text by which a stranger would have us send his address to somebody."""

import re
import unicodedata
from itertools import dropwhile

from ..intake.names import is_academic_title, is_salutation

_DOTS = str.maketrans("。｡․", "...")  # which browsers read as one
_LINK = re.compile(r"://|\bwww\.|@", re.IGNORECASE)
_BETWEEN = re.compile(r"[^\w.-]+")  # splits in one pass, however long a text is sent
_PATH = re.compile(r"\w\.[^\W\d_]{2,}[/:?#\\][^\s]")
_SAINTS = {"st", "ste", "sta"}


def has_address(text: str, may_be_domain: bool = True) -> bool:
    """Tell whether ``text`` carries an address of the web or of e-mail.

    :param may_be_domain: a bare domain is welcome, as for companies; people are not called so.

    >>> has_address("WIN 1000$ at http://evil.example/x"), has_address("Ann, www.evil.example")
    (True, True)
    >>> has_address("Ann evil.example/x"), has_address("ann@evil.example"), has_address("a。test/x")
    (True, True, True)
    >>> has_address("Win at evil.example.", False), has_address("Dr.evil.example", False)
    (True, True)
    >>> has_address("Booking.com"), has_address("Booking.com", False)
    (False, True)
    >>> names = ("St. Mary's", "A.B. Müller", "A.B.Müller", "Dr.Ahmad Rezaei", "Ann 3.5", "St.John")
    >>> [name for name in names if has_address(name, False)]
    []
    >>> has_address("x" * 100_000, False), has_address("a." * 50_000, False)
    (False, False)
    >>> [has_address(text) for text in ("Smith & Co./Graz", "ASP.NET developer", "S.p.A./N.V.")]
    [False, False, False]
    """
    plain = unicodedata.normalize("NFKC", text.translate(_DOTS)).translate(_DOTS)
    plain = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    if _LINK.search(plain) or _PATH.search(plain):
        return True
    return not may_be_domain and any(map(_is_domain, _BETWEEN.split(plain)))


def _is_domain(run: str) -> bool:
    """Tell a domain from initials and short forms that go before a name."""
    labels = [label for label in run.split(".") if label]
    rest = list(dropwhile(lambda label: len(label) == 1 or _is_short_form(label), labels))
    return len(rest) > 1 and len(rest[-1]) > 1 and rest[-1].isalpha()


def _is_short_form(word: str) -> bool:
    return is_salutation(word) or is_academic_title(word) or word.casefold() in _SAINTS
