"""Rule 5 branch by branch, each beside its near miss. Monday is 5 January 2026."""

import datetime as dt

import pytest
from lead_followup_tools.timing import (
    Blocked,
    Place,
    RepTime,
    Slot,
    Window,
    common_until,
    first_slot,
    slots,
)

UTC = Place("UTC")  # Monday to Friday, no holidays, no jumps


def at(text):
    return dt.datetime.fromisoformat(text)


def slot(start, end, rule):
    return Slot(at(start), at(end), rule)


def rep(*pairs):
    return RepTime([(at(start), at(end)) for start, end in pairs])


MONDAY_NOON = at("2026-01-05 12:00")


def test_without_deadline_email_waits_for_its_window():
    found = first_slot("email", now=MONDAY_NOON, place=UTC)

    assert found == slot("2026-01-06 09:00", "2026-01-06 12:00", "window")


def test_window_before_the_deadline_beats_an_earlier_working_day():
    deadline = at("2026-01-07 08:00")

    found = first_slot("email", now=MONDAY_NOON, place=UTC, deadline=deadline)

    assert found == slot("2026-01-06 09:00", "2026-01-06 12:00", "window")


@pytest.mark.parametrize(
    "deadline, expected",
    [
        ("2026-01-06 09:01", slot("2026-01-06 09:00", "2026-01-06 09:01", "window")),
        ("2026-01-06 09:00", slot("2026-01-05 12:00", "2026-01-05 17:00", "working_day")),
        ("2026-01-05 12:01", slot("2026-01-05 12:00", "2026-01-05 12:01", "working_day")),
        ("2026-01-05 12:00", slot("2026-01-05 12:00", "2026-01-05 17:00", "late")),
        ("2026-01-01 00:00", slot("2026-01-05 12:00", "2026-01-05 17:00", "late")),
    ],
)
def test_each_deadline_takes_its_branch(deadline, expected):
    found = first_slot("email", now=MONDAY_NOON, place=UTC, deadline=at(deadline))

    assert found == expected
    assert found.late == (expected.rule == "late")


def test_deadline_on_the_weekend_is_out_of_reach_from_friday_evening():
    friday, sunday = at("2026-01-09 17:00"), at("2026-01-11 18:00")

    found = first_slot("email", now=friday, place=UTC, deadline=sunday)

    assert found == slot("2026-01-12 09:00", "2026-01-12 17:00", "late")


def test_a_minute_before_friday_evening_it_is_in_reach():
    friday, sunday = at("2026-01-09 16:59"), at("2026-01-11 18:00")

    found = first_slot("email", now=friday, place=UTC, deadline=sunday)

    assert found == slot("2026-01-09 16:59", "2026-01-09 17:00", "working_day")


@pytest.mark.parametrize(
    "now, expected",
    [
        ("2026-01-06 11:59", slot("2026-01-06 11:59", "2026-01-06 12:00", "window")),
        ("2026-01-06 12:00", slot("2026-01-07 09:00", "2026-01-07 12:00", "window")),
        ("2026-01-08 12:00", slot("2026-01-13 09:00", "2026-01-13 12:00", "window")),
    ],
)
def test_email_slot_is_cut_by_now_and_then_gone(now, expected):
    assert first_slot("email", now=at(now), place=UTC) == expected


@pytest.mark.parametrize(
    "channel, now, expected",
    [
        ("call", "2026-01-05 12:00", slot("2026-01-07 10:00", "2026-01-07 12:00", "window")),
        ("call", "2026-01-07 12:30", slot("2026-01-07 14:00", "2026-01-07 17:00", "window")),
        ("call", "2026-01-08 17:00", slot("2026-01-14 10:00", "2026-01-14 12:00", "window")),
        ("task", "2026-01-05 12:00", slot("2026-01-07 10:00", "2026-01-07 12:00", "window")),
        ("letter", "2026-01-05 12:00", slot("2026-01-05 12:00", "2026-01-05 17:00", "window")),
        ("letter", "2026-01-10 12:00", slot("2026-01-12 09:00", "2026-01-12 17:00", "window")),
    ],
)
def test_each_channel_has_its_own_window(channel, now, expected):
    assert first_slot(channel, now=at(now), place=UTC) == expected


def test_all_slots_come_in_the_order_of_the_rule():
    # now Monday noon, deadline Wednesday 10:00, e-mail
    found = list(slots("email", now=MONDAY_NOON, place=UTC, deadline=at("2026-01-07 10:00")))

    assert found[:6] == [
        slot("2026-01-06 09:00", "2026-01-06 12:00", "window"),
        slot("2026-01-07 09:00", "2026-01-07 10:00", "window"),
        slot("2026-01-05 12:00", "2026-01-05 17:00", "working_day"),
        slot("2026-01-06 12:00", "2026-01-06 17:00", "working_day"),
        slot("2026-01-07 10:00", "2026-01-07 17:00", "late"),
        slot("2026-01-08 09:00", "2026-01-08 17:00", "late"),
    ]


def test_without_deadline_no_slot_leaves_the_window():
    found = list(slots("email", now=MONDAY_NOON, place=UTC))

    assert {item.rule for item in found} == {"window"}
    assert {(item.start.weekday(), item.start.hour) for item in found} == {(1, 9), (2, 9), (3, 9)}
    # a year and a day on is Wednesday 6 January 2027, noon
    assert found[-1] == slot("2027-01-06 09:00", "2027-01-06 12:00", "window")


def test_call_is_inside_the_reps_time():
    works = rep(("2026-01-07 08:00", "2026-01-07 10:30"))

    found = first_slot("call", now=MONDAY_NOON, place=UTC, rep=works)

    assert found == slot("2026-01-07 10:00", "2026-01-07 10:30", "window")


def test_rep_who_leaves_as_the_window_opens_is_no_common_hour():
    works = rep(("2026-01-07 08:00", "2026-01-07 10:00"))

    assert first_slot("call", now=MONDAY_NOON, place=UTC, rep=works) == Blocked("no_common_hour")


def test_email_pays_no_heed_to_the_rep():
    found = first_slot("email", now=MONDAY_NOON, place=UTC, rep=rep())

    assert found == slot("2026-01-06 09:00", "2026-01-06 12:00", "window")


def test_call_falls_back_to_the_working_day_only_where_the_rep_works():
    works = rep(("2026-01-05 06:00", "2026-01-05 12:30"), ("2026-01-06 15:00", "2026-01-06 23:00"))
    deadline = at("2026-01-07 10:00")  # the window opens as it strikes

    found = list(slots("call", now=MONDAY_NOON, place=UTC, deadline=deadline, rep=works))

    assert found == [
        slot("2026-01-05 12:00", "2026-01-05 12:30", "working_day"),
        slot("2026-01-06 15:00", "2026-01-06 17:00", "working_day"),
    ]


def test_reps_leave_pushes_the_call_behind_the_deadline():
    # on leave Monday to Wednesday, back on Thursday 8 January
    works = rep(("2026-01-08 08:00", "2026-01-08 16:00"))

    found = first_slot(
        "call", now=MONDAY_NOON, place=UTC, deadline=at("2026-01-07 12:00"), rep=works
    )

    assert found == slot("2026-01-08 09:00", "2026-01-08 16:00", "late")


def test_no_deadline_keeps_a_call_in_its_window_though_monday_is_common():
    works = rep(("2026-01-12 09:00", "2026-01-12 17:00"))  # window: Wednesday and Thursday

    assert first_slot("call", now=MONDAY_NOON, place=UTC, rep=works) == Blocked("no_common_hour")


@pytest.mark.parametrize(
    "now, common_day, is_found",
    [
        # ten working days from Monday 5 January: 5 to 9 and 12 to 16
        ("2026-01-05 16:59", "2026-01-16", True),
        ("2026-01-05 16:59", "2026-01-19", False),
        # Monday is over at 17:00, so the tenth day is Monday 19
        ("2026-01-05 17:00", "2026-01-19", True),
        ("2026-01-05 17:00", "2026-01-20", False),
        # from a Saturday: 12 to 16 and 19 to 23
        ("2026-01-10 03:00", "2026-01-23", True),
        ("2026-01-10 03:00", "2026-01-26", False),
    ],
)
def test_rep_and_lead_must_meet_within_ten_working_days(now, common_day, is_found):
    works = rep((f"{common_day} 14:00", f"{common_day} 15:00"))

    found = first_slot("call", now=at(now), place=UTC, deadline=at(now), rep=works)

    expected = slot(f"{common_day} 14:00", f"{common_day} 15:00", "late")
    assert found == (expected if is_found else Blocked("no_common_hour"))


def test_holidays_of_the_lead_do_not_count_among_the_ten_days():
    # from Monday 21 December 2026 in London: 21-24, 29-31 (25 and 28 are free), 4-6 January
    # (1 is free); the tenth day ends on 7 January at midnight
    assert common_until(at("2026-12-21 08:00"), Place("Europe/London", "GB")) == at("2027-01-07")


@pytest.mark.parametrize("window", [Window((), (("09:00", "12:00"),)), Window((2,), ())])
def test_window_without_hours_blocks_where_nothing_else_applies(window):
    assert first_slot("email", now=MONDAY_NOON, place=UTC, window=window) == Blocked("no_hours")


def test_window_that_starts_when_it_ends_has_no_hours():
    window = Window((1, 2), (("09:00", "09:00"),))

    assert first_slot("email", now=MONDAY_NOON, place=UTC, window=window) == Blocked("no_hours")


def test_window_without_hours_still_makes_the_deadline():
    deadline = at("2026-01-06 12:00")

    found = first_slot(
        "email", now=MONDAY_NOON, place=UTC, deadline=deadline, window=Window((), ())
    )

    assert found == slot("2026-01-05 12:00", "2026-01-05 17:00", "working_day")


def test_sixth_day_of_a_week_of_five_is_no_slot_in_a_year():
    window = Window((6,), (("09:00", "12:00"),))

    assert first_slot("email", now=MONDAY_NOON, place=UTC, window=window) == Blocked("no_slot")


def test_sixth_day_of_a_week_of_six_is_a_slot():
    window = Window((6,), (("09:00", "12:00"),))  # Iran: Saturday to Thursday

    found = first_slot("email", now=MONDAY_NOON, place=Place("Asia/Tehran", "IR"), window=window)

    # Thursday 8 January 09:00 at UTC+03:30
    assert found == slot("2026-01-08 05:30", "2026-01-08 08:30", "window")


def test_step_has_its_own_window():
    window = Window((5,), (("18:00", "20:00"),))

    found = first_slot("call", now=MONDAY_NOON, place=UTC, window=window)

    assert found == slot("2026-01-09 18:00", "2026-01-09 20:00", "window")


def test_hours_that_touch_or_overlap_are_one_slot():
    window = Window((2,), (("11:00", "13:00"), ("09:00", "11:00"), ("12:00", "14:00")))

    found = first_slot("email", now=MONDAY_NOON, place=UTC, window=window)

    assert found == slot("2026-01-06 09:00", "2026-01-06 14:00", "window")


def test_unknown_channel_is_refused():
    with pytest.raises(ValueError, match="fax"):
        first_slot("fax", now=MONDAY_NOON, place=UTC)


@pytest.mark.parametrize("hours", [("9:00", "12:00"), ("09:00", "25:00"), ("09:60", "10:00")])
def test_hours_that_no_clock_shows_are_refused(hours):
    with pytest.raises(ValueError, match="time of day"):
        Window((1,), (hours,))


@pytest.mark.parametrize("day", [0, 8])
def test_days_that_no_week_has_are_refused(day):
    with pytest.raises(ValueError, match="days 1 to 7"):
        Window((day,), (("09:00", "12:00"),))


def test_rep_time_takes_any_order_overlap_and_zone():
    berlin = dt.timezone(dt.timedelta(hours=1))
    pairs = [
        (at("2026-01-07 11:00"), at("2026-01-07 12:00")),
        (
            at("2026-01-07 10:00").replace(tzinfo=berlin),
            at("2026-01-07 12:30").replace(tzinfo=berlin),
        ),
        (at("2026-01-08 10:00"), at("2026-01-08 10:00")),
    ]

    assert RepTime(pairs) == rep(("2026-01-07 09:00", "2026-01-07 12:00"))


def test_rep_time_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="ends before"):
        rep(("2026-01-07 12:00", "2026-01-07 11:00"))
