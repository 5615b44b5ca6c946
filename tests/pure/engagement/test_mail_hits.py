"""Hits of people and of programs, each beside what differs by a hair."""

import time

import pytest
from lead_nurture_tools.mail_agents import kind_of_agent
from lead_nurture_tools.mail_hits import Hit, grade_hits


def test_a_click_ten_seconds_after_sending_is_plausible():
    assert grade_hits([Hit(9.9, "a"), Hit(10, "a")], 5, sent_at=0) == ["machine", "human"]


def test_a_click_before_the_mail_was_taken_is_a_machines():
    assert grade_hits([Hit(-1, "a")], 5, sent_at=0) == ["machine"]


def test_three_of_four_links_within_seconds_are_not_nearly_all():
    # 0.8 × 4 = 3.2, so all four are asked for
    three = [Hit(60, "a"), Hit(63, "b"), Hit(66, "c")]

    assert grade_hits(three, 4) == ["human"] * 3
    assert grade_hits([*three, Hit(70, "d")], 4) == ["machine"] * 4
    assert grade_hits([*three, Hit(70.1, "d")], 4) == ["human"] * 4


def test_the_same_link_again_and_again_is_no_burst():
    assert grade_hits([Hit(60, "a"), Hit(61, "a"), Hit(62, "a")], 3) == ["human"] * 3


def test_five_links_at_once_are_a_machines_in_the_longest_mail():
    hits = [Hit(60 + 2 * number, number) for number in range(5)]

    assert grade_hits(hits, 40) == ["machine"] * 5
    assert grade_hits(hits[:4], 40) == ["human"] * 4


def test_a_single_link_is_no_burst():
    assert grade_hits([Hit(60, "a")], 1) == ["human"]


def test_the_only_link_within_a_minute_of_sending_may_be_a_scanners():
    assert grade_hits([Hit(15, "a")], 1, sent_at=0) == ["doubtful"]
    assert grade_hits([Hit(59.9, "a"), Hit(60, "a")], 1, sent_at=0) == ["doubtful", "human"]
    assert grade_hits([Hit(15, "a")], 2, sent_at=0) == ["human"]
    assert grade_hits([Hit(15)], 1, sent_at=0) == ["human"]


def test_two_of_many_links_within_a_second_are_doubtful():
    assert grade_hits([Hit(60, "a"), Hit(61, "b")], 8) == ["doubtful"] * 2
    assert grade_hits([Hit(60, "a"), Hit(61.1, "b")], 8) == ["human"] * 2
    assert grade_hits([Hit(60, "a"), Hit(60, "a")], 8) == ["human"] * 2
    assert grade_hits([Hit(60, "a"), Hit(60)], 8) == ["human"] * 2


def test_a_burst_is_counted_whichever_of_its_links_began_it():
    # the last is within ten seconds of the third to fifth: with them it makes four of five
    hits = [Hit(at, link) for at, link in zip((60, 62, 65, 68, 72), "abcde", strict=True)]

    assert grade_hits(hits, 5) == ["machine"] * 5
    assert grade_hits([*hits[:3], *hits[4:]], 5) == ["human"] * 4


def test_thousands_of_hits_are_judged_at_once():
    hits = [Hit(60 + number // 100, number % 8) for number in range(5000)]

    began = time.process_time()
    assert grade_hits(hits, 8) == ["machine"] * 5000
    assert time.process_time() - began < 5


def test_whoever_follows_a_trap_follows_its_neighbours_as_a_machine():
    hits = [Hit(60, "a"), Hit(65, "opt-out", is_trap=True), Hit(76, "a")]

    assert grade_hits(hits, 5) == ["machine", "machine", "human"]


def test_an_opening_within_a_burst_of_clicks_is_judged_by_itself():
    hits = [Hit(60), Hit(60, "a"), Hit(61, "b"), Hit(62, "c")]

    assert grade_hits(hits, 3) == ["human", "machine", "machine", "machine"]


def test_no_hits_no_grades():
    assert grade_hits([], 3) == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148", "browser"),
        ("Mozilla/5.0 (Linux; Android 14; CUBOT X70) Chrome/130 Mobile", "browser"),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "scanner"),
        ("Mozilla/5.0 HeadlessChrome/130.0", "scanner"),
        ("curl/8.5.0", "scanner"),
        ("YahooMailProxy; https://help.yahoo.com/", "relay"),
    ],
)
def test_programs_by_their_names(name, kind):
    assert kind_of_agent(name) == kind
