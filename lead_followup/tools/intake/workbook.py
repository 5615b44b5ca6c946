"""Sheets of XLSX, XLSB, XLS and ODS files as rows of text."""

import datetime
import io
from typing import NamedTuple

import python_calamine

from .errors import ArchiveBroken, ArchiveLocked, CellTooLong, TooManyColumns, TooManyRows
from .extents import check_extent
from .formulas import SheetPart, formulas_in, sheet_parts
from .shapes import Limits


class Sheet(NamedTuple):
    """One sheet from its first row and column on; every cell is text."""

    name: str
    visible: bool
    rows: list[list[str]]
    formula_cells: frozenset[tuple[int, int]]  # (row, column) from 0


def read_sheets(content: bytes, container: str, limits: Limits) -> list[Sheet]:
    """Return the sheets in the order of the workbook, formulas as their text.

    :raises FileRefused: locked, broken, or beyond the limits.
    """
    parts = sheet_parts(content, container)
    for part in parts.values():
        check_extent(part.xml, container, limits)
    try:
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            return [
                _read_sheet(book, meta, parts.get(meta.name), container, limits)
                for meta in book.sheets_metadata
                if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
            ]
    except python_calamine.PasswordError as error:
        raise ArchiveLocked() from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise ArchiveBroken() from error
    except (
        BaseException
    ) as error:  # a panic of the reader is no Exception, and has no class to name
        if type(error).__name__ != "PanicException":
            raise
        raise ArchiveBroken() from error


def _read_sheet(book, meta, part: SheetPart | None, container: str, limits: Limits) -> Sheet:
    sheet = book.get_sheet_by_name(meta.name)
    if sheet.total_height > limits.max_rows + 100:  # room for titles, headings, totals
        raise TooManyRows(limit=limits.max_rows)
    if sheet.total_width > limits.max_columns:
        raise TooManyColumns(size=sheet.total_width, limit=limits.max_columns)
    rows = [
        [cell if type(cell) is str else cell_text(cell) for cell in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    for row_number, row in enumerate(rows, 1):
        if row and len(max(row, key=len)) > limits.max_cell_chars:
            _refuse_long_cell(row_number, row, limits)
    formula_cells = _put_formulas(rows, formulas_in(part, container)) if part else frozenset()
    _fill_merged_down(rows, _merged_ranges(sheet))
    visible = meta.visible == python_calamine.SheetVisibleEnum.Visible
    return Sheet(meta.name, visible, rows, formula_cells)


def _refuse_long_cell(row_number: int, row: list[str], limits: Limits) -> None:
    column = max(range(len(row)), key=lambda index: len(row[index]))
    raise CellTooLong(
        row=row_number, column=column + 1, size=len(row[column]), limit=limits.max_cell_chars
    )


def cell_text(value) -> str:
    """Return the text of a spreadsheet value: whole numbers without a point, times as ISO.

    >>> cell_text(493023125101.0), cell_text(46099.4875), cell_text(True), cell_text(None)
    ('493023125101', '46099.4875', 'TRUE', '')
    >>> cell_text(datetime.datetime(2026, 3, 17, 11, 59, 59, 999_999))
    '2026-03-17 12:00:00'
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10f}".rstrip("0")
    if isinstance(value, datetime.datetime):
        half_up = value + datetime.timedelta(microseconds=500_000)
        return half_up.replace(microsecond=0).isoformat(sep=" ")
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, datetime.time):
        return value.isoformat(timespec="seconds")
    return str(value)


def _put_formulas(rows: list[list[str]], formulas: dict) -> frozenset:
    """Write each formula's text over the value it had when the file was saved."""
    placed = set()
    for (row, column), text in formulas.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
            placed.add((row, column))
    return frozenset(placed)


def _merged_ranges(sheet) -> list:
    return sheet.merged_cell_ranges or []


def _fill_merged_down(rows: list[list[str]], ranges) -> None:
    """Repeat the value of a cell merged over several rows in each of them.

    Only downwards: a title merged across columns stays one title.
    """
    for (top, left), (bottom, _right) in ranges:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top + 1 : bottom + 1]:
            if not row[left]:
                row[left] = rows[top][left]
