"""The traps of the calendar, each worked by hand and beside its near miss."""

import datetime as dt

import pytest
from lead_followup_tools.timing import Place, Slot, Window, first_slot, slots

ANY = (1, 2, 3, 4, 5, 6, 7)
BERLIN_SUNDAYS = Place("Europe/Berlin", "SA")  # works Sunday to Thursday, on Berlin's clock


def at(text):
    return dt.datetime.fromisoformat(text)


def span(start, end, rule="window"):
    return Slot(at(start), at(end), rule)


def only(*hours, days=ANY):
    return Window(days, hours)


# Berlin 2026: 29 March 02:00 -> 03:00 (01:00 UTC), 25 October 03:00 -> 02:00 (01:00 UTC)


def test_hour_that_the_clock_skips_is_lost():
    window = only(("02:15", "02:45"), days=(1,))

    found = first_slot("email", now=at("2026-03-28 12:00"), place=BERLIN_SUNDAYS, window=window)

    # 29 March has no 02:15; the next Sunday 02:15 is 00:15 UTC, in summer time
    assert found == span("2026-04-05 00:15", "2026-04-05 00:45")


@pytest.mark.parametrize(
    "sunday, expected",
    [
        ("2026-03-15", span("2026-03-15 00:30", "2026-03-15 02:30")),  # 01:30 to 03:30 at +1
        ("2026-03-29", span("2026-03-29 00:30", "2026-03-29 01:30")),  # an hour short
        ("2026-04-05", span("2026-04-04 23:30", "2026-04-05 01:30")),  # at +2
    ],
)
def test_slot_around_the_skipped_hour_is_an_hour_short(sunday, expected):
    window = only(("01:30", "03:30"), days=(1,))
    now = at(sunday) - dt.timedelta(hours=12)

    assert first_slot("email", now=now, place=BERLIN_SUNDAYS, window=window) == expected


def test_hour_shown_twice_counts_twice():
    window = only(("02:15", "02:45"), days=(1,))

    found = slots("email", now=at("2026-10-24 12:00"), place=BERLIN_SUNDAYS, window=window)

    assert [next(found), next(found), next(found)] == [
        span("2026-10-25 00:15", "2026-10-25 00:45"),
        span("2026-10-25 01:15", "2026-10-25 01:45"),
        span("2026-11-01 01:15", "2026-11-01 01:45"),
    ]


def test_slot_around_the_doubled_hour_is_an_hour_longer():
    window = only(("01:30", "03:30"), days=(1,))

    found = first_slot("email", now=at("2026-10-24 12:00"), place=BERLIN_SUNDAYS, window=window)

    assert found == span("2026-10-24 23:30", "2026-10-25 02:30")


@pytest.mark.parametrize(
    "now, hour_utc",
    [
        ("2026-03-02 12:00", 14),  # Tuesday 3 March, New York at -5
        ("2026-03-09 12:00", 13),  # Tuesday 10 March, at -4 since the 8th
        ("2026-10-26 12:00", 13),  # Tuesday 27 October
        ("2026-11-02 12:00", 14),  # Tuesday 3 November, at -5 since the 1st
    ],
)
def test_nine_o_clock_moves_with_summer_time(now, hour_utc):
    found = first_slot("email", now=at(now), place=Place("America/New_York", "US"))

    assert (found.start.weekday(), found.start.hour) == (1, hour_utc)


@pytest.mark.parametrize(
    "tz, now, expected",
    [
        # no summer time: Phoenix is at -7 all year
        ("America/Phoenix", "2026-01-05 12:00", span("2026-01-06 16:00", "2026-01-06 19:00")),
        ("America/Phoenix", "2026-07-06 12:00", span("2026-07-07 16:00", "2026-07-07 19:00")),
        # Tehran gave it up in 2022: +4:30 in the summer before, +3:30 ever since
        ("Asia/Tehran", "2022-07-04 12:00", span("2022-07-05 04:30", "2022-07-05 07:30")),
        ("Asia/Tehran", "2026-07-06 12:00", span("2026-07-07 05:30", "2026-07-07 08:30")),
        # Casablanca: +1, but +0 in Ramadan (15 February to 22 March 2026)
        ("Africa/Casablanca", "2026-02-09 12:00", span("2026-02-10 08:00", "2026-02-10 11:00")),
        ("Africa/Casablanca", "2026-02-16 12:00", span("2026-02-17 09:00", "2026-02-17 12:00")),
        # quarters and halves of an hour; Lord Howe jumps by thirty minutes (+10:30, +11)
        ("Asia/Kathmandu", "2026-01-05 12:00", span("2026-01-06 03:15", "2026-01-06 06:15")),
        ("Asia/Kolkata", "2026-01-05 12:00", span("2026-01-06 03:30", "2026-01-06 06:30")),
        ("Australia/Lord_Howe", "2026-01-05 12:00", span("2026-01-05 22:00", "2026-01-06 01:00")),
        ("Australia/Lord_Howe", "2026-07-06 12:00", span("2026-07-06 22:30", "2026-07-07 01:30")),
        # on both sides of the date line: +14 and -11; Chatham at +13:45 in January
        ("Pacific/Kiritimati", "2026-01-05 12:00", span("2026-01-05 19:00", "2026-01-05 22:00")),
        ("Pacific/Pago_Pago", "2026-01-05 12:00", span("2026-01-06 20:00", "2026-01-06 23:00")),
        ("Pacific/Chatham", "2026-01-05 12:00", span("2026-01-05 19:15", "2026-01-05 22:15")),
        # it is Tuesday 10:00 there already, so the slot is cut
        ("Pacific/Kiritimati", "2026-01-05 20:00", span("2026-01-05 20:00", "2026-01-05 22:00")),
    ],
)
def test_tuesday_nine_to_noon_by_the_leads_clock(tz, now, expected):
    assert first_slot("email", now=at(now), place=Place(tz)) == expected


def test_day_that_samoa_skipped_has_no_hours():
    window = only(("09:00", "12:00"), days=(5,))

    found = first_slot("email", now=at("2011-12-28"), place=Place("Pacific/Apia"), window=window)

    # Friday 30 December 2011 never was; Friday 6 January 09:00 at +14
    assert found == span("2012-01-05 19:00", "2012-01-05 22:00")


@pytest.mark.parametrize(
    "tz, country, first_days",
    [
        ("Europe/Berlin", "DE", "Tue Wed Thu Tue"),
        ("Asia/Riyadh", "SA", "Mon Tue Wed Mon"),  # week Sunday to Thursday
        ("Asia/Tehran", "IR", "Sun Mon Tue Sun"),  # week Saturday to Thursday
        ("Asia/Kabul", "AF", "Sun Mon Tue Sun"),  # week Saturday to Wednesday
        ("Asia/Dubai", "AE", "Tue Wed Thu Tue"),  # Monday to Friday since 2022
    ],
)
def test_email_days_follow_the_leads_own_week(tz, country, first_days):
    place = Place(tz, country)
    now = at("2026-07-11 00:00")  # a Saturday; no holidays in the ten days after it

    found = slots("email", now=now, place=place)

    days = [place.local(next(found).start).strftime("%a") for _ in range(4)]
    assert " ".join(days) == first_days


@pytest.mark.parametrize(
    "tz, country, first_days",
    [
        ("Europe/Berlin", "DE", ["Wed", "Thu"]),
        ("Asia/Riyadh", "SA", ["Tue", "Wed"]),
        ("Asia/Tehran", "IR", ["Mon", "Tue"]),
    ],
)
def test_call_days_follow_the_leads_own_week(tz, country, first_days):
    place = Place(tz, country)

    found = slots("call", now=at("2026-07-11 00:00"), place=place)

    days = [place.local(next(found).start).strftime("%a") for _ in range(4)]
    assert days == [day for day in first_days for _ in range(2)]  # morning and afternoon


def test_saturday_is_daytime_where_it_opens_the_week():
    saturday = at("2026-07-11 05:00")  # 08:30 in Tehran

    found = first_slot("email", now=saturday, place=Place("Asia/Tehran", "IR"), deadline=saturday)

    assert found == span("2026-07-11 05:30", "2026-07-11 13:30", "late")


def test_friday_is_no_daytime_where_it_ends_the_week():
    friday = at("2026-07-10 05:00")

    found = first_slot("email", now=friday, place=Place("Asia/Tehran", "IR"), deadline=friday)

    assert found == span("2026-07-11 05:30", "2026-07-11 13:30", "late")


@pytest.mark.parametrize(
    "now, expected",
    [
        # Thursday 31 December 2026; Friday is New Year, then the weekend, then Tuesday 5 January
        ("2026-12-31 11:59", span("2026-12-31 11:59", "2026-12-31 12:00")),
        ("2026-12-31 12:00", span("2027-01-05 09:00", "2027-01-05 12:00")),
        # Tuesday 29 February 2028, from the Monday and from the last minute of it
        ("2028-02-28 12:00", span("2028-02-29 09:00", "2028-02-29 12:00")),
        ("2028-02-29 12:00", span("2028-03-01 09:00", "2028-03-01 12:00")),
        # Thursday 30 April 2026 to Tuesday 5 May
        ("2026-04-30 12:00", span("2026-05-05 09:00", "2026-05-05 12:00")),
    ],
)
def test_ends_of_months_and_years(now, expected):
    place = Place("Europe/London", "GB")
    summer = dt.timedelta(hours=now.startswith("2026-04"))

    found = first_slot("email", now=at(now), place=place)

    assert (found.start + summer, found.end + summer) == (expected.start, expected.end)


def test_holiday_is_lost_and_moves_no_other_day():
    # London, Monday 4 May 2026 is free: Tuesday stays the second day, Thursday the fourth
    place = Place("Europe/London", "GB")

    found = slots("email", now=at("2026-05-03 00:00"), place=place)

    assert [next(found).start for _ in range(3)] == [
        at("2026-05-05 08:00"),
        at("2026-05-06 08:00"),
        at("2026-05-07 08:00"),
    ]


@pytest.mark.parametrize(
    "place, start",
    [
        # Epiphany, Tuesday 6 January 2026: free in Bavaria, not in Berlin
        (Place("Europe/Berlin", "DE"), "2026-01-06 08:00"),
        (Place("Europe/Berlin", "DE", "BY"), "2026-01-07 08:00"),
        (Place("Europe/Berlin", "DE", "??"), "2026-01-06 08:00"),
        (Place("Europe/Berlin"), "2026-01-06 08:00"),
    ],
)
def test_holiday_of_the_leads_own_state(place, start):
    assert first_slot("email", now=at("2026-01-05 12:00"), place=place).start == at(start)


def test_daytime_skips_a_row_of_holidays():
    # London: 25 December 2026 (Friday) and 28 (Monday, for the 26th) are free
    thursday_evening = at("2026-12-24 17:00")

    found = first_slot(
        "email", now=thursday_evening, place=Place("Europe/London", "GB"), deadline=thursday_evening
    )

    assert found == span("2026-12-29 09:00", "2026-12-29 17:00", "late")


# Windows over midnight: Thursday 22:00 to Friday 02:00, London, winter (UTC)

NIGHT = only(("22:00", "02:00"), days=(4,))


@pytest.mark.parametrize(
    "now, expected",
    [
        ("2026-01-07 12:00", span("2026-01-08 22:00", "2026-01-09 02:00")),
        ("2026-01-09 01:00", span("2026-01-09 01:00", "2026-01-09 02:00")),  # in the night
        ("2026-01-09 02:00", span("2026-01-15 22:00", "2026-01-16 02:00")),  # as it ends
        # 25 December 2026, a Friday, is free: the night ends at midnight
        ("2026-12-24 12:00", span("2026-12-24 22:00", "2026-12-25 00:00")),
        # 1 January 2026, a Thursday, is free: its night does not begin
        ("2026-01-01 12:00", span("2026-01-08 22:00", "2026-01-09 02:00")),
    ],
)
def test_night_belongs_to_the_day_it_begins_on(now, expected):
    place = Place("Europe/London", "GB")

    assert first_slot("email", now=at(now), place=place, window=NIGHT) == expected


def test_night_before_the_weekend_runs_into_it():
    window = only(("22:00", "02:00"), days=(5,))

    found = first_slot("email", now=at("2026-01-08"), place=Place("UTC"), window=window)

    assert found == span("2026-01-09 22:00", "2026-01-10 02:00")


@pytest.mark.parametrize(
    "tz, now, expected",
    [
        ("UTC", "2026-01-05 01:00", span("2026-01-05 01:00", "2026-01-05 02:00")),
        # Monday 01:00 at -11 and at +14
        ("Pacific/Pago_Pago", "2026-01-05 12:00", span("2026-01-05 12:00", "2026-01-05 13:00")),
        ("Pacific/Kiritimati", "2026-01-04 11:00", span("2026-01-04 11:00", "2026-01-04 12:00")),
    ],
)
def test_night_of_last_week_is_still_open_on_monday(tz, now, expected):
    window = only(("22:00", "02:00"), days=(1,))  # Sunday, in a week from Sunday to Thursday

    assert first_slot("email", now=at(now), place=Place(tz, "SA"), window=window) == expected


def test_long_night_of_two_days_ago_is_still_open_west_of_the_date_line():
    window = only(("22:00", "21:00"), days=(1,))

    found = first_slot(
        "email", now=at("2026-01-06 07:00"), place=Place("Pacific/Pago_Pago", "SA"), window=window
    )

    # Monday 20:00 at -11
    assert found == span("2026-01-06 07:00", "2026-01-06 08:00")


def test_nights_that_overlap_the_next_morning_are_never_two_slots():
    window = only(("22:00", "02:00"), ("01:00", "03:00"))

    found = slots("email", now=at("2026-01-05 12:00"), place=Place("UTC"), window=window)

    assert [next(found), next(found)] == [
        span("2026-01-05 22:00", "2026-01-06 02:00"),
        span("2026-01-06 02:00", "2026-01-06 03:00"),
    ]


def test_night_over_the_jump_is_an_hour_short():
    window = only(("22:00", "04:00"))
    saturday = Place("Europe/Berlin", "IR")  # works Saturdays, on Berlin's clock

    found = slots("email", now=at("2026-03-28 12:00"), place=saturday, window=window)

    # Saturday 22:00 at +1 to Sunday 04:00 at +2
    assert next(found) == span("2026-03-28 21:00", "2026-03-29 02:00")


def test_whole_days_are_one_slot_each():
    window = only(("00:00", "24:00"))

    found = slots("letter", now=at("2026-01-08 12:00"), place=Place("UTC"), window=window)

    assert [next(found), next(found), next(found)] == [
        span("2026-01-08 12:00", "2026-01-09 00:00"),
        span("2026-01-09 00:00", "2026-01-10 00:00"),
        span("2026-01-12 00:00", "2026-01-13 00:00"),
    ]


def test_place_in_no_zone_is_refused():
    with pytest.raises(ValueError, match="Mars/Olympus"):
        Place("Mars/Olympus")
