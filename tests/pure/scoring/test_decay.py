"""Properties of fading points that no example can show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lead_scoring_tools.decay import faded_points, round_half_up, whole_days

AGES = st.lists(st.integers(0, 2000), max_size=8)


@given(AGES, st.integers(-100, 100), st.floats(0.5, 1000))
def test_order_does_not_matter(ages, points, half_life):
    assert faded_points(ages, points, half_life) == faded_points(ages[::-1], points, half_life)


@given(AGES, st.integers(0, 100), st.floats(0.5, 1000))
def test_points_only_fade(ages, points, half_life):
    older = [age + 1 for age in ages]

    assert faded_points(older, points, half_life) <= faded_points(ages, points, half_life)


@given(AGES, st.integers(0, 100), st.integers(1, 10))
def test_a_limit_never_adds(ages, points, limit):
    assert faded_points(ages, points, 30, limit) <= faded_points(ages, points, 30)


@given(st.integers(-100, 100))
def test_whole_numbers_stay(points):
    assert round_half_up(points) == points
    assert faded_points([5], points, half_life=0) == points


@given(st.floats(0, 1e9))
def test_whole_days_never_run_ahead(seconds):
    assert 0 <= whole_days(seconds) * 86400 <= seconds


def test_age_below_zero_is_refused():
    with pytest.raises(ValueError, match="below zero"):
        faded_points([-1], 5, 30)
