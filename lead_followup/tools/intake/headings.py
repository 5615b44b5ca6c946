"""Where the headings are: below titles, in two rows, or nowhere."""

import re
from typing import NamedTuple

from .heading_match import EXACT, KEYWORD, heading_points

_SEARCH_ROWS = 40
_DATA_CELL = re.compile(
    r"@|^\+?[\d\s().\-/:,]{5,}$|^https?://|^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|^[\d.,]+$"
)


class Headings(NamedTuple):
    """Row index from 0 of the (lower) heading row, None without one; and its texts."""

    row: int | None
    texts: list[str]


def find_headings(rows: list[list[str]], has_headings: bool | None = None) -> Headings:
    """Return where the headings are; what the user says (``has_headings``) goes first.

    >>> find_headings([["Lead list"], [], ["Name", "E-mail"], ["Ann", "a@b.example"]])
    Headings(row=2, texts=['Name', 'E-mail'])
    >>> find_headings([["Ann Bell", "a@b.example"], ["Bo Day", "b@c.example"]])
    Headings(row=None, texts=['', ''])
    """
    filled = [index for index, row in enumerate(rows[:_SEARCH_ROWS]) if any(map(_text, row))]
    if not filled or has_headings is False:
        return _no_headings(rows)
    known = {index: _known_share(rows[index]) for index in filled}
    best = max(filled, key=lambda index: (known[index], -index))
    if not known[best]:
        best = _unknown_headings(rows, filled)
        if best is None and has_headings:
            best = filled[0]
    if best is None:
        return _no_headings(rows)
    return _two_rows(rows, best) or Headings(best, [_text(cell) for cell in rows[best]])


def _no_headings(rows: list[list[str]]) -> Headings:
    return Headings(None, [""] * max(map(len, rows), default=0))


def _text(cell: str) -> str:
    return " ".join(cell.split())


def is_data_cell(cell: str) -> bool:
    """Tell a value (address, number, date) from a word that might be a heading."""
    return bool(_DATA_CELL.search(cell.strip())) or len(cell) > 200


def _known_share(row: list[str]) -> float:
    """Return how much of a heading row this is: number of known headings, 0 for a data row."""
    cells = [_text(cell) for cell in row if _text(cell)]
    if any(is_data_cell(cell) for cell in cells):
        return 0.0
    known = sum(1 for cell in cells if max(heading_points(cell).values(), default=0) >= KEYWORD)
    distinct = len({cell.casefold() for cell in cells})
    if known == 0 or known * 3 < len(cells) or (known == 1 and len(cells) > 2):
        return 0.0
    return known + distinct / 1000


def _unknown_headings(rows: list[list[str]], filled: list[int]) -> int | None:
    """Find a heading row in a language we do not know: words only, above rows with values."""
    width = max(len([cell for cell in rows[index] if _text(cell)]) for index in filled)
    for index in filled:
        cells = [_text(cell) for cell in rows[index] if _text(cell)]
        if len(cells) * 2 <= width or any(is_data_cell(cell) for cell in cells):
            continue
        below = [row for row in rows[index + 1 : index + 20] if any(map(_text, row))]
        with_values = sum(1 for row in below if any(is_data_cell(cell) for cell in row))
        unique = len({cell.casefold() for cell in cells}) == len(cells)
        return index if unique and below and with_values * 2 > len(below) else None
    return None


def _two_rows(rows: list[list[str]], best: int) -> Headings | None:
    """Join two heading rows: groups above ("Address"), parts below ("City", "ZIP")."""
    if _is_heading_half(rows, best + 1) and _fills_gaps(rows[best], rows[best + 1]):
        return Headings(best + 1, _joined(rows[best], rows[best + 1]))
    if best and _is_group_row(rows[best - 1]) and _is_heading_half(rows, best - 1):
        return Headings(best, _joined(rows[best - 1], rows[best]))
    return None


def _is_heading_half(rows: list[list[str]], index: int) -> bool:
    if index >= len(rows):
        return False
    cells = [_text(cell) for cell in rows[index] if _text(cell)]
    if len(cells) < 2 or any(is_data_cell(cell) for cell in cells):
        return False
    return sum(1 for cell in cells if heading_points(cell)) * 2 >= len(cells)


def _fills_gaps(upper: list[str], lower: list[str]) -> bool:
    """Tell whether the lower row names columns that the upper leaves blank."""
    return any(
        _text(cell) and not (column < len(upper) and _text(upper[column]))
        for column, cell in enumerate(lower)
    )


def _is_group_row(row: list[str]) -> bool:
    """Tell a row of group names from a title: several cells, with gaps between them."""
    columns = [column for column, cell in enumerate(row) if _text(cell)]
    return len(columns) >= 2 and columns[-1] - columns[0] >= len(columns)


def _joined(upper: list[str], lower: list[str]) -> list[str]:
    """Return one heading a column: the part, led by its group where the part needs it."""
    texts, group = [], ""
    for column in range(max(len(upper), len(lower))):
        above = _text(upper[column]) if column < len(upper) else ""
        below = _text(lower[column]) if column < len(lower) else ""
        group = above or group
        if not below:
            texts.append(above)
            group = ""
        else:
            texts.append(_part_heading(group, below))
    return texts


def _part_heading(group: str, part: str) -> str:
    """Return "City" of ("Address", "City"), yet "Contact Name" of ("Contact", "Name")."""
    if group == part:  # a cell merged over both rows
        return part
    both = f"{group} {part}".strip()
    if max(heading_points(both).values(), default=0) == EXACT:
        return both
    return part if heading_points(part) else both
