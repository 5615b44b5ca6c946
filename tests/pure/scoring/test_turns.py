"""Choosing among people: fair over time, and never one who can't."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lead_scoring_tools.score_lines import limit_line
from lead_scoring_tools.smoothing import smoothed_rate, wilson_interval
from lead_scoring_tools.turns import best_rate, least_loaded, next_in_turn

MEMBERS = st.lists(st.integers(1, 50), unique=True, max_size=8)


@given(MEMBERS, st.data())
def test_only_able_members_are_chosen(members, data):
    able = set(data.draw(st.lists(st.sampled_from(members)) if members else st.just([])))
    last = data.draw(st.sampled_from([*members, None, 99]))

    for chosen in (
        next_in_turn(members, last, able),
        least_loaded(members, {}, able),
        best_rate(members, {}, {}, able),
    ):
        assert chosen in able if able else chosen is None


@given(MEMBERS.filter(bool), st.integers(1, 5))
def test_turns_are_fair(members, rounds):
    last, count = None, dict.fromkeys(members, 0)
    for _turn in range(rounds * len(members)):
        last = next_in_turn(members, last, set(members))
        count[last] += 1

    assert set(count.values()) == {rounds}


@given(st.lists(st.integers(-100, 100), max_size=20), st.integers(0, 100))
def test_limited_sum_lies_in_bounds(points, limit):
    total = sum(points) + limit_line(points, limit)

    assert 0 <= total <= limit


@given(st.integers(0, 500), st.integers(0, 500), st.floats(0, 1))
def test_smoothed_rate_lies_between_seen_and_usual(hits, misses, usual):
    tries = hits + misses
    seen = hits / tries if tries else usual
    rate = smoothed_rate(hits, tries, usual)
    low, high = wilson_interval(hits, tries)

    assert min(seen, usual) - 1e-9 <= rate <= max(seen, usual) + 1e-9
    assert 0 <= low <= high <= 1


def test_more_hits_than_tries_is_refused():
    with pytest.raises(ValueError, match="between 0 and tries"):
        smoothed_rate(3, 2, 0.5)
