"""The word of a heading that says what it is: "Function in company" is a function.

Where a heading as a whole is no known phrase, its head noun is. A word such as "of", "im" or "de"
stands behind the head; without one the head is last in English, German and Turkish ("Corporate
email") and first in French, Spanish, Italian, Persian and Arabic ("Correo corporativo").
"""

import re
from collections.abc import Callable, Mapping

_LINKS = frozenset(
    """
    of in at for from by with de des du del dell della dello dei delle degli di da dal do der die
    das
    dem den im am an zum zur bei von vom durch dans en sur que au aux a par pour para por su nella
    nel
    al alla per per در برای به از محل من فی علی قبل توسط
    """.split()
)
_AND = frozenset("and und et y ve و".split())
# Whose head tells enough; a "date", a "number" or a "type" may be of anything.
_TELLING = frozenset(
    """
    name first_name last_name company job_title email phone mobile website street city zip country
    rating budget authority timeframe interest captured_by note salutation scanned_time
    """.split()
)
_VAGUE = frozenset(
    """
    number numero recapito contact contacto contatto kontakt contato visitor besucher visiteur
    person
    personne other owner user staff host title other question message details next
    customer kunde account business business business first last who what when score quality
    category kategorie product products produkt produkte produit produits interest via cap pk il
    topic konu stand standort pays place first amt stelle zeit time prospect guest attendee delegate
    participant teilnehmer ziyaretci katilimci بازدیدکننده مخاطب شماره شرح نظر الزایر الجهه الصفه
    """.split()
)
# Who stands there is one of us: "Gesprächspartner am Stand".
_BOOTH = frozenset("stand booth messestand stant غرفه".split())
_MAX_WORDS = 5
_ARABIC_SCRIPT = re.compile("[\u0600-\u06ff]")
_POSSESSIVE = re.compile(r"(?<=[^\W\d_]{3})(?:[iu]?n[iu]z|[iu]m[iu]z)$")  # Turkish "your", "our"

Lookup = Callable[[str], Mapping[str, int] | None]


def linked_head(words: list[str], fields_of: Lookup) -> str | None:
    """Return the field of the words before the first "of"; of "Name of …" what the name is of.

    :param words: folded words of a heading without brackets.
    :param fields_of: from words without spaces to {field: points}, None when unknown.
    """
    if len(words) > _MAX_WORDS or _BOOTH.intersection(words):
        return None
    places = [at for at, word in enumerate(words) if at and word in _LINKS | _AND]
    for place in reversed(places):  # "Nom et prénom du visiteur"
        head = fields_of("".join(words[:place])) or {}
        if "bare_name" in head and words[place] not in _AND:
            whose = "".join(words[place + 1 :])
            return _one((fields_of(whose) or fields_of(whose.rstrip("s")) or {}).keys())
        if field := _one(head.keys() & _TELLING):
            return field
    return None


def end_head(words: list[str], fields_of: Lookup) -> str | None:
    """Return the field of the longest telling phrase at the end or at the beginning."""
    if len(words) > _MAX_WORDS:
        return None
    words = [word for word in words if word not in _LINKS]
    from_end = not _ARABIC_SCRIPT.search("".join(words))
    for length in range(len(words) - 1, 0, -1):
        ends = (words[-length:], words[:length])
        for phrase in ends if from_end else reversed(ends):
            field = _one((fields_of("".join(phrase)) or {}).keys() & _TELLING)
            if field and (length > 1 or not (phrase[0] in _VAGUE or field == "name")):
                return field
    return None


def without_possessive(word: str) -> str:
    """Return a Turkish noun without "your": "Adresiniz" is an address.

    >>> without_possessive("adresiniz"), without_possessive("butceniz"), without_possessive("deniz")
    ('adres', 'butce', 'deniz')
    """
    return _POSSESSIVE.sub("", word)


def _one(fields) -> str | None:
    return next(iter(fields)) if len(fields) == 1 else None
