"""E-mail addresses out of a cell: what is usable, what was repaired, what looks mistyped."""

import re
from functools import lru_cache
from typing import NamedTuple

from email_validator import EmailNotValidError, validate_email
from rapidfuzz.distance import DamerauLevenshtein

from .blanks import is_blank
from .email_domains import DISPOSABLE, PROVIDERS, TOP_LEVEL_TYPOS
from .folding import INVISIBLE

_SEPARATORS = re.compile(
    r"[;|\n]|,(?=\s*\S+@)|\s+/\s+|\s+(?:and|or|und|oder|et|ve|y|e)\s+(?=\S+@)|\s*[&+]\s+(?=\S+@)|\s+(?=\S+@)"
)
_MAILTO = re.compile(r"mailto:\s*|^(?:e-?mail|mail|[a-z]):\s*", re.IGNORECASE)
_ANGLED = re.compile(r"<\s*([^<>]+?)\s*>")
_WRAPPING = " \t\r\n\u00a0<>()[]{}\"'“”‘’`,;:"
_LOOSE = re.compile(r"[^\s;,|<>()\[\]{}\"“”/\\#&]+@[^\s;,|<>()\[\]{}\"“”/\\#&]+")
_WIDE_FORMS = str.maketrans({"＠": "@", "．": ".", "。": "."})
# Typed to get past a form: as a key, it would make one person of all who did so.
_PLACEHOLDER = re.compile(
    r"(?:no-?e?-?mail|none|unknown|not-?(?:given|provided|available)|keine?-?e?-?mail)@"
    r"(?:no-?e?-?mail|none|unknown|e?mail|nowhere|nodomain|keine?|company|domain|example)\.\w+"
    r"|(none|null|na|no|x+|abc|keine)@\1\.(?:com|net|org|de|fr|es|it|ir)"
)
_PLAIN_NAME = re.compile(r"(?=.{1,64}$)[A-Za-z0-9_+'-]+(?:\.[A-Za-z0-9_+'-]+)*")  # of RFC 5322
_MIN_TYPO_NAME = 5  # shorter names ("gmx", "aol") have real neighbours at one letter's distance


class EmailReading(NamedTuple):
    """The addresses of a cell and the flags they raise."""

    address: str | None  # lower case
    others: tuple[str, ...]
    flags: tuple[str, ...]


_NOTHING = EmailReading(None, (), ())


@lru_cache(maxsize=4096)
def read_email(cell: str) -> EmailReading:
    """Return the first usable address of ``cell``, the further ones, and what to say about them.

    A mistyped mail domain is reported and kept. Repaired means: decoration around a sound
    address was taken off; an address that is wrong inside stays wrong.

    >>> read_email("<mailto:ann@acme.example>")
    EmailReading(address='ann@acme.example', others=(), flags=('email_repaired',))
    >>> read_email("ann.at.acme.example").flags, read_email("ann@gmial.com").flags
    (('invalid_email',), ('email_typo:gmail.com',))
    """
    if is_blank(cell):
        return _NOTHING
    addresses: list[str] = []
    repaired = False
    for part in _parts(INVISIBLE.sub("", cell).translate(_WIDE_FORMS)):
        for address, was_repaired in _sound_addresses(part):
            if address not in addresses and not _PLACEHOLDER.fullmatch(address):
                addresses.append(address)
                repaired |= was_repaired
    if not addresses:
        return EmailReading(None, (), ("invalid_email",))
    flags = ["email_repaired"] if repaired else []
    flags += [f"two_emails:{other}" for other in addresses[1:]]
    domain = addresses[0].rpartition("@")[2]
    if likely := likely_domain(domain):
        flags.append(f"email_typo:{likely}")
    if domain in DISPOSABLE:
        flags.append("disposable_email")
    return EmailReading(addresses[0], tuple(addresses[1:]), tuple(flags))


def _parts(cell: str) -> list[str]:
    """Return the pieces of a cell that may each be an address."""
    if cell.count("@") == 1 and _sound_address(cell)[0]:
        return [cell]
    return [part for part in _SEPARATORS.split(cell) if part and not is_blank(part)]


def _sound_addresses(part: str) -> list[tuple[str, bool]]:
    """Return the addresses in ``part``, each with whether something was taken off around it."""
    address, was_repaired = _sound_address(part)
    if address:
        return [(address, was_repaired)]
    loose = (_MAILTO.sub("", found).strip(_WRAPPING + ".") for found in _LOOSE.findall(part))
    return [(sound, True) for one in loose if (sound := _validated(one))]


@lru_cache(maxsize=4096)
def _sound_address(part: str) -> tuple[str | None, bool]:
    """Return the address in ``part`` and whether something had to be taken off around it."""
    part = part.strip()
    if address := _validated(part):
        return address, False
    if angled := _ANGLED.search(part):  # "Ann Bell <ann@acme.example>" names her, no fault
        named = not part.startswith("<")
        inner = _MAILTO.sub("", angled[1])
        return _validated(inner.strip(_WRAPPING)), not named or inner != angled[1]
    bare = _MAILTO.sub("", part).strip(_WRAPPING).rstrip(".")
    return _validated(bare), True


def _validated(text: str) -> str | None:
    """Return the address, lower case, as the library has it.

    The library takes 60 microseconds, most of it for the domain. So each domain is asked about
    once, and each name before the @ that is not plain ASCII words and dots.
    """
    if text.count("@") != 1 or len(text) > 254:
        return None
    name, _, domain = text.partition("@")
    if _PLAIN_NAME.fullmatch(name):
        sound = _by_library(f"x@{domain}")
        return name.lower() + sound[1:] if sound else None
    return _by_library(text)


@lru_cache(maxsize=8192)
def _by_library(text: str) -> str | None:
    try:
        # test_environment lets .test domains pass, without touching the library's lists
        result = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return result.normalized.lower()


@lru_cache(maxsize=8192)
def likely_domain(domain: str) -> str | None:
    """Return the well-known mail domain that ``domain`` is one slip away from, if any.

    >>> likely_domain("gmial.com"), likely_domain("hotmail.con"), likely_domain("ymail.com")
    ('gmail.com', 'hotmail.com', None)
    """
    if domain in PROVIDERS:
        return None
    name, _, top = domain.rpartition(".")
    if top in TOP_LEVEL_TYPOS and f"{name}.{TOP_LEVEL_TYPOS[top]}" in PROVIDERS:
        return f"{name}.{TOP_LEVEL_TYPOS[top]}"
    for provider in PROVIDERS:
        its_name, _, its_top = provider.rpartition(".")
        if top != its_top and TOP_LEVEL_TYPOS.get(top) != its_top:
            continue
        # lengths first: nearly all domains of companies end here, and the distance is dear
        if abs(len(its_name) - len(name)) <= 1 and len(its_name) >= _MIN_TYPO_NAME and name:
            if DamerauLevenshtein.distance(name, its_name, score_cutoff=1) == 1:
                return provider
    return None
