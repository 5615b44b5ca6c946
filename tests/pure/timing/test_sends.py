"""Sends spread over their slots, paced, and capped per sender and day."""

import datetime as dt
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lead_followup_tools.timing import Blocked, Place, SendRequest, Slot, place_sends, slots


def at(text):
    return dt.datetime.fromisoformat(text)


def span(start, end, rule="window"):
    return Slot(at(start), at(end), rule)


TUESDAY = span("2026-01-06 09:00", "2026-01-06 12:00")
WEDNESDAY = span("2026-01-07 09:00", "2026-01-07 12:00")
THURSDAY_LATE = span("2026-01-08 09:00", "2026-01-08 17:00", "late")


def ask(*keys, sender="ann", slots=(TUESDAY, WEDNESDAY, THURSDAY_LATE)):
    return [SendRequest(key, sender, slots) for key in keys]


def moments(placed):
    return [str(send.at)[5:] for send in placed.values()]


def test_nothing_to_send_is_no_send():
    assert place_sends([], cap_per_day=10) == {}


def test_one_send_stands_at_the_start_of_its_slot():
    placed = place_sends(ask("a"), cap_per_day=10)

    assert moments(placed) == ["01-06 09:00:00"]
    assert not placed["a"].late
    assert not placed["a"].moved_by


def test_many_are_spread_over_the_slot():
    placed = place_sends(ask(*"abcdef"), cap_per_day=10)

    # 0, 1/2, 1/4, 3/4, 1/8, 5/8 of three hours
    assert moments(placed) == [
        "01-06 09:00:00",
        "01-06 10:30:00",
        "01-06 09:45:00",
        "01-06 11:15:00",
        "01-06 09:22:30",
        "01-06 10:52:30",
    ]


def test_cap_pushes_to_the_next_slot_and_then_past_the_deadline():
    placed = place_sends(ask(*"abcde"), cap_per_day=2)

    assert [send.slot for send in placed.values()] == [
        TUESDAY,
        TUESDAY,
        WEDNESDAY,
        WEDNESDAY,
        THURSDAY_LATE,
    ]
    assert [send.moved_by for send in placed.values()] == ["", "", "cap", "cap", "cap"]
    assert [send.late for send in placed.values()] == [False, False, False, False, True]


def test_cap_that_is_just_reached_pushes_nobody():
    placed = place_sends(ask(*"abcde"), cap_per_day=5)

    assert {send.slot for send in placed.values()} == {TUESDAY}


def test_late_by_plan_is_not_late_by_cap():
    placed = place_sends(ask("a", slots=[THURSDAY_LATE]), cap_per_day=2)

    assert (placed["a"].late, placed["a"].moved_by) == (True, "")


def test_each_sender_has_a_cap_of_its_own():
    placed = place_sends(ask("a", "b") + ask("c", "d", sender="bob"), cap_per_day=1)

    assert [send.slot for send in placed.values()] == [TUESDAY, WEDNESDAY, TUESDAY, WEDNESDAY]


def test_two_slots_of_one_day_share_its_cap():
    afternoon = span("2026-01-06 14:00", "2026-01-06 17:00")

    placed = place_sends(ask("a", "b", slots=[TUESDAY, afternoon, WEDNESDAY]), cap_per_day=1)

    assert placed["b"].slot == WEDNESDAY


def test_what_stands_already_counts():
    taken = {("ann", dt.date(2026, 1, 6)): 2, ("bob", dt.date(2026, 1, 7)): 2}

    placed = place_sends(ask("a"), cap_per_day=2, taken=taken)

    assert placed["a"].slot == WEDNESDAY
    assert taken == {("ann", dt.date(2026, 1, 6)): 2, ("bob", dt.date(2026, 1, 7)): 2}


def test_planning_one_by_one_gives_the_same_as_at_once():
    at_once = place_sends(ask("a", "b"), cap_per_day=10)

    first = place_sends(ask("a"), cap_per_day=10)
    second = place_sends(ask("b"), cap_per_day=10, taken={("ann", dt.date(2026, 1, 6)): 1})

    assert first | second == at_once


def test_further_requests_move_nobody():
    few = place_sends(ask(*"abc"), cap_per_day=4, pace_seconds=600)
    many = place_sends(ask(*"abcdefgh"), cap_per_day=4, pace_seconds=600)

    assert {key: many[key] for key in few} == few


def test_pace_keeps_senders_mails_apart():
    narrow = span("2026-01-06 09:00", "2026-01-06 09:10")
    requests = ask("a") + ask("b", "c", slots=[narrow])

    placed = place_sends(requests, cap_per_day=10, pace_seconds=240)

    # b wants 09:05, more than four minutes after a; c wants 09:02:30, finds 09:00 and 09:05 too
    # close on both sides, and 09:09 is the next that keeps the pace
    assert moments(placed) == ["01-06 09:00:00", "01-06 09:05:00", "01-06 09:09:00"]


def test_slot_too_short_for_the_pace_passes_the_rest_on():
    narrow = span("2026-01-06 09:00", "2026-01-06 09:05")

    placed = place_sends(ask(*"ab", slots=[narrow, WEDNESDAY]), cap_per_day=10, pace_seconds=300)

    assert [send.slot for send in placed.values()] == [narrow, WEDNESDAY]
    assert [send.moved_by for send in placed.values()] == ["", "pace"]


def test_pace_of_a_whole_slot_leaves_room_for_the_second():
    narrow = span("2026-01-06 09:00", "2026-01-06 09:05:01")

    placed = place_sends(ask(*"ab", slots=[narrow, WEDNESDAY]), cap_per_day=10, pace_seconds=300)

    assert moments(placed) == ["01-06 09:00:00", "01-06 09:05:00"]


def test_pace_looks_at_what_stands_already():
    busy = {
        "ann": [at("2026-01-06 09:01"), at("2026-01-06 08:59")],
        "bob": [at("2026-01-06 09:05")],
    }

    placed = place_sends(ask("a"), cap_per_day=10, pace_seconds=120, busy=busy)

    assert moments(placed) == ["01-06 09:03:00"]


@pytest.mark.parametrize(
    "standing, expected",
    [
        ("2026-01-06 09:02:00", "01-06 09:00:00"),  # just far enough
        ("2026-01-06 09:01:59", "01-06 09:03:59"),
    ],
)
def test_pace_is_a_least_distance(standing, expected):
    placed = place_sends(ask("a"), cap_per_day=9, pace_seconds=120, busy={"ann": [at(standing)]})

    assert moments(placed) == [expected]


def test_send_with_no_room_after_its_point_takes_the_room_before_it():
    narrow = span("2026-01-06 09:00", "2026-01-06 09:10")
    requests = ask("a", slots=[narrow, WEDNESDAY])
    taken, busy = {("ann", dt.date(2026, 1, 6)): 1}, {"ann": [at("2026-01-06 09:06")]}

    placed = place_sends(requests, cap_per_day=9, pace_seconds=300, taken=taken, busy=busy)

    # it wants 09:05, and the next free moment, 09:11, is past the end
    assert moments(placed) == ["01-06 09:00:00"]


def test_day_of_the_cap_is_the_senders():
    # 09:00-12:00 in Los Angeles on Tuesday, in Berlin 18:00-21:00; in Auckland it is Wednesday
    west = span("2026-01-06 17:00", "2026-01-06 20:00")
    taken = {("ann", dt.date(2026, 1, 6)): 1}

    berlin = place_sends(ask("a", slots=[west]), cap_per_day=1, taken=taken, tz="Europe/Berlin")
    auckland = place_sends(
        ask("a", slots=[west]), cap_per_day=1, taken=taken, tz="Pacific/Auckland"
    )

    assert berlin["a"] == Blocked("no_capacity")
    assert auckland["a"].slot == west


def test_slot_over_the_senders_midnight_is_two_days():
    # 22:00 to 01:00 in Berlin
    night = span("2026-01-06 21:00", "2026-01-07 00:00")

    placed = place_sends(ask(*"ab", slots=[night]), cap_per_day=1, tz="Europe/Berlin")

    assert moments(placed) == ["01-06 21:00:00", "01-06 23:00:00"]
    assert placed["b"].moved_by == "cap"


def test_clock_set_back_over_midnight_ends():
    # St. John's, 7 November 2010: 00:01 became 23:01 of the 6th, at 02:31 UTC
    night = span("2010-11-07 02:00", "2010-11-07 05:00")

    placed = place_sends(ask(*"ab", slots=[night]), cap_per_day=1, tz="America/St_Johns")

    assert moments(placed) == ["11-07 02:00:00", "11-07 02:30:00"]


def test_request_without_slots_is_blocked():
    placed = place_sends(
        ask("a", slots=[]) + ask("b", slots=Blocked("no_common_hour")) + ask("c"), cap_per_day=1
    )

    assert placed["a"] == Blocked("no_slot")
    assert placed["b"] == Blocked("no_common_hour")
    assert placed["c"].slot == TUESDAY


def test_cap_of_zero_sends_nothing():
    assert place_sends(ask("a"), cap_per_day=0) == {"a": Blocked("no_capacity")}


def test_no_cap_pushes_nobody():
    placed = place_sends(ask(*range(500)), cap_per_day=None)

    assert {send.slot for send in placed.values()} == {TUESDAY}


def test_one_key_twice_is_refused():
    with pytest.raises(ValueError, match="'a'"):
        place_sends(ask("a", "a"), cap_per_day=1)


@pytest.mark.parametrize("limits", [{"cap_per_day": -1}, {"cap_per_day": 1, "pace_seconds": -1}])
def test_negative_limits_are_refused(limits):
    with pytest.raises(ValueError, match="zero or more"):
        place_sends([], **limits)


def test_slots_of_the_planner_are_read_only_as_far_as_needed():
    # 300 leads, 60 a day, three days of window a week: five days, the last on the next Wednesday
    now, berlin = at("2026-01-12 12:00"), Place("Europe/Berlin", "DE")
    requests = [SendRequest(i, "ann", slots("email", now=now, place=berlin)) for i in range(300)]

    placed = place_sends(requests, cap_per_day=60, pace_seconds=30, tz="Europe/Berlin")

    days = Counter(send.at.date().isoformat() for send in placed.values())
    assert days == {
        "2026-01-13": 60,
        "2026-01-14": 60,
        "2026-01-15": 60,
        "2026-01-20": 60,
        "2026-01-21": 60,
    }


SLOTS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 23), st.integers(1, 180)), max_size=4
).map(
    lambda rows: [
        Slot(start, start + dt.timedelta(minutes=length), "window")
        for day, hour, length in rows
        for start in [at("2026-01-05") + dt.timedelta(days=day, hours=hour)]
    ]
)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(
    wishes=st.lists(st.tuples(st.sampled_from("ab"), SLOTS), max_size=25),
    cap=st.integers(0, 4),
    pace=st.sampled_from([0, 60, 1800]),
)
def test_cap_pace_and_slots_are_kept_whatever_is_asked(wishes, cap, pace):
    requests = [SendRequest(i, sender, options) for i, (sender, options) in enumerate(wishes)]

    placed = place_sends(requests, cap_per_day=cap, pace_seconds=pace)

    sent = {key: send for key, send in placed.items() if not isinstance(send, Blocked)}
    assert list(placed) == [request.key for request in requests]
    assert all(send.slot in wishes[key][1] for key, send in sent.items())
    assert all(send.slot.start <= send.at < send.slot.end for send in sent.values())
    days = Counter((wishes[key][0], send.at.date()) for key, send in sent.items())
    assert all(count <= cap for count in days.values())
    for sender in "ab":
        row = sorted(send.at for key, send in sent.items() if wishes[key][0] == sender)
        assert all((b - a).total_seconds() >= pace for a, b in pairwise(row))


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(wishes=st.lists(SLOTS, max_size=25), cap=st.integers(1, 4))
def test_no_send_passes_by_a_day_with_room(wishes, cap):
    requests = [SendRequest(i, "ann", options) for i, options in enumerate(wishes)]

    placed = place_sends(requests, cap_per_day=cap)

    count_by_day = Counter()
    for key, options in enumerate(wishes):
        # a slot over midnight has two days: the first with room is the expected one
        days = [
            day
            for slot in options
            for day in sorted({slot.start.date(), (slot.end - dt.timedelta(seconds=1)).date()})
        ]
        expected = next((day for day in days if count_by_day[day] < cap), None)
        found = None if isinstance(placed[key], Blocked) else placed[key].at.date()
        assert found == expected
        count_by_day[expected] += 1
