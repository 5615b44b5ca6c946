"""From the bytes of a file to a table of text: container, encoding, headings, rows."""

from .cards import read_cards
from .containers import sniff_container
from .delimited import check_text, split_rows
from .encodings import decode_text
from .errors import FileEmpty, HeadingsOnly, TooManyColumns, TooManyRows
from .footers import is_footer, trailing_footers
from .headings import Headings, find_headings
from .markup_sheets import read_html_tables, read_xml_sheets
from .shapes import Limits, SourceRow, Table
from .sheets import choose_sheet
from .workbook import read_sheets

_RAGGED_SHARE = 0.3  # more short rows than this: the exporter cuts blank ends, no row is faulty
_WIDER_SHARE = 0.2  # more rows than this beyond the headings: columns without a heading
_FIRST_ROWS = 100  # those in which headings may stand, and some more
_STRAY_SHARE = 0.05  # fewer rows than this in a column without heading: cells gone astray


def read_table(
    content: bytes,
    file_name: str = "",
    *,
    has_headings: bool | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen, so sharing one is safe
) -> Table:
    """Return the headings and data rows of a file, told by its contents, not by its name.

    :param has_headings: True or False where the user said so; None: find out.
    :raises FileRefused: empty, headings only, locked, broken, too large, or another kind of
        file; the message says what to do.
    """
    container = sniff_container(content, file_name, limits)
    if container == "xml":
        sheets = read_xml_sheets(content, file_name, limits)
        return _read_workbook(sheets, container, has_headings, limits)
    if container in ("text", "vcard", "html"):
        decoded = decode_text(content)
        check_text(decoded.text, file_name)
        if container == "html":
            sheets = read_html_tables(decoded.text, file_name, limits)
            table = _read_workbook(sheets, container, has_headings, limits)
        elif container == "vcard":
            table = read_cards(decoded.text)
            if len(table.rows) > limits.max_rows:
                raise TooManyRows(limit=limits.max_rows)
        else:
            table = _read_text(decoded.text, has_headings, limits)
        table.encoding, table.bom = decoded.encoding, decoded.bom
        return table
    sheets = read_sheets(content, container, limits)
    return _read_workbook(sheets, container, has_headings, limits)


def _read_text(text: str, has_headings: bool | None, limits: Limits) -> Table:
    delimiter, records = split_rows(text, limits)
    table = Table(container="text", delimiter=delimiter)
    _check_width(records, limits)
    headings = find_headings(records, has_headings)
    body = records if headings.row is None else records[headings.row + 1 :]
    width = _text_width(headings, body)
    texts = (headings.texts + [""] * width)[:width]
    last_named = max((index + 1 for index, text in enumerate(texts) if text), default=0)
    faults_by_index = _ragged_faults(body, width, last_named)
    return _fill_table(table, headings._replace(texts=texts), body, faults_by_index, limits)


def _check_width(records: list[list[str]], limits: Limits) -> None:
    """Refuse a file whose first rows are too wide, before headings are looked for in them."""
    for record in records[:_FIRST_ROWS]:
        if len(record) > limits.max_columns:
            del record[max(limits.max_columns, _filled_width(record)) :]
        if len(record) > limits.max_columns:
            raise TooManyColumns(size=len(record), limit=limits.max_columns)


def _text_width(headings: Headings, body: list[list[str]]) -> int:
    """Return the number of columns: as many as headings, unless most rows have more."""
    width = len(headings.texts)
    beyond = sorted(_filled_width(row) for row in body if _filled_width(row) > width)
    if len(beyond) > max(1, _WIDER_SHARE * len(body)):
        return beyond[len(beyond) // 2]
    return width


def _filled_width(row: list[str]) -> int:
    """Return the number of cells up to the last one with text."""
    for index in range(len(row) - 1, -1, -1):
        if row[index].strip():
            return index + 1
    return 0


def _ragged_faults(body, width: int, last_named: int) -> dict[int, tuple[str, ...]]:
    filled = [index for index, row in enumerate(body) if _filled_width(row)]
    short = [index for index in filled if len(body[index]) < last_named]
    long = [index for index in filled if _filled_width(body[index]) > width]
    if len(short) > max(1, _RAGGED_SHARE * len(filled)):
        short = []
    return {index: ("short_row",) for index in short} | {index: ("long_row",) for index in long}


def _read_workbook(sheets, container, has_headings, limits: Limits) -> Table:
    choice = choose_sheet(sheets, has_headings)
    sheet, headings = choice.sheet, choice.headings
    table = Table(container=container, sheet=sheet.name, sheets_left=choice.left)
    start = 0 if headings.row is None else headings.row + 1
    body = sheet.rows[start:]
    width = _sheet_width(headings, body)
    faults_by_index = {
        index: ("long_row",) for index, row in enumerate(body) if _filled_width(row) > width
    }
    for row, _column in sorted(sheet.formula_cells):
        if row >= start:
            faults = faults_by_index.get(row - start, ())
            if "formula_cell" not in faults:
                faults_by_index[row - start] = (*faults, "formula_cell")
    texts = (headings.texts + [""] * width)[:width]
    return _fill_table(table, headings._replace(texts=texts), body, faults_by_index, limits)


def _sheet_width(headings: Headings, body: list[list[str]]) -> int:
    """Return the number of columns up to the last that has a heading or more than strays."""
    if headings.row is None:
        return len(headings.texts)
    named = max((index + 1 for index, text in enumerate(headings.texts) if text), default=0)
    counts: dict[int, int] = {}
    rows = 0
    for row in body:
        filled = _filled_width(row)
        rows += bool(filled)
        for index in range(named, filled):
            if row[index].strip():
                counts[index] = counts.get(index, 0) + 1
    usual = [index + 1 for index, count in counts.items() if count > max(1, _STRAY_SHARE * rows)]
    return max(usual, default=named)


def _fill_table(
    table: Table,
    headings: Headings,
    body: list[list[str]],
    faults_by_index: dict[int, tuple[str, ...]],
    limits: Limits,
) -> Table:
    """Number the rows, set blank and footer rows aside, and refuse what holds nothing."""
    table.headings = headings.texts
    table.heading_row = None if headings.row is None else headings.row + 1
    table.first_data_row = (headings.row or 0) + 2 if headings.row is not None else 1
    if len(table.headings) > limits.max_columns:
        raise TooManyColumns(size=len(table.headings), limit=limits.max_columns)
    end = trailing_footers(body)
    last = max((index for index in range(end) if _filled_width(body[index])), default=-1)
    for index, row in enumerate(body):
        if not _filled_width(row):
            table.blank_rows += index < last
        elif index >= end or is_footer(row):
            table.footers.append(" ".join(cell.strip() for cell in row if cell.strip()))
        else:
            table.rows.append(SourceRow(index + 1, row, faults_by_index.get(index, ())))
    table.footer_rows = len(table.footers)
    if not table.rows:
        raise HeadingsOnly() if any(table.headings) else FileEmpty()
    if len(table.rows) > limits.max_rows:
        raise TooManyRows(limit=limits.max_rows)
    return table
