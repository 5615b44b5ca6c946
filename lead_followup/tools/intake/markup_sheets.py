"""Sheets written as markup under the name of a workbook: tables of HTML, and Excel's own XML.

Many portals write “.xls” files that are one of these; a spreadsheet program opens both.
"""

from datetime import datetime

from lxml import etree, html

from .errors import CellTooLong, FormatMismatch, TooManyColumns, TooManyRows, WebPage
from .shapes import Limits
from .workbook import Sheet, cell_text

_BREAK = "\u2028"  # Unicode's own sign for the end of a line; in markup "\n" is a blank
_NS = "{urn:schemas-microsoft-com:office:spreadsheet}"


def read_html_tables(text: str, file_name: str, limits: Limits) -> list[Sheet]:
    """Return the tables of a page that hold no other table, each as a sheet.

    :raises WebPage: a page to sign in, or one without a table of two columns.
    :raises FileRefused: beyond the limits.

    >>> [sheet] = read_html_tables(
    ...     "<table><tr><th>Name<th>Age<tr><td>Ann<br>Bell<td>4</table>", "x.xls", Limits())
    >>> sheet.rows
    [['Name', 'Age'], ['Ann\\nBell', '4']]
    """
    try:
        page = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError) as error:
        raise WebPage(file_name=file_name) from error
    if page.xpath("//input[@type='password' or @type='PASSWORD']"):
        raise WebPage(file_name=file_name)
    tables = page.xpath("//table[not(.//table)][not(.//input[not(@type='hidden')])]")
    sheets = [
        Sheet(f"Table {number}", True, _html_rows(table, limits), frozenset())
        for number, table in enumerate(tables, 1)
    ]
    sheets = [sheet for sheet in sheets if any(_filled(row) > 1 for row in sheet.rows)]
    if not sheets:
        raise WebPage(file_name=file_name)
    return sheets


def _html_rows(table, limits: Limits) -> list[list[str]]:
    grid = _Grid(limits)
    for row in table.iter("tr"):
        grid.next_row()
        for cell in row.iterchildren("td", "th"):
            for line_break in cell.iter("br"):
                line_break.tail = _BREAK + (line_break.tail or "")
            grid.put(
                _lines(cell.text_content()),
                across=_number(cell.get("colspan")),
                down=_number(cell.get("rowspan")),
            )
    return grid.rows


def read_xml_sheets(content: bytes, file_name: str, limits: Limits) -> list[Sheet]:
    """Return the worksheets of a workbook in the XML that Excel wrote from 2002 on.

    :raises FormatMismatch: broken, or another kind of XML.
    :raises FileRefused: beyond the limits.
    """
    # no entity is followed, neither to a file nor to the network
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        book = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        raise FormatMismatch(file_name=file_name, found="a broken XML document") from error
    if book.tag != f"{_NS}Workbook":
        raise FormatMismatch(file_name=file_name, found="an XML document")
    return [_xml_sheet(sheet, limits) for sheet in book.iterchildren(f"{_NS}Worksheet")]


def _xml_sheet(sheet, limits: Limits) -> Sheet:
    grid = _Grid(limits)
    for row in sheet.iterfind(f"{_NS}Table/{_NS}Row"):
        grid.next_row(at=_number(row.get(f"{_NS}Index"), 0))
        for cell in row.iterchildren(f"{_NS}Cell"):
            formula = cell.get(f"{_NS}Formula")
            grid.put(
                formula if formula is not None else _xml_text(cell),
                at=_number(cell.get(f"{_NS}Index"), 0),
                across=_number(cell.get(f"{_NS}MergeAcross"), 0) + 1,
                down=_number(cell.get(f"{_NS}MergeDown"), 0) + 1,
                is_formula=formula is not None,
            )
    visible = sheet.findtext("{*}WorksheetOptions/{*}Visible", "") == ""
    return Sheet(sheet.get(f"{_NS}Name") or "", visible, grid.rows, frozenset(grid.formulas))


def _xml_text(cell) -> str:
    data = cell.find(f"{_NS}Data")
    if data is None:
        return ""
    text, kind = "".join(data.itertext()), data.get(f"{_NS}Type")
    try:
        if kind == "Number":
            return cell_text(float(text))
        if kind == "DateTime":
            return cell_text(datetime.fromisoformat(text[:23]))
    except (ValueError, OverflowError):
        return text
    return cell_text(text == "1") if kind == "Boolean" else text


class _Grid:
    """Cells put in row by row; one that spans rows stands again in each of them."""

    def __init__(self, limits: Limits):
        self.rows: list[list[str]] = []
        self.formulas: set[tuple[int, int]] = set()
        self._limits = limits
        self._hanging: dict[int, tuple[int, str]] = {}  # {column: (rows left, text)}

    def next_row(self, at=0):
        """Begin a row; ``at`` is its number from 1 where rows were left out, else 0."""
        while True:
            self._settle()
            if len(self.rows) >= self._limits.max_rows + 100:  # room for titles, totals
                raise TooManyRows(limit=self._limits.max_rows)
            self.rows.append([])
            if len(self.rows) >= at:
                return

    def _settle(self):
        """Write what hangs down from above at the end of the row that is left."""
        if self.rows:
            self._write_hanging(len(self.rows[-1]), last=max(self._hanging, default=-1))

    def _write_hanging(self, column, last):
        row = self.rows[-1]
        while column in self._hanging or column <= last:
            left, text = self._hanging.pop(column, (0, ""))
            if left > 1:
                self._hanging[column] = (left - 1, text)
            row.append(text)
            column += 1

    def put(self, text, at=0, across=1, down=1, is_formula=False):
        """Add a cell to the row; ``at`` is its column from 1 where some were left out."""
        row = self.rows[-1]
        self._check(text, max(at, len(row) + across))
        self._write_hanging(len(row), last=at - 2)
        column = len(row)
        if is_formula:
            self.formulas.add((len(self.rows) - 1, column))
        row += [text] + [""] * (across - 1)
        if down > 1:
            # what hangs already began above; this row is the first of ours
            self._hanging[column] = (down - 1, text)

    def _check(self, text, width):
        limits = self._limits
        if width > limits.max_columns:
            raise TooManyColumns(size=width, limit=limits.max_columns)
        if len(text) > limits.max_cell_chars:
            raise CellTooLong(
                row=len(self.rows), column=width, size=len(text), limit=limits.max_cell_chars
            )


def _filled(row: list[str]) -> int:
    return sum(1 for text in row if text.strip())


def _lines(text: str) -> str:
    """Return a cell's text, its lines without the blanks that markup is laid out with."""
    return "\n".join(" ".join(line.split()) for line in text.split(_BREAK)).strip()


def _number(text: str | None, default=1) -> int:
    return int(text[:9]) if text and text.strip().isdecimal() else default
