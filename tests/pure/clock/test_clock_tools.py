import doctest
from datetime import datetime

import pytest
from lead_followup_tools import clock
from lead_followup_tools.clock import hours_between, is_due, stage_moment

FRIDAY = [(datetime(2026, 3, 20, 8), datetime(2026, 3, 20, 17))]
MONDAY = [(datetime(2026, 3, 23, 8), datetime(2026, 3, 23, 17))]


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute)


def test_doctests():
    assert doctest.testmod(clock).failed == 0


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(20, 9, 59), False),  # a minute too early
        (at(20, 10), True),
        (at(20, 16, 59), True),
        (at(20, 17), False),  # he has just gone home
        (at(20, 7, 59), False),
    ],
)
def test_told_from_the_moment_on_in_working_hours(now, expected):
    assert is_due(now, at(20, 10), at(20, 20), FRIDAY) is expected


def test_what_is_due_at_night_waits_for_the_morning_if_that_is_early_enough():
    spans = FRIDAY + MONDAY
    # due Saturday 4:00, deadline Monday 16:00
    assert not is_due(at(20, 16, 30), at(21, 4), at(23, 16), spans)
    assert not is_due(at(21, 5), at(21, 4), at(23, 16), spans)
    assert is_due(at(23, 8), at(21, 4), at(23, 16), spans)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(20, 15, 59), False),  # more than an hour of his day is left
        (at(20, 16), True),
        (at(20, 16, 59), True),
        (at(20, 17), False),
        (at(21, 12), False),  # it is the weekend
        (at(23, 8), True),  # nobody ran the clock on Friday: late, but told
    ],
)
def test_who_is_not_there_before_the_deadline_is_told_on_friday(now, expected):
    # due Saturday 4:00, deadline Saturday 16:00
    assert is_due(now, at(21, 4), at(21, 16), FRIDAY + MONDAY) is expected


def test_a_lunch_break_is_not_the_end_of_the_day():
    spans = [(at(20, 8), at(20, 12)), (at(20, 13), at(20, 17))]
    # due 12:30, deadline 12:50: both in the break, so before it; but not if the deadline is 13:01
    assert is_due(at(20, 11, 30), at(20, 12, 30), at(20, 12, 50), spans)
    assert not is_due(at(20, 11, 30), at(20, 12, 30), at(20, 13, 1), spans)


def test_nobody_is_told_who_never_works():
    assert not is_due(at(20, 12), at(20, 10), at(20, 20), [])


def test_the_stage_of_a_clock_that_is_over_at_its_start_is_its_start():
    assert stage_moment(at(20, 12), at(20, 12), 50) == at(20, 12)
    assert stage_moment(at(20, 12), at(19, 12), 50) == at(20, 12)
    assert stage_moment(at(20, 12), at(21, 12), 50) == at(21, 0)
    assert stage_moment(at(20, 12), at(21, 12), 100) == at(21, 12)


def test_hours_without_both_ends_are_none():
    assert hours_between(None, at(20, 12)) == 0.0
    assert hours_between(at(20, 12), None) == 0.0
    assert hours_between(at(20, 12), at(20, 12, 45)) == 0.75
