"""Where a text speaks of an e-mail address, and of no longer or shorter one."""

import re

_SPECIAL = re.compile(r"[^A-Za-z0-9_@]")


def address_pattern(address: str) -> str:
    r"""Return a regular expression for ``address`` as a whole, for PostgreSQL and Python alike.

    >>> pattern = address_pattern("ann@ample.example")
    >>> def has(text): return bool(re.search(pattern, text))
    >>> has("Ann <ann@ample.example>"), has("x;ann@ample.example.")
    (True, True)
    >>> has("joann@ample.example"), has("ann@ample.example.au"), has("ann@ampleXexample")
    (False, False, False)
    """
    escaped = _SPECIAL.sub(lambda found: "\\" + found.group(), address)
    return rf"(^|[^A-Za-z0-9._%+-]){escaped}($|[^A-Za-z0-9.-]|\.($|[^A-Za-z0-9-]))"
