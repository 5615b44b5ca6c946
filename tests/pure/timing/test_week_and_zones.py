"""Working weeks, holidays and zones by country and phone."""

import datetime as dt
import zoneinfo

import pytest
import pytz
from lead_followup_tools.timing import (
    Place,
    country_of,
    holidays_of,
    working_week,
    zone_of,
    zone_of_country,
)
from lead_followup_tools.timing.clock import zone


@pytest.mark.parametrize(
    "country, week",
    [
        (None, (1, 2, 3, 4, 5)),
        ("", (1, 2, 3, 4, 5)),
        ("XX", (1, 2, 3, 4, 5)),
        ("DE", (1, 2, 3, 4, 5)),
        ("de", (1, 2, 3, 4, 5)),
        ("US", (1, 2, 3, 4, 5)),  # the calendar shows Sunday first; the work does not
        ("TR", (1, 2, 3, 4, 5)),
        ("AE", (1, 2, 3, 4, 5)),
        ("SA", (7, 1, 2, 3, 4)),
        ("EG", (7, 1, 2, 3, 4)),
        ("IL", (7, 1, 2, 3, 4)),
        ("BD", (7, 1, 2, 3, 4)),
        ("MV", (7, 1, 2, 3, 4)),
        ("DJ", (7, 1, 2, 3, 4)),
        ("PS", (7, 1, 2, 3, 4)),
        ("AF", (6, 7, 1, 2, 3)),
        ("IR", (6, 7, 1, 2, 3, 4)),
        ("IN", (1, 2, 3, 4, 5, 6)),
        ("BN", (1, 2, 3, 4, 6)),
    ],
)
def test_week_of_the_country(country, week):
    assert working_week(country) == week


@pytest.mark.parametrize(
    "state, week", [("KTN", (7, 1, 2, 3, 4)), ("JHR", (1, 2, 3, 4, 5)), (None, (1, 2, 3, 4, 5))]
)
def test_week_of_a_state_of_malaysia(state, week):
    assert working_week("MY", state) == week


def test_ordinal_of_a_weekend_day_is_none():
    place = Place("Asia/Riyadh", "SA")

    ordinals = [place.ordinal(dt.date(2026, 1, 1 + i)) for i in range(7)]  # from a Thursday

    assert ordinals == [5, None, None, 1, 2, 3, 4]


def test_holiday_in_lieu_is_free():
    # Boxing Day 2026 is a Saturday, so Monday the 28th is free in England
    assert dt.date(2026, 12, 28) in holidays_of("GB", 2026)
    assert dt.date(2026, 12, 29) not in holidays_of("GB", 2026)


@pytest.mark.parametrize("country", [None, "", "XX"])
def test_unknown_country_has_no_holidays(country):
    assert holidays_of(country, 2026) == frozenset()


def test_holidays_are_of_that_year_only():
    assert {day.year for day in holidays_of("US", 2027)} == {2027}


@pytest.mark.parametrize(
    "phones, country, expected",
    [
        (["+14155552671"], "US", "America/Los_Angeles"),
        (["+14155552671"], "DE", "America/Los_Angeles"),  # the phone goes before the country
        (["+16139951234"], None, "America/Toronto"),
        (["+989121234567"], None, "Asia/Tehran"),
        (["+4915112345678"], None, "Europe/Berlin"),
        (["+79161234567"], "RU", "Europe/Moscow"),
        (["+74012345678"], "RU", "Europe/Kaliningrad"),  # libphonenumber: Bucharest
        (["+213551234567"], "DZ", "Africa/Algiers"),  # libphonenumber: Paris
        (["+212612345678"], "MA", "Africa/Casablanca"),  # libphonenumber: Canary
        (["+351912345678"], None, "Europe/Lisbon"),  # Azores or Lisbon
        (["+18005551234"], "US", "America/New_York"),  # toll-free: the country's main zone
        (["+18005551234"], "CA", "America/Toronto"),
        (["+18005551234"], None, "America/New_York"),
        (["+18005551234", "+14155552671"], "US", "America/Los_Angeles"),  # the clear one wins
        (["+80012345678"], "JP", "Asia/Tokyo"),  # of no country
        (["+870773111632"], None, "Europe/Vienna"),  # a ship
        (["not a number", "", "415"], "JP", "Asia/Tokyo"),
        ([False, None, "+989121234567"], False, "Asia/Tehran"),  # an empty field of Odoo's
        (["+1234"], "JP", "Asia/Tokyo"),  # too short to be one
        ([], "JP", "Asia/Tokyo"),
        ([], "BR", "America/Sao_Paulo"),
        ([], "AU", "Australia/Sydney"),
        ([], "XX", "Europe/Vienna"),
        ([], None, "Europe/Vienna"),
    ],
)
def test_zone_is_the_phones_then_the_countrys_then_the_companys(phones, country, expected):
    assert zone_of(phones, country, "Europe/Vienna") == expected


def test_each_country_has_a_zone_and_a_week():
    for country in pytz.country_timezones:
        assert zone(zone_of_country(country))
        assert 5 <= len(working_week(country)) <= 6


@pytest.mark.parametrize(
    "phones, country, expected",
    [
        (["+989121234567"], None, "IR"),
        (["+989121234567"], "DE", "DE"),
        (["+80012345678", "+14165551234"], None, "CA"),
        (["nonsense", False], False, None),
        ([], None, None),
    ],
)
def test_country_is_the_leads_own_then_the_phones(phones, country, expected):
    assert country_of(phones, country) == expected


def test_zones_come_without_a_system_database(monkeypatch):
    zone.cache_clear()
    zoneinfo.reset_tzpath(to=[])
    try:
        found = zone("Europe/Berlin").utcoffset(dt.datetime(2050, 7, 1))
    finally:
        zoneinfo.reset_tzpath()

    assert found == dt.timedelta(hours=2)
