"""Tables of HTML and Excel's own XML under the name of a workbook; pages that are no export."""

import lead_followup_tools.intake as intake
import pytest
from rewriting import as_html, as_xml

ROWS = [["Name", "Company", "E-mail"], ["Ann Bell", "Acme", "ann@acme.example"]]
SMALL = intake.Limits(max_rows=10, max_columns=20, max_cell_chars=500)
_XML = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{0}" '
    'xmlns:ss="{0}" xmlns:x="urn:schemas-microsoft-com:office:excel">%s</Workbook>'
).format("urn:schemas-microsoft-com:office:spreadsheet")
_SHEET = '<Worksheet ss:Name="%s"><Table>%s</Table>%s</Worksheet>'


def cells(content, **limits):
    table = intake.read_table(content, "leads.xls", **limits)
    return [table.headings, *(row.cells for row in table.rows)]


def xml_row(*texts, at=""):
    """Return a row of text cells, with an attribute of its own."""
    return f"<Row {at}>{''.join(map(xml_cell, texts))}</Row>"


def xml_cell(text, kind="String", more=""):
    return f'<Cell {more}><Data ss:Type="{kind}">{text}</Data></Cell>'


def refusal_of(content, limits=SMALL):
    with pytest.raises(intake.FileRefused) as caught:
        intake.read_table(content, "leads.xls", limits=limits)
    return caught.value


@pytest.mark.parametrize("write", [as_html, as_xml])
def test_a_table_in_markup_is_read(write):
    assert cells(write(ROWS)) == ROWS


@pytest.mark.parametrize(
    "start", ["", "\n  ", "\ufeff", "<!DOCTYPE html>\n", '<?xml version="1.0"?>\n<!DOCTYPE html>']
)
def test_a_page_may_begin_in_many_ways(start):
    assert cells(start.encode() + as_html(ROWS)) == ROWS


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_page_in_another_encoding(encoding):
    rows = [ROWS[0], ["Zoë Bjørk", "Łódź", "zoe@acme.example"]]

    assert cells(as_html(rows).decode().encode(encoding)) == rows


def test_the_table_of_leads_is_chosen_among_those_that_lay_out_the_page():
    menu = "<table><tr><td>Home</td><td>Reports</td></tr></table>"
    page = f"<html><table><tr><td>{menu}</td></tr><tr><td>%s</td></tr></table></html>"

    assert cells(as_html(ROWS, page)) == ROWS


def test_cells_that_span_and_marks_in_them():
    page = (
        "<table><tr><td colspan=3>Visitors</td></tr><tr><th>Name<th>Company<th>E-mail</tr>"
        "<tr><td>Ann&nbsp;<b>Bell</b><td rowspan=2>Acme &amp; Co<td>ann@acme.example</tr>"
        "<tr><td>Bo<br>Kim<td>bo@acme.example</tr></table>"
    )

    assert cells(page.encode())[1:] == [
        ["Ann Bell", "Acme & Co", "ann@acme.example"],
        ["Bo\nKim", "Acme & Co", "bo@acme.example"],
    ]


@pytest.mark.parametrize(
    "inside",
    [
        "<input type='password'>",
        "<input type='PASSWORD'>",
    ],
)
def test_a_page_to_sign_in_is_none_though_it_holds_a_table(inside):
    refusal = refusal_of(as_html(ROWS, f"<html><form>{inside}</form>%s</html>"))

    assert refusal.code == "web_page"
    assert "leads.xls" in str(refusal)


def test_a_page_with_a_search_box_is_no_page_to_sign_in():
    assert cells(as_html(ROWS, "<html><input type='search'>%s</html>")) == ROWS


@pytest.mark.parametrize(
    "table",
    [
        "<table></table>",
        "<table><tr><td>Please wait</td></tr><tr><td>The report is being made</td></tr></table>",
        "<table><tr><td>E-mail</td><td><input name=email></td></tr></table>",
    ],
)
def test_tables_that_are_no_lists_make_no_export(table):
    assert refusal_of(f"<html><body>{table}</body></html>".encode()).code == "web_page"


def test_excels_xml_says_what_kinds_its_cells_are():
    row = xml_cell("Ann Bell") + xml_cell("4155550101", "Number", 'ss:Index="3"')
    row += xml_cell("2026-03-17T09:40:00.000", "DateTime") + xml_cell("1", "Boolean")
    heads = xml_row("Name", "Company", "Phone", "Scanned at", "Consent")
    sheet = _SHEET % ("Leads", f"{heads}<Row>{row}</Row>", "")

    assert cells((_XML % sheet).encode())[1:] == [
        ["Ann Bell", "", "4155550101", "2026-03-17 09:40:00", "TRUE"]
    ]


def test_excels_xml_leaves_rows_out_and_merges_cells():
    rows = xml_row(*ROWS[0])
    merged = xml_cell("Acme", more='ss:MergeDown="1"')
    rows += f"<Row>{xml_cell('Ann')}{merged}</Row>"
    rows += xml_row("Bo")
    rows += xml_row("Cy", at='ss:Index="6"')
    table = intake.read_table((_XML % (_SHEET % ("Leads", rows, ""))).encode())

    assert [(row.number, row.cells[:2]) for row in table.rows] == [
        (1, ["Ann", "Acme"]), (2, ["Bo", "Acme"]), (5, ["Cy"]),
    ]  # fmt: skip


def test_a_hidden_sheet_is_not_chosen():
    hidden = '<x:WorksheetOptions xmlns:x="urn:x"><x:Visible>SheetHidden</x:Visible>'
    hidden += "</x:WorksheetOptions>"
    old = _SHEET % ("Old", xml_row(*ROWS[0]) + xml_row("Old", "Old", "old@acme.example"), hidden)
    new = _SHEET % ("New", "".join(xml_row(*row) for row in ROWS), "")

    assert cells((_XML % (old + new)).encode()) == ROWS


def test_a_formula_is_kept_as_text_and_flagged():
    link = 'ss:Formula="=HYPERLINK(&quot;http://x.example&quot;)"'
    rows = xml_row(*ROWS[0]) + f"<Row>{xml_cell('Ann', more=link)}{xml_cell('Acme')}</Row>"
    [row] = intake.read_table((_XML % (_SHEET % ("Leads", rows, ""))).encode()).rows

    assert row.cells[0] == '=HYPERLINK("http://x.example")'
    assert row.faults == ("formula_cell",)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (as_html([ROWS[0], *ROWS[1:] * 200]), "too_many_rows"),
        (as_html([["Name"] * 21, ["x"] * 21]), "too_many_columns"),
        (b"<table><tr><td>Name<td colspan=999999999>x</tr></table>", "too_many_columns"),
        (as_html([ROWS[0], ["x" * 501, "Acme", "a@b.example"]]), "cell_too_long"),
        (as_xml([ROWS[0], *ROWS[1:] * 200]), "too_many_rows"),
        ((_XML % (_SHEET % ("A", xml_row("x", at='ss:Index="99999999"'), ""))).encode(),
         "too_many_rows"),
        ((_XML % "<Worksheet>").encode(), "format_mismatch"),
        (b'<?xml version="1.0"?><x a="urn:schemas-microsoft-com:office:spreadsheet"/>',
         "format_mismatch"),
        ((_XML % "").encode(), "empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)  # fmt: skip
def test_beyond_the_limits_or_broken(content, code):
    assert refusal_of(content).code == code


def test_an_entity_is_not_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret words")
    doctype = f'<!DOCTYPE Workbook [<!ENTITY leak SYSTEM "file://{secret}">]>'
    book = _XML % (_SHEET % ("A", xml_row("Name", "Company") + xml_row("&leak;Ann", "Acme"), ""))

    read = cells(book.replace("<Workbook", f"{doctype}<Workbook", 1).encode())

    assert "secret" not in str(read)
