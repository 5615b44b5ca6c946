"""A day and its time of day, in two columns or in one."""

import datetime
import io

import lead_followup_tools.intake as intake
import openpyxl
import pytest
from rewriting import as_text

BERLIN = intake.Options(default_country="DE", tz="Europe/Berlin", date_order="DMY")
# 09:40 and 14:05 in Berlin on 17 March, before summer time: one hour ahead of UTC
MOMENTS = [datetime.datetime(2026, 3, 17, 8, 40), datetime.datetime(2026, 3, 17, 13, 5), None]


def moments(content: bytes, name="a.csv"):
    table = intake.read_table(content, name)
    fields = intake.suggest_fields(table)
    rows = [intake.judge_row(row, fields, table.headings, BERLIN) for row in table.rows]
    return fields, [row.values["scanned_at"] for row in rows]


def two_columns(first: str, second: str, *cells: tuple[str, str]) -> bytes:
    rows = [[f"P{n} Bell", f"p{n}@a.example", *pair] for n, pair in enumerate(cells)]
    return as_text([["Name", "E-mail", first, second], *rows]).encode()


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        ("Scan Date", "Scan Time"), ("Date", "Time"), ("Capture date", "Capture time"),
        ("Datum", "Uhrzeit"), ("Scandatum", "Scanzeit"), ("Erfassungsdatum", "Erfassungszeit"),
        ("Date de scan", "Heure de scan"), ("Fecha", "Hora"), ("Data visita", "Ora visita"),
        ("Tarih", "Saat"), ("Kayıt tarihi", "Kayıt zamanı"), ("تاریخ", "ساعت"),
        ("تاریخ اسکن", "زمان اسکن"), ("تاريخ المسح", "وقت المسح"), ("Scan Date", "Clock"),
    ],
)  # fmt: skip
def test_a_day_and_its_hour_in_two_columns_are_one_moment(day, clock):
    fields, found = moments(
        two_columns(day, clock, ("17.03.2026", "09:40"), ("17.03.2026", "2:05 PM"), ("", ""))
    )

    assert fields[2:] == ["scanned_at", "scanned_time"]
    assert found == MOMENTS


def test_the_hour_may_stand_before_the_day():
    fields, found = moments(
        two_columns("Uhrzeit", "Datum", ("9:40", "17.03.2026"), ("14:05", "17.03.2026"), ("", ""))
    )

    assert fields[2:] == ["scanned_time", "scanned_at"]
    assert found == MOMENTS


@pytest.mark.parametrize(
    ("day", "clocks"),
    [
        ("2026-03-17 00:00:00", ("09:40:00", "14:05:00")),
        ("46098", ("0.4027777778", "0.5868055556")),  # 580 and 845 minutes of 1,440
        ("3/17/2026 12:00:00 AM", ("9:40 AM", "2:05 PM")),
        ("17.03.26", ("1899-12-30 09:40:00", "1899-12-30 14:05:00")),
    ],
)
def test_days_and_hours_as_spreadsheets_write_them(day, clocks):
    fields, found = moments(
        two_columns("Scan Date", "Scan Time", (day, clocks[0]), (day, clocks[1]), ("", ""))
    )

    assert fields[2:] == ["scanned_at", "scanned_time"]
    assert found == MOMENTS


@pytest.mark.parametrize(
    "clocks",
    [
        (datetime.time(9, 40), datetime.time(14, 5)),
        (datetime.timedelta(minutes=580), datetime.timedelta(minutes=845)),
        (580 / 1440, 845 / 1440),
        (datetime.datetime(2026, 3, 17, 9, 40), datetime.datetime(2026, 3, 17, 14, 5)),
    ],
)
def test_a_workbook_keeps_the_hour(clocks):
    book = openpyxl.Workbook()
    book.active.append(["Name", "E-mail", "Scan Date", "Scan Time"])
    for number, clock in enumerate((*clocks, None)):
        day = datetime.datetime(2026, 3, 17) if clock is not None else None
        book.active.append([f"P{number} Bell", f"p{number}@a.example", day, clock])
    out = io.BytesIO()
    book.save(out)

    assert moments(out.getvalue(), "a.xlsx")[1] == MOMENTS


def test_a_moment_with_its_own_hour_keeps_it():
    """Beside a full moment another time of day means something else, and is kept."""
    columns = ["scanned_at", "scanned_time", "email"]
    source = intake.SourceRow(1, ["17.03.2026 09:40", "11:00 PM", "a@b.example"])

    row = intake.judge_row(source, columns, ["Scanned", "Meeting at", "E-mail"], BERLIN)

    assert row.values["scanned_at"] == MOMENTS[0]
    assert row.values["further"] == {"Meeting at": "11:00 PM"}


def test_hours_that_are_kept_for_another_use_are_not_taken():
    fields, found = moments(two_columns("Scan Date", "Follow up", *[("17.03.2026", "10:00")] * 3))

    assert fields[2:] == ["scanned_at", None]
    assert found == [datetime.datetime(2026, 3, 16, 23, 0)] * 3
