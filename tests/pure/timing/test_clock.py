"""Wall clocks: jumps to the second, skipped and doubled times."""

import datetime as dt

import pytest
from lead_followup_tools.timing.clock import offset_runs, to_local, to_utc, utc_intervals


def at(text):
    return dt.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    "tz, year, jumps",
    [
        ("Europe/Berlin", 2026, ["2026-03-29 01:00", "2026-10-25 01:00"]),
        ("Europe/Berlin", 2045, ["2045-03-26 01:00", "2045-10-29 01:00"]),  # past every table
        ("America/St_Johns", 2010, ["2010-03-14 03:31", "2010-11-07 02:31"]),  # at 00:01
        ("Australia/Lord_Howe", 2026, ["2026-04-04 15:00", "2026-10-03 15:30"]),
        ("Pacific/Apia", 2011, ["2011-04-02 14:00", "2011-09-24 14:00", "2011-12-30 10:00"]),
        ("Asia/Tehran", 2026, []),
        ("UTC", 2026, []),
    ],
)
def test_jumps_of_the_year(tz, year, jumps):
    assert [start for start, _, _ in offset_runs(tz, year)][1:] == [at(jump) for jump in jumps]


@pytest.mark.parametrize(
    "tz, local, utc",
    [
        ("Europe/Berlin", "2026-03-29 01:59", "2026-03-29 00:59"),
        ("Europe/Berlin", "2026-03-29 02:00", "2026-03-29 01:00"),  # skipped: the jump
        ("Europe/Berlin", "2026-03-29 02:59", "2026-03-29 01:00"),
        ("Europe/Berlin", "2026-03-29 03:00", "2026-03-29 01:00"),
        ("Europe/Berlin", "2026-10-25 02:00", "2026-10-25 00:00"),  # twice: the first
        ("Europe/Berlin", "2026-10-25 03:00", "2026-10-25 02:00"),
        ("Africa/Cairo", "2026-04-24 00:00", "2026-04-23 22:00"),  # midnight is skipped
        ("America/Santiago", "2026-04-05 00:00", "2026-04-05 04:00"),  # set back to 23:00
        ("Pacific/Kiritimati", "2026-01-01 00:00", "2025-12-31 10:00"),
        ("Pacific/Pago_Pago", "2026-12-31 23:59", "2027-01-01 10:59"),
        ("Pacific/Apia", "2011-12-30 12:00", "2011-12-30 10:00"),  # a skipped day
    ],
)
def test_local_time_is_first_reached(tz, local, utc):
    assert to_utc(at(local), tz) == at(utc)


@pytest.mark.parametrize(
    "utc, local",
    [
        ("2026-03-29 00:59", "2026-03-29 01:59"),
        ("2026-03-29 01:00", "2026-03-29 03:00"),
        ("2026-10-25 00:59", "2026-10-25 02:59"),
        ("2026-10-25 01:00", "2026-10-25 02:00"),
    ],
)
def test_wall_clock_in_berlin(utc, local):
    assert to_local(at(utc), "Europe/Berlin") == at(local)


def test_night_in_santiago_holds_the_hour_shown_twice():
    # 4 April 2026, 24:00 -> 23:00 (03:00 UTC): 23:00 to 24:00 at -3, then again at -4
    found = utc_intervals(at("2026-04-04 23:00"), at("2026-04-05 00:00"), "America/Santiago")

    assert found == [
        (at("2026-04-05 02:00"), at("2026-04-05 03:00")),
        (at("2026-04-05 03:00"), at("2026-04-05 04:00")),
    ]
