"""Waits between steps. Monday is 5 January 2026."""

import datetime as dt

import pytest
from lead_followup_tools.timing import Place, add_days, add_working_days

BERLIN = Place("Europe/Berlin", "DE")


def at(text):
    return dt.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    "start, days, expected",
    [
        ("2026-01-05 09:00", 0, "2026-01-05 09:00"),
        ("2026-01-10 09:00", 0, "2026-01-10 09:00"),  # none asked for: a Saturday stays
        ("2026-01-05 09:00", 1, "2026-01-06 09:00"),
        ("2026-01-09 09:00", 1, "2026-01-12 09:00"),  # Friday to Monday
        ("2026-01-10 09:00", 1, "2026-01-12 09:00"),  # Saturday to Monday
        ("2026-01-09 09:00", 6, "2026-01-19 09:00"),  # 12-16, 19
        ("2026-12-31 09:00", 1, "2027-01-04 09:00"),  # New Year, then the weekend
        # Thursday 2 April 2026 to Tuesday 7 (Good Friday, Easter Monday)
        ("2026-04-02 09:00", 1, "2026-04-07 09:00"),
        # over the jump of 29 March: 10:00 at +1 to 10:00 at +2
        ("2026-03-27 09:00", 1, "2026-03-30 08:00"),
        # late in the evening it is tomorrow in Berlin: Friday 00:30, so Monday
        ("2026-01-08 23:30", 1, "2026-01-11 23:30"),
    ],
)
def test_working_days_skip_what_is_not_worked(start, days, expected):
    assert add_working_days(at(start), days, BERLIN) == at(expected)


@pytest.mark.parametrize(
    "start, days, expected",
    [
        ("2026-01-09 09:00", 0, "2026-01-09 09:00"),
        ("2026-01-09 09:00", 1, "2026-01-10 09:00"),
        ("2026-01-31 09:00", 1, "2026-02-01 09:00"),
        ("2028-02-28 09:00", 1, "2028-02-29 09:00"),
        ("2026-03-28 09:00", 1, "2026-03-29 08:00"),  # 10:00 at +1 to 10:00 at +2
        ("2026-03-28 01:30", 1, "2026-03-29 01:00"),  # 02:30 is skipped: the jump
        ("2026-10-24 00:30", 1, "2026-10-25 00:30"),  # 02:30 comes twice: the first
        ("2026-10-24 08:00", 1, "2026-10-25 09:00"),  # 10:00 at +2 to 10:00 at +1
    ],
)
def test_calendar_days_keep_the_leads_clock(start, days, expected):
    assert add_days(at(start), days, BERLIN) == at(expected)


@pytest.mark.parametrize("add", [add_days, add_working_days])
def test_negative_wait_is_refused(add):
    with pytest.raises(ValueError, match="-1"):
        add(at("2026-01-05 09:00"), -1, BERLIN)


def test_week_of_the_lead_counts():
    riyadh = Place("Asia/Riyadh", "SA")

    # Thursday 8 January to Sunday 11
    assert add_working_days(at("2026-01-08 09:00"), 1, riyadh) == at("2026-01-11 09:00")
