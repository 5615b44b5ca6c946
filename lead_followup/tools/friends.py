"""Friends whom a customer names: who is meant, and whether he named himself."""

import re
from typing import NamedTuple

from .intake import fold_compact
from .intake.emails import read_email
from .intake.phones import read_phone

_DOTLESS = {"gmail.com", "googlemail.com"}  # whose mailboxes ignore dots in their names
_SEPARATOR = re.compile(r"\s*(?:[,;/|،؛]|\s[-–—@]\s|\s(?:of|from|at)\s)\s*|\s*\(\s*", re.IGNORECASE)


class Friend(NamedTuple):
    """What was said about a friend, as typed and tidied; empty where nothing was."""

    name: str
    company: str = ""
    email: str = ""
    phone: str = ""
    note: str = ""


class Referrer(NamedTuple):
    """Whom a free text may mean: by address, by number (E.164), by (name, company), folded."""

    email: str | None
    number: str | None
    names: frozenset[tuple[str, str]]
    words: tuple[str, ...]  # its parts as typed, one of which may be the name


def mailbox(address: str) -> str:
    """Return the mailbox behind ``address``: without tags, and dots where they don't count.

    >>> mailbox("Ann.Ample+news@GMail.com"), mailbox("ann.ample@ample.example")
    ('annample@gmail.com', 'ann.ample@ample.example')
    """
    local, _at, domain = address.strip().casefold().rpartition("@")
    local = local.partition("+")[0]
    if domain in _DOTLESS:
        local = local.replace(".", "")
    return f"{local}@{domain}" if local else ""


def is_same_mailbox(one: str, other: str) -> bool:
    """Tell whether mail to both ends up with the same person; not where one is empty.

    >>> is_same_mailbox("ann+x@ample.example", "Ann@ample.example")
    True
    >>> is_same_mailbox("anna@ample.example", "ann@ample.example"), is_same_mailbox("", "")
    (False, False)
    """
    return bool(mailbox(one)) and mailbox(one) == mailbox(other)


def is_same_number(one: str, other: str, country: str | None) -> bool:
    """Tell whether both are the same number, as dialled in ``country``; not where one is none.

    >>> is_same_number("(202) 555-0176", "+1 202 555 0176", "US"), is_same_number("", "", "US")
    (True, False)
    """
    number = read_number(one, country)
    return bool(number) and number == read_number(other, country)


def read_number(text: str, country: str | None) -> str | None:
    """Return the number in ``text``, E.164, as dialled in ``country``; None without one.

    >>> read_number("(202) 555-0176", "US"), read_number("(202) 555-0176", None)
    ('+12025550176', None)
    """
    return read_phone(text, country).number


def read_referrer(text: str, country: str | None) -> Referrer:
    """Return whom ``text``, as somebody typed it at the booth, may mean.

    >>> read_referrer("Ann Ample (Ample Pumps)", "US").names == {("annample", "amplepumps")}
    True
    >>> read_referrer("ann@ample.example", "US").email
    'ann@ample.example'
    >>> read_referrer("a friend", "US")[:3]
    (None, None, frozenset())
    """
    email = read_email(text).address if "@" in text else None
    number = None if email else read_number(text, country)
    parts = tuple(part.strip(" )") for part in _SEPARATOR.split(text) if part.strip(" )"))
    folded = [fold_compact(part) for part in parts]
    names = frozenset([(folded[0], folded[1])] if len(folded) == 2 and all(folded) else [])
    return Referrer(email, number, names, parts)
