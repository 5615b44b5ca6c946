"""The demo's year is made of people who can't be, on days that were."""

import importlib.util
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[3]
NOW = datetime(2027, 3, 1, 12)
SHOWS = [(date(2026, 5, 1), 30), (date(2026, 10, 1), 20)]


@pytest.fixture(scope="module")
def people():
    spec = importlib.util.spec_from_file_location("demo_people", REPO / "dev/demo/people.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def year(people):
    return people.make_year(NOW, SHOWS)


def test_the_same_dice_throw_the_same_year(people, year):
    assert people.make_year(NOW, SHOWS) == year
    assert people.make_year(NOW, SHOWS, seed=3) != year


def test_every_show_brought_as_many_as_are_asked_for(year):
    assert Counter(person.show for person in year if person.way == "show") == {0: 30, 1: 20}
    assert {person.way for person in year} == {"show", "web", "referral"}


def test_nobody_is_there_twice_or_has_an_address_that_may_exist(year):
    emails = [person.email for person in year]
    assert len(set(emails)) == len(emails)
    assert all(email.endswith(".example") for email in emails)
    assert len({person.name for person in year}) == len(year)


def test_a_road_is_gone_in_its_order_and_has_not_left_the_past(year):
    for person in year:
        road = [person.made_at, person.mql_at, person.sql_at, person.closed_at]
        gone = [moment for moment in road if moment]
        assert gone == sorted(gone)
        assert NOW - timedelta(days=366) < gone[0] and gone[-1] < NOW
        assert not person.sql_at or person.mql_at


def test_an_ending_has_the_moments_it_needs(year):
    for person in year:
        if person.ending == "won":
            assert person.sql_at and person.closed_at
        if person.ending in ("lost", "back"):
            assert person.closed_at
        if person.is_offered:
            assert person.mql_at and not person.sql_at
    assert {"won", "lost", "back", "returned", "nurture", "open"} == {
        person.ending for person in year
    }
