"""Which sheet of a workbook holds the leads."""

from typing import NamedTuple

from .errors import FileEmpty
from .heading_match import KEYWORD, heading_points
from .headings import Headings, find_headings
from .workbook import Sheet

_LEAD_HEADINGS = 3  # known headings that make another sheet worth a word to the user


class SheetChoice(NamedTuple):
    """The sheet to import, its headings, and the names of others that look like leads."""

    sheet: Sheet
    headings: Headings
    left: list[str]


def choose_sheet(sheets: list[Sheet], has_headings: bool | None) -> SheetChoice:
    """Return the sheet with the most known headings, then the most rows; visible ones first.

    :raises FileEmpty: no sheet holds anything.
    """
    filled = [sheet for sheet in sheets if any(any(row) for row in sheet.rows)]
    if not filled:
        raise FileEmpty()
    found = [(sheet, find_headings(sheet.rows, has_headings)) for sheet in filled]
    ranked = sorted(found, key=lambda pair: _rank(*pair), reverse=True)
    sheet, headings = ranked[0]
    left = [
        other.name
        for other, its in ranked[1:]
        if _known(its) >= _LEAD_HEADINGS and len(other.rows) > (its.row or 0) + 1
    ]
    return SheetChoice(sheet, headings, left)


def _known(headings: Headings) -> int:
    """Count the headings that name a field of a lead."""
    points = (heading_points(text) for text in headings.texts if text)
    return sum(
        1
        for fields in points
        if any(
            field not in ("ignored", "kept") and value >= KEYWORD for field, value in fields.items()
        )
    )


def _rank(sheet: Sheet, headings: Headings) -> tuple:
    known = _known(headings)
    rows = len(sheet.rows) - (headings.row or 0)
    has_rows = rows > 1 or headings.row is None
    return has_rows and known >= 2, sheet.visible, min(known, 6), rows, known
