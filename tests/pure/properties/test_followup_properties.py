"""What holds for every moment, letter, reply and public form."""

import datetime as dt
import random
import re
from email.message import EmailMessage

import examples  # noqa: F401 - few examples, or many
from hypothesis import assume, example, given
from hypothesis import strategies as st
from lead_followup_tools import (
    answered,
    bounces,
    clock,
    forwards,
    friends,
    letters,
    public,
    replies,
    solar_hijri,
    timing,
)
from lead_followup_tools.privacy import blanking, telling
from lead_nurture_tools import mail_agents, mail_hits, opt_out_links

TEXT = st.text(max_size=200)
MOMENTS = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2029, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)
PLACES = st.sampled_from(
    [
        ("Europe/Berlin", "DE"), ("Asia/Tehran", "IR"), ("Africa/Casablanca", "MA"),
        ("America/St_Johns", "CA"), ("Australia/Lord_Howe", "AU"), ("Asia/Kathmandu", "NP"),
        ("Pacific/Kiritimati", "KI"), ("Asia/Jerusalem", "IL"), ("UTC", None),
    ]
).map(lambda pair: timing.Place(*pair))  # fmt: skip
CHANNELS = st.sampled_from(["email", "call", "task", "letter"])


@given(CHANNELS, MOMENTS, PLACES)
def test_without_a_deadline_a_touch_lies_in_its_window_and_not_before_now(channel, now, place):
    slot = timing.first_slot(channel, now=now, place=place)

    assert now <= slot.start < slot.end
    assert slot.rule == "window"
    assert timing.is_open(timing.DEFAULT_WINDOWS[channel], slot.start, place)
    assert timing.is_open(
        timing.DEFAULT_WINDOWS[channel], slot.end - dt.timedelta(seconds=1), place
    )


@given(CHANNELS, MOMENTS, PLACES, st.integers(-100, 300))
def test_what_is_not_late_begins_before_its_deadline(channel, now, place, hours):
    deadline = now + dt.timedelta(hours=hours)

    slot = timing.first_slot(channel, now=now, place=place, deadline=deadline)

    assert now <= slot.start < slot.end
    assert slot.late or slot.start < deadline
    assert 0 <= place.local(slot.start).hour < 24


@given(MOMENTS, st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Tehran"]))
def test_a_moment_goes_there_and_back(moment, tz):
    local = timing.clock.to_local(moment, tz)

    # an hour there is twice
    assert abs(timing.clock.to_utc(local, tz) - moment) <= dt.timedelta(hours=1)
    assert timing.clock.to_local(timing.clock.to_utc(local, tz), tz) == local


@given(MOMENTS, st.integers(0, 500), st.integers(0, 100))
def test_a_stage_of_a_clock_lies_between_start_and_deadline(start, hours, share):
    deadline = start + dt.timedelta(hours=hours)

    assert start <= clock.stage_moment(start, deadline, share) <= deadline
    assert abs(clock.hours_between(start, deadline) - hours) < 0.01


@given(st.integers(), st.sampled_from(["", "  ", "-"]), st.integers(0, 9), st.data())
def test_a_code_is_read_as_typed_and_one_wrong_sign_is_found(seed, mark, place, data):
    code = letters.new_code(random.Random(seed))

    assert letters.read_code(letters.format_code(code).lower()) == code
    assert letters.read_code(mark.join(code)) == code
    assert letters.find_codes(f"My code: {letters.format_code(code)}.") == [code]
    wrong = data.draw(st.sampled_from(letters.codes.ALPHABET))
    assume(wrong != code[place])
    assert letters.read_code(code[:place] + wrong + code[place + 1 :]) is None


@given(TEXT)
def test_no_text_breaks_what_reads_letters_and_mails(text):
    assert isinstance(letters.is_mistyped(text), bool)
    assert all(letters.read_code(code) == code for code in letters.find_codes(text))
    assert isinstance(replies.is_automatic({"Auto-Submitted": text}, text, text), bool)
    assert isinstance(forwards.strip_forward(text), str)
    forwards.forwarded_writer(text, forwards.plain_lines(text))
    assert isinstance(answered.answered_ids({"References": text, "In-Reply-To": text}), list)
    assert isinstance(opt_out_links.is_opt_out_address(text), bool)
    assert mail_agents.kind_of_agent(text)
    message = EmailMessage()
    message.set_content(text.encode("utf-8", "replace").decode())
    assert bounces.hard_failures(message) == set()


@given(TEXT)
def test_a_forwarded_subject_is_stripped_once_and_for_all(text):
    once = forwards.strip_forward(text)

    assert forwards.strip_forward(once) == once


@given(TEXT)
def test_what_a_stranger_typed_is_cleaned_once_and_for_all(text):
    for clean in (public.clean_line, public.clean_lines):
        assert clean(clean(text)) == clean(text)
    assert "\n" not in public.clean_line(text)
    assert isinstance(public.has_address(text), bool)
    assert not public.has_address(text) or public.has_address(text, may_be_domain=False)
    public.first_name(text)
    public.network_of(text)
    public.fault_of(text, 10)
    assert public.best_language([text], ["en_US"]) in (None, "en_US")


@given(TEXT, TEXT)
def test_one_mailbox_is_itself_and_alike_both_ways(one, other):
    assert friends.is_same_mailbox(one, other) == friends.is_same_mailbox(other, one)
    friends.read_referrer(one, "US")


@given(
    st.recursive(st.none() | st.integers() | TEXT, lambda kids: st.lists(kids, max_size=3)),
    st.text(min_size=1, max_size=12).filter(str.strip),
)
@example([], "…")
def test_a_name_taken_out_is_out_and_stays_out(value, name):
    pattern = blanking.name_pattern(name)
    told = [value, f"by {name}, {name}"]

    left = blanking.blank(told, [pattern])

    assert blanking.blank(left, [pattern]) == left
    assert name == blanking.BLANK or not re.search(pattern, left[1], re.IGNORECASE)
    telling.tell(value)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)), st.dates(dt.date(1900, 1, 1)))
def test_two_days_have_two_names(one, other):
    assume(one != other and other.year < 2200)

    assert solar_hijri.solar_day(one, "fa_IR") != solar_hijri.solar_day(other, "fa_IR")


HITS = st.lists(
    st.builds(
        mail_hits.Hit,
        at=st.floats(0, 1e6),
        link=st.none() | st.integers(1, 4),
        agent=st.sampled_from(["browser", "proxy", "scanner"]),
        is_peek=st.booleans(),
        is_trap=st.booleans(),
    ),
    max_size=12,
)


@given(HITS, st.integers(0, 5), st.none() | st.floats(0, 1e6))
def test_each_hit_has_one_grade(hits, links, sent_at):
    grades = mail_hits.grade_hits(hits, links, sent_at)

    assert len(grades) == len(hits)
    assert not grades or mail_hits.best_grade(grades) in grades
