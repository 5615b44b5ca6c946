"""Words taken out of texts that stay."""

import re
from collections.abc import Iterable
from typing import Any

BLANK = "…"


def name_pattern(name: str) -> str:
    """Return a regular expression for ``name`` as whole words, as of ``address_pattern``.

    >>> [bool(re.search(name_pattern("Ann"), text)) for text in ("by Ann.", "Anna")]
    [True, False]
    """
    return rf"(^|\W){re.escape(name)}($|\W)"


def blank(value: Any, patterns: Iterable[str]) -> Any:
    """Return ``value``, as JSON holds it, with what ``patterns`` meet in its texts taken out.

    :param patterns: whose first two groups are what stands before and after the words.

    >>> blank({"note": ["by Ann, Ann", 3, None]}, [name_pattern("Ann")])
    {'note': ['by …, …', 3, None]}
    >>> blank("by …", [name_pattern("…")])
    'by …'
    """
    if isinstance(value, dict):
        return {key: blank(one, patterns) for key, one in value.items()}
    if isinstance(value, list):
        return [blank(one, patterns) for one in value]
    if not isinstance(value, str):
        return value
    text = str(value)
    for pattern in patterns:
        before = None
        while text != before:  # what stands between two of them belongs to one match alone
            before = text
            text = re.sub(
                pattern, lambda met: f"{met[1]}{BLANK}{met[2]}", text, flags=re.IGNORECASE
            )
    return text
