"""The same rows in another dress: encodings, delimiters, containers, orders, headings."""

import csv
import io
import random
import zipfile
from xml.sax.saxutils import escape

import openpyxl
import xlwt
from lead_followup_tools.intake.delimited import split_rows
from lead_followup_tools.intake.encodings import decode_text
from lead_followup_tools.intake.shapes import Limits


def records_of(content: bytes) -> list[list[str]]:
    """Return the records of a delimited file, headings first."""
    return split_rows(decode_text(content).text, Limits())[1]


def as_text(records: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(records)
    return out.getvalue()


def as_xlsx(records: list[list[str]], **sheets: list[list[str]]) -> bytes:
    """Return a workbook whose first sheet holds the records as text, never as formulas."""
    book = openpyxl.Workbook()
    _fill(book.active, records)
    for title, rows in sheets.items():
        _fill(book.create_sheet(title), rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet, records) -> None:
    for row_number, record in enumerate(records, 1):
        for column, text in enumerate(record, 1):
            if text:
                cell = sheet.cell(row_number, column)
                cell.value = text
                cell.data_type = "s"


def as_xls(records: list[list[str]]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Leads")
    for row_number, record in enumerate(records):
        for column, text in enumerate(record):
            if text:
                sheet.write(row_number, column, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_ods(records: list[list[str]], formula: str = "") -> bytes:
    """Return an OpenDocument sheet; ``formula`` replaces the last cell of the first data row."""
    rows = []
    for row_number, record in enumerate(records):
        cells = [_ods_cell(text) for text in record]
        if formula and row_number == 1:
            cells[-1] = (
                f'<table:table-cell table:formula="of:{escape(formula)}"'
                ' office:value-type="string"><text:p>cached</text:p></table:table-cell>'
            )
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    body = "".join(rows)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document-content{names} office:version="1.2">'
        "<office:body><office:spreadsheet>"
        f'<table:table table:name="Leads">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest "
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/"/></manifest:manifest>',
        )
    return out.getvalue()


def _ods_cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def as_html(records: list[list[str]], page: str = "<html><body>%s</body></html>") -> bytes:
    """Return a page with one table, as portals write it under the name of a workbook."""
    rows = (
        "".join(f"<td>{escape(text)}</td>" for text in record).replace("\n", "<br>")
        for record in records
    )
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    return (page % f"<table>{table}</table>").encode()


def as_xml(records: list[list[str]]) -> bytes:
    """Return a workbook in Excel's own XML, its cells all text."""
    rows = (
        "".join(
            f'<Cell ss:Index="{column}"><Data ss:Type="String">{escape(text)}</Data></Cell>'
            for column, text in enumerate(record, 1)
            if text
        )
        for record in records
    )
    body = "".join(f"<Row>{row}</Row>" for row in rows)
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{name}" xmlns:ss="{name}">'
        f'<Worksheet ss:Name="Leads"><Table>{body}</Table></Worksheet></Workbook>'
    ).encode()


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return an archive of {name: content}."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return what ``zipped`` was given."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def shuffled_rows(records: list[list[str]], seed: int) -> tuple[list[list[str]], list[int]]:
    """Return headings and shuffled rows, and the old number of each new row."""
    order = list(range(1, len(records)))
    random.Random(seed).shuffle(order)
    return [records[0], *(records[index] for index in order)], order


def shuffled_columns(records: list[list[str]], seed: int) -> tuple[list[list[str]], list[int]]:
    """Return the records with their columns in another order, and the old place of each."""
    width = max(map(len, records))
    order = list(range(width))
    random.Random(seed).shuffle(order)
    padded = [record + [""] * (width - len(record)) for record in records]
    return [[record[index] for index in order] for record in padded], order
