"""Text that no spreadsheet runs as a formula, and back again.

A CSV file has no type for text: a cell that begins with one of ``= + - @``, a tab or a line end
is run when somebody opens it. An apostrophe before it is read as “this is text”. Phone numbers in
E.164 begin with a plus, so what is written must come back as it was.
"""

import re

_DANGEROUS = re.compile(r"'*\s*[=+\-@\t\r\n]")
_QUOTED = re.compile(r"'+\s*[=+\-@\t\r\n]")


def quoted(text: str) -> str:
    """Return ``text`` for a CSV cell: as it is, or behind an apostrophe where it could be run.

    >>> quoted("=1+1"), quoted("+49 30 2312"), quoted("Ann"), quoted("O'Neill")
    ("'=1+1", "'+49 30 2312", 'Ann', "O'Neill")
    """
    return f"'{text}" if _DANGEROUS.match(text) else text


def quoted_if_quoted(text: str) -> str:
    """Return ``text`` for a cell that has a type: only what ``unquoted`` would shorten changes.

    >>> quoted_if_quoted("=1+1"), quoted_if_quoted("'=1+1")
    ('=1+1', "''=1+1")
    """
    return f"'{text}" if _QUOTED.match(text) else text


def unquoted(text: str) -> str:
    """Return what ``quoted`` was given.

    >>> unquoted(quoted("+49 30 2312")), unquoted("'tis so"), unquoted(quoted("'=1"))
    ('+49 30 2312', "'tis so", "'=1")
    """
    return text[1:] if _QUOTED.match(text) else text
