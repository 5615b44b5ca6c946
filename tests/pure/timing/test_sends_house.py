"""E-mails to the people of one house keep their distance, whoever sends them."""

import datetime as dt
from itertools import pairwise

import pytest
from lead_followup_tools.timing import SendRequest, Slot, place_sends

MINUTE = dt.timedelta(minutes=1)


def at(text):
    return dt.datetime.fromisoformat(text)


NINE_TO_TEN = Slot(at("2026-01-06 09:00"), at("2026-01-06 10:00"), "window")
NEXT_DAY = Slot(at("2026-01-07 09:00"), at("2026-01-07 10:00"), "window")


def ask(*keys, sender="ann", house="@ample.example", slots=(NINE_TO_TEN, NEXT_DAY)):
    return [SendRequest(key, sender, slots, house) for key in keys]


def times(placed):
    return [f"{send.at:%d %H:%M:%S}" for send in placed.values()]


def test_two_senders_keep_their_distance_to_one_house():
    placed = place_sends(ask("a") + ask("b", sender="bob"), cap_per_day=9, house_pace_seconds=60)

    assert times(placed) == ["06 09:00:00", "06 09:01:00"]
    assert [send.moved_by for send in placed.values()] == ["", "house"]


def test_two_houses_may_be_written_to_at_once():
    requests = ask("a") + ask("b", sender="bob", house="@best.example")

    assert times(place_sends(requests, cap_per_day=9, house_pace_seconds=60)) == ["06 09:00:00"] * 2


def test_whoever_is_of_no_house_is_not_held_up():
    requests = ask("a", house=None) + ask("b", sender="bob", house=None)

    assert times(place_sends(requests, cap_per_day=9, house_pace_seconds=60)) == ["06 09:00:00"] * 2


def test_what_stands_already_is_kept_at_a_distance():
    standing = {"@ample.example": [at("2026-01-06 09:00:30")]}

    placed = place_sends(ask("a"), cap_per_day=9, house_pace_seconds=60, house_busy=standing)

    assert times(placed) == ["06 09:01:30"]


def test_both_paces_hold():
    # the sender's own mails at 09:00 and 09:02, two minutes apart; the house's at 09:04:30
    placed = place_sends(
        ask("a"),
        cap_per_day=9,
        pace_seconds=120,
        busy={"ann": [at("2026-01-06 09:00"), at("2026-01-06 09:02")]},
        house_pace_seconds=60,
        house_busy={"@ample.example": [at("2026-01-06 09:04:30")]},
    )

    # 09:04 is half a minute from the house's; a minute after that one is 09:05:30
    assert times(placed) == ["06 09:05:30"]


def test_what_finds_no_place_in_an_hour_goes_on_the_next_day_and_none_is_lost():
    keys = [f"k{number}" for number in range(60)]  # the halves of an hour give 32 a day

    placed = place_sends(ask(*keys), cap_per_day=None, house_pace_seconds=60)

    assert list(placed) == keys
    assert {send.at.day for send in placed.values()} == {6, 7}
    moments = sorted(send.at for send in placed.values())
    assert all(later - earlier >= MINUTE for earlier, later in pairwise(moments))


def test_a_house_that_is_full_holds_up_no_other():
    keys = [f"k{number}" for number in range(60)]
    requests = ask(*keys) + ask("free", house="@best.example") + ask("late")

    placed = place_sends(requests, cap_per_day=None, house_pace_seconds=60)

    assert placed["free"].at.day == 6
    assert placed["late"].at.day == 7
    assert placed["late"].moved_by == "house"


def test_the_pace_within_a_slot_moves_nobody_on():
    # half past nine is the second place of the hour; the sender's own at 09:29 keeps it off 09:30
    requests = ask("a", house=None)
    busy = {"ann": [at("2026-01-06 09:29")]}
    taken = {("ann", dt.date(2026, 1, 6)): 1}

    placed = place_sends(
        requests, cap_per_day=9, pace_seconds=120, house_pace_seconds=60, taken=taken, busy=busy
    )

    assert times(placed) == ["06 09:31:00"]
    assert placed["a"].moved_by == ""


def test_a_negative_pace_is_refused():
    with pytest.raises(ValueError, match="zero or more"):
        place_sends([], cap_per_day=None, house_pace_seconds=-1)
