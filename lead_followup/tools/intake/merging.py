"""One person's facts out of several rows."""

from typing import Any

from .folding import fold_key
from .shapes import Values

# The phone's extension goes with its phone, a name's parts with their name.
_TOGETHER = {"phone_extension": "phone", "first_name": "name", "last_name": "name"}


def merge_values(first: Values, later: Values) -> dict[str, Any]:
    """Return ``first`` with its blanks filled from ``later``; nothing it has is overwritten.

    Interests, further addresses and further answers are united; a different note is added
    below; a refusal of e-mail wins. Merging the same values again changes nothing.

    >>> merge_values({"phone": None, "note": "a", "interest": ["P"]},
    ...              {"phone": "+1", "note": "b", "interest": ["V", "p"]})
    {'phone': '+1', 'note': 'a\\nb', 'interest': ['P', 'V']}
    >>> merge_values({"consent": True}, {"consent": False})
    {'consent': False}
    """
    merged = dict(first)
    for field, value in later.items():
        if _is_blank(value):
            continue
        mine = merged.get(field)
        if field in ("interest", "other_emails"):
            merged[field] = _united(mine or [], value)
        elif field in ("further", "answers"):
            merged[field] = {**value, **(mine or {})}
        elif field == "consent" and value is False:
            merged[field] = False
        elif field == "note":
            merged[field] = _joined_notes(mine, value)
        elif _is_blank(mine) and _may_fill(field, first, later):
            merged[field] = value
    return merged


def _is_blank(value) -> bool:
    return value is None or value == "" or value == [] or value == {}


def _may_fill(field: str, first: Values, later: Values) -> bool:
    lead = _TOGETHER.get(field)
    if lead is None or _is_blank(first.get(lead)):
        return True
    return _same(first.get(lead), later.get(lead))


def _same(mine, theirs) -> bool:
    return bool(mine and theirs) and fold_key(str(mine)) == fold_key(str(theirs))


def _united(mine: list[str], theirs: list[str]) -> list[str]:
    known = {fold_key(one) for one in mine}
    return [*mine, *(one for one in theirs if fold_key(one) not in known)]


def _joined_notes(mine: str | None, theirs: str) -> str:
    if not mine:
        return theirs
    return mine if f"\n{theirs}\n" in f"\n{mine}\n" else f"{mine}\n{theirs}"
