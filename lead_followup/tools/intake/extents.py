"""How large the grid of a sheet will be, told from its markup before a reader builds it.

The reader holds a sheet as one dense grid of some 32 bytes a cell, and takes the memory for it at
once. One cell far off, or one repeated two thousand million times, would end the server.
"""

import re

from .errors import TooLargeUnpacked, TooManyColumns, TooManyRows
from .shapes import Limits

_DENSE_CELLS = 40_000_000
_ROOM = 100  # rows for titles, headings and totals
# Attributes stand in any order, within either kind of quotes.
_CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*[\"']([A-Z]+)(\d+)[\"']")
_ODS_TAG = re.compile(
    rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>"
)
_ROWS = re.compile(rb"number-rows-repeated\s*=\s*[\"'](\d+)")
_COLUMNS = re.compile(rb"number-columns-repeated\s*=\s*[\"'](\d+)")
_SPACES = re.compile(rb"text:c\s*=\s*[\"'](\d+)")


def check_extent(xml: bytes, container: str, limits: Limits) -> None:
    """Return when the sheet stays within the limits.

    :param xml: the markup of one sheet (XLSX) or of all (ODS).
    :raises TooLarge: too many rows, columns or spaces.
    """
    if container == "ods":
        if sum(map(_number, _SPACES.findall(xml))) > limits.max_unpacked_bytes:
            raise TooLargeUnpacked(limit=limits.max_unpacked_bytes)
        if b"repeated" in xml:
            _check_repeats(xml, limits)
        return
    width = height = 0
    seen: set[bytes] = set()
    for letters, row in _CELL.findall(xml):
        if len(row) > 7:
            raise TooManyRows(limit=limits.max_rows)
        height = max(height, int(row))
        if letters not in seen:
            seen.add(letters)
            width = max(width, _column_number(letters))
    _check_grid(height, width, limits)


def _check_grid(height: int, width: int, limits: Limits) -> None:
    if width > limits.max_columns:
        raise TooManyColumns(size=width, limit=limits.max_columns)
    if height > limits.max_rows + _ROOM or height * width > _DENSE_CELLS:
        raise TooManyRows(limit=limits.max_rows)


def _check_repeats(xml: bytes, limits: Limits) -> None:
    """Add up the rows and columns up to the last with a value, each as often as it is repeated."""
    height = filled_height = widest = width = 0
    repeat, has_value = 1, False
    for closing, kind, attributes in _ODS_TAG.findall(xml):
        if kind == b"table":
            height = filled_height = widest = 0
        elif kind == b"table-row" and not closing:
            repeat, width, has_value = _repeat(_ROWS, attributes), 0, False
            if attributes.endswith(b"/"):
                height += repeat
        elif kind == b"table-row":
            height += repeat
            if has_value:
                filled_height = height
                _check_grid(filled_height, widest, limits)
        elif not closing:
            width += _repeat(_COLUMNS, attributes)
            if b"value-type" in attributes or b"formula" in attributes:
                has_value, widest = True, max(widest, width)


def _repeat(pattern: re.Pattern, attributes: bytes) -> int:
    found = pattern.search(attributes) if b"repeated" in attributes else None
    return _number(found[1]) if found else 1


def _number(digits: bytes) -> int:
    """Return a number as stated; one of very many digits is cut: it is too large anyhow."""
    return int(digits[:18])


def _column_number(name: bytes) -> int:
    number = 0
    for byte in name:
        number = number * 26 + byte - 64
    return number
