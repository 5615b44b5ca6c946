"""A record that takes the place of an earlier one: which it means, and what it changes."""

from collections.abc import Callable, Mapping
from typing import Any

from .capture import as_text
from .keys import email_key, name_company_key, phone_keys
from .shapes import Values

_MAX_KEYS = 50


def replaced_keys(record: Mapping[str, Any]) -> list[str]:
    """Return the keys of the records that ``record`` corrects, the last sent first.

    >>> replaced_keys({"replaces": "a"}), replaced_keys({"replaces": ["b", "a", "b", None]})
    (['a'], ['b', 'a'])
    >>> replaced_keys({}), replaced_keys({"replaces": {"a": 1}})
    ([], [])
    """
    said = record.get("replaces")
    keys = said if isinstance(said, list | tuple) else [said]
    texts = [as_text(key) for key in keys[:_MAX_KEYS] if not isinstance(key, list | tuple)]
    return list(dict.fromkeys(filter(None, texts)))


def settle(
    before: Mapping[str, Any], after: Mapping[str, Any], is_mine: Callable[[str], bool]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a correction puts in place of what was said before, and what it only tells.

    :param before: what was said, under names; what is missing was left open.
    :param after: what is said now; what is missing is cleared, as False.
    :param is_mine: whether what stands under a name still is what was said before.

    >>> said, now = {"phone": "1", "city": "Rome"}, {"phone": "2", "zip": "8020"}
    >>> settle(said, now, lambda name: name != "phone")
    ({'city': False, 'zip': '8020'}, {'phone': '2'})
    """
    taken, told = {}, {}
    for name in {**before, **after}:
        new = after.get(name) or False
        if new == (before.get(name) or False):
            continue
        (taken if is_mine(name) else told)[name] = new
    return taken, told


def meets_still(rule: str, before: Values, after: Values) -> bool:
    """Tell whether whom ``before`` met by ``rule`` is met by ``after``, too.

    >>> ann, anna = {"email": "ann@a.example"}, {"email": "anna@a.example"}
    >>> meets_still("email", ann, anna), meets_still("email", ann, dict(ann))
    (False, True)
    """
    if rule == "phone":
        return not set(phone_keys(before)).isdisjoint(phone_keys(after))
    key = {"email": email_key, "name_company": name_company_key}.get(rule)
    return bool(key and key(before) and key(before) == key(after))
