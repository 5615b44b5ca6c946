"""The sample exports, their scan times moved to the days of another show."""

import csv
import io
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl

EXPORTS = Path(__file__).resolve().parents[2] / "lead_followup" / "tests" / "data"
LAST_DAY = date(2026, 3, 19)  # of the show that the samples come from


def leadcapture(last_day: date) -> bytes:
    """Return ``leadcapture_us.csv`` as if its show had ended on ``last_day``."""
    text = (EXPORTS / "leadcapture_us.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    column = rows[0].index("Date Captured")
    shift = last_day - LAST_DAY
    for row in rows[1:]:
        moment = datetime.strptime(row[column], "%m/%d/%Y %I:%M %p") + shift
        row[column] = moment.strftime("%m/%d/%Y %I:%M %p")
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def booth_sheet(last_day: date) -> bytes:
    """Return ``booth_sheet.xlsx`` as if its show had ended on ``last_day``."""
    book = openpyxl.load_workbook(EXPORTS / "booth_sheet.xlsx")
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[4]].index("Date / time met") + 1
    shift = last_day - LAST_DAY
    for row in range(5, sheet.max_row + 1):
        cell = sheet.cell(row, column)
        cell.value = _shifted(cell.value, shift)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _shifted(value, shift: timedelta):
    if isinstance(value, datetime):
        return value + shift
    if isinstance(value, int | float):  # a serial number, days since 1899
        return value + shift.days
    return _shifted_text(value, shift) if isinstance(value, str) else value


def _shifted_text(text: str, shift: timedelta) -> str:
    found = re.fullmatch(r"(\d{1,2}/\d{1,2}/\d{4})(.*)", text)
    if not found:
        return text
    day = datetime.strptime(found[1], "%m/%d/%Y") + shift
    return day.strftime("%m/%d/%Y") + found[2]
