"""Address books, ad forms and sheets of several hands: what a person would take from them."""

import datetime
import io

import lead_followup_tools.intake as intake
import openpyxl
from expectations import Result
from rewriting import as_text

US = intake.Options(default_country="US", tz="America/New_York")
OUTLOOK = """
    First Name|Middle Name|Last Name|Title|Suffix|E-mail Address|E-mail 2 Address|Home Phone
    Home Phone 2|Business Phone|Business Phone 2|Mobile Phone|Car Phone|Pager|Business Fax
    Company Main Phone|Job Title|Department|Company|Business Street|Business City|Business State
    Business Postal Code|Business Country/Region|Home Street|Home City|Home State|Home Postal Code
    Home Country/Region|Web Page|Birthday|Notes""".replace("\n", "|").split("|")
OUTLOOK = [heading.strip() for heading in OUTLOOK if heading.strip()]


def outlook(**cells: str) -> list[str]:
    return [cells.get(heading.replace(" ", "_").replace("-", ""), "") for heading in OUTLOOK]


def test_an_address_book_gives_the_numbers_and_places_it_has():
    ann = outlook(
        First_Name="Ann", Last_Name="Bell", Email_Address="ann@acme.example",
        Business_Phone="+1 202 555 0101", Mobile_Phone="+1 202 555 0102", Company="Acme Inc",
        Business_State="IL", Business_Street="1 Main St",
    )  # fmt: skip
    bo = outlook(First_Name="Bo", Last_Name="Day", Email_Address="bo@birch.example")
    ann[OUTLOOK.index("Business Country/Region")] = "United States of America"

    result = Result(as_text([OUTLOOK, ann, bo]).encode(), US)

    values = result.judged[1].values
    keys = ("phone", "mobile", "street", "state_code", "country_code")
    assert [values[key] for key in keys] == [
        "+12025550101", "+12025550102", "1 Main St", "IL", "US",
    ]  # fmt: skip
    assert not result.judged[1].flags


def test_a_column_without_a_cell_keeps_its_field_where_no_other_wants_it():
    rows = [["Ann Bell", "ann@a.example", ""], ["Bo Day", "bo@a.example", ""]]

    alone = Result(as_text([["Name", "E-mail", "Home Phone"], *rows]).encode(), US)

    assert alone.fields == ["name", "email", "phone"]


def test_the_address_at_work_goes_first_and_the_private_one_is_kept():
    rows = [
        ["Email Address", "Work Email", "LinkedIn Profile URL"],
        ["ann@home.example", "ann@acme.example", "https://social.example/in/ann"],
        ["bo@home.example", "", "https://social.example/in/bo"],
    ]

    result = Result(as_text(rows).encode(), US)

    assert result.fields == ["other_email", "email", None]
    assert [row.values["email"] for row in result.judged.values()] == [
        "ann@acme.example", "bo@home.example",
    ]  # fmt: skip
    assert result.judged[1].values["other_emails"] == ["ann@home.example"]


def test_a_sheet_with_two_heading_rows_merged_cells_and_a_sum():
    book = openpyxl.Workbook()
    sheet, day = book.active, datetime.datetime(2026, 3, 17)
    sheet.append(["Leads of booth 12"])
    sheet.append(["Contact", None, "Company", "Reach", None, "Scan", None, "Value (EUR)"])
    sheet.append(["First", "Last", None, "E-mail", "Phone", "Date", "Time", None])
    row = ["Ann", "Bell", "Acme GmbH", "ann@a.example", "030 23125108", day, datetime.time(9, 40)]
    sheet.append([*row, 12000])
    sheet.append(["Bo", "Day", None, "bo@a.example", None, day, datetime.time(14, 5), None])
    sheet.append([None, None, None, None, None, None, "Sum", "=SUM(H4:H5)"])
    for merged in ("A1:H1", "A2:B2", "D2:E2", "F2:G2", "C2:C3", "H2:H3", "C4:C5"):
        sheet.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)

    result = Result(out.getvalue(), intake.Options(default_country="DE", tz="Europe/Berlin"))

    assert result.table.headings[-1] == "Value (EUR)"
    assert result.fields == [
        "first_name", "last_name", "company", "email", "phone", "scanned_at", "scanned_time", None,
    ]  # fmt: skip
    assert [row.values["company"] for row in result.judged.values()] == ["Acme GmbH"] * 2
    assert result.judged[2].values["scanned_at"] == datetime.datetime(2026, 3, 17, 13, 5)
    assert result.table.footers == ["Sum =SUM(H4:H5)"]


def test_the_card_of_a_firm_is_nobody_called_like_it():
    cards = "BEGIN:VCARD\nVERSION:3.0\nN:{n}\nFN:{fn}\nORG:Birch Ltd;\nTEL:+442079460103\n"
    cards += "URL;type=pref:http\\://birch.example\nEND:VCARD\n"
    text = cards.format(n=";;;;", fn="Birch Ltd") + cards.format(n="Day;Bo;;;", fn="Bo Day")

    result = Result(text.encode(), US)

    assert [row.values["name"] for row in result.judged.values()] == [None, "Bo Day"]
    assert {row.values["website"] for row in result.judged.values()} == {"http://birch.example"}
