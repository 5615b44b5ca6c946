"""One record taken down at a booth or filled in on a page, laid out as a row of a file."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from .codes import read_code
from .fields import FIELDS
from .folding import fold_key

WORDS = tuple(FIELDS)
_OTHER_WORDS = {
    "captured_at": "scanned_at",
    "booth_rating": "rating",
    "email_consent": "consent",
    "interests": "interest",
    "visitor_kind": "attendee_type",
}
_NAMES = ("name", "first_name", "last_name")
_SCANNED = "%s (scanned)"
_MAX_CHARS = 65_536  # of a cell, as in a file
_MAX_FURTHER = 50
# As a program writes a moment: in UTC, though it does not say so.
_BARE_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?")


class Layout(NamedTuple):
    """A record as the cells of a row, with the field and heading of each."""

    cells: list[str]
    fields: list[str | None]
    headings: list[str]


def lay_out(record: Mapping[str, Any]) -> Layout:
    """Return ``record`` as a row: what was typed first, then what its ``code`` says.

    Where both say something, the first counts and the second is kept, as with two columns of a
    file. Words nobody knows are left out; ``further`` holds answers under headings of their own.

    >>> row = lay_out({"email": "ann@acme.example", "code": "mailto:a.bell@acme.example"})
    >>> [cell for cell in row.cells if cell], row.headings[-1]
    (['ann@acme.example', 'a.bell@acme.example'], 'Email (scanned)')
    """
    typed = typed_words(record)
    cells = [typed[word] for word in WORDS]
    fields: list[str | None] = list(WORDS)
    headings = [FIELDS[word] for word in WORDS]
    code = read_code(as_text(record.get("code")))
    scanned = dict(code.words)
    if any(typed[word] for word in _NAMES):
        # a name is one: half of it typed and half of it scanned would be a third person's
        name = " ".join(scanned.pop(word, "") for word in ("first_name", "last_name")).strip()
        name = scanned.pop("name", "") or name
        mine = typed["name"] or f"{typed['first_name']} {typed['last_name']}"
        if name and fold_key(name) != fold_key(mine):
            cells.append(name)
            fields.append(None)
            headings.append(_SCANNED % FIELDS["name"])
    for word, text in scanned.items():
        cells.append(text)
        fields.append(word)
        headings.append(_SCANNED % FIELDS[word])
    further = record.get("further")
    facts = [*code.further.items(), *(further.items() if isinstance(further, Mapping) else ())]
    for heading, text in facts[:_MAX_FURTHER]:
        cells.append(as_text(text))
        fields.append(None)
        headings.append(as_text(heading)[:200])
    return Layout(cells, fields, headings)


def typed_words(record: Mapping[str, Any]) -> dict[str, str]:
    """Return ``{word of FIELDS: text}`` of what was typed, every word in it.

    >>> words = typed_words({"booth_rating": "hot", "interests": ["Pump", "Valve"], "zip": 8020})
    >>> words["rating"], words["interest"], words["zip"], words["email"]
    ('hot', 'Pump; Valve', '8020', '')
    """
    words = dict.fromkeys(WORDS, "")
    for key, value in record.items():
        word = _OTHER_WORDS.get(key, key)
        if word in words and (text := as_text(value)):
            words[word] = text
    if _BARE_MOMENT.fullmatch(words["scanned_at"]):
        words["scanned_at"] += "Z"
    return words


def as_text(value: Any) -> str:
    """Return what a program sent as text; False and None say nothing, True says yes.

    >>> as_text([1, "two", False]), as_text(True), as_text(None)
    ('1; two', 'yes', '')
    >>> as_text("half an emoji: \\ud83d")
    'half an emoji: ?'
    """
    if value is None or value is False or isinstance(value, Mapping):
        return ""
    if value is True:
        return "yes"
    if isinstance(value, list | tuple | set):
        return "; ".join(filter(None, map(as_text, value)))[:_MAX_CHARS]
    text = str(value).replace("\x00", "").strip()[:_MAX_CHARS]
    return text.encode("utf-8", "replace").decode()
