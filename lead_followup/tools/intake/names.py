"""People's names: one text out of parts, "Last, First" turned round, forms of address set aside."""

import re
from functools import lru_cache
from typing import NamedTuple

from .folding import clean_line, fold_compact

_SALUTATIONS = frozenset("""
    mr mrs ms miss mx sir madam herr frau hr fr herrn m mme mlle monsieur madame mademoiselle sr sra
    srta senor senora senorita sig sigra signor signora signore signorina dott bay bayan sayın
    beyefendi hanımefendi آقا خانم آقای جناب سرکار السید السیده سید سیده male female mannlich
    weiblich divers homme femme hombre mujer uomo donna erkek kadın مرد زن ذکر انثی masculin feminin
    m f w d
    """.split())  # fmt: skip
_SALUTATION_KEYS = frozenset(fold_compact(word) for word in _SALUTATIONS)
_TITLES = frozenset("""
    dr prof phd md ing dipling diplomingenieur msc bsc mba mag dri drmed doc pe jr sr ii iii iv
    profdr drphil drrernat docdr yrddocdr esq cpa دکتر مهندس د م الدکتور المهندس
    """.split())  # fmt: skip
_TITLE_KEYS = frozenset(fold_compact(word) for word in _TITLES)
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv|phd|md|mba|pe|esq|cpa|msc|bsc|dr)\.?$", re.IGNORECASE)
_PARTICLES = re.compile(r"^[^\W\d_][\w.'’\u200c\- ]*$")


class PersonName(NamedTuple):
    """A name as shown, and its parts where they are known."""

    name: str | None
    first_name: str | None
    last_name: str | None


@lru_cache(maxsize=2048)
def is_salutation(text: str) -> bool:
    """Tell a form of address or a gender from other words.

    >>> is_salutation("Herr"), is_salutation("Mrs."), is_salutation("Plant Manager")
    (True, True, False)
    """
    return fold_compact(text) in _SALUTATION_KEYS


@lru_cache(maxsize=2048)
def is_academic_title(text: str) -> bool:
    """Tell "Dr.", "Prof. Dr.", "PhD" from other words.

    >>> is_academic_title("Prof. Dr."), is_academic_title("Editor")
    (True, False)
    """
    words = [fold_compact(word) for word in re.split(r"[\s.,-]+", text) if word]
    return bool(words) and all(word in _TITLE_KEYS for word in words)


def join_name(first: str, last: str, full: str) -> PersonName:
    """Return the name of a person from the parts a row has, each maybe blank.

    >>> join_name("Ann", "Bell", "")
    PersonName(name='Ann Bell', first_name='Ann', last_name='Bell')
    >>> join_name("", "", "Bell, Ann Mary").name
    'Ann Mary Bell'
    >>> join_name("", "", "Bell, PhD").name
    'Bell, PhD'
    """
    first, last, full = clean_line(first), clean_line(last), clean_line(full)
    if first or last:
        joined = " ".join(part for part in (first, last) if part)
        return PersonName(full or joined, first or None, last or None)
    turned = _turn_round(full)
    return turned or PersonName(full or None, None, None)


def _turn_round(full: str) -> PersonName | None:
    """Return the parts of "Last, First"; None when the comma means something else."""
    if full.count(",") != 1 or full.startswith(("=", "@", "+")):
        return None
    last, first = (part.strip() for part in full.split(","))
    if not last or not first or _SUFFIX.match(first) or len(first.split()) > 3:
        return None
    if not (_PARTICLES.match(last) and _PARTICLES.match(first)):
        return None
    return PersonName(f"{first} {last}", first, last)
