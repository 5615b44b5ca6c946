"""The score audit's arithmetic: numbers worked by hand, and what must hold for all of them."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lead_scoring_tools.audit import (
    Group,
    Tally,
    bands,
    compare,
    expected_direction,
    is_enough,
    lift,
    lift_over_all,
    verdict,
)


@st.composite
def tallies(draw, min_leads=1):
    leads = draw(st.integers(min_leads, 500))
    return Tally(leads, draw(st.integers(0, leads)))


def test_lift_by_hand():
    # rates 30/60 = 0.5 and 20/80 = 0.25, ratio 2; 1/30 - 1/60 + 1/20 - 1/80 = 0.054167,
    # its root 0.232737, times 1.96 is 0.456165, e to it is 1.578012
    assert lift(Tally(60, 30), Tally(80, 20)) == pytest.approx((2.0, 1.267417, 3.156025), abs=1e-5)


def test_lift_with_nothing_won_on_one_side():
    # 0.5 to each: 0.5 of 31 and 12.5 of 51, ratio 0.0161290 / 0.2450980 = 0.0658065;
    # 1/0.5 - 1/31 + 1/12.5 - 1/51 = 2.0281341, root 1.4241257, times 1.96 = 2.7912864
    ratio, low, high = lift(Tally(30, 0), Tally(50, 12))

    assert ratio == pytest.approx(0.0658065, abs=1e-6)
    assert low == pytest.approx(0.0658065 / math.exp(2.7912864), abs=1e-6)
    assert high == pytest.approx(0.0658065 * math.exp(2.7912864), abs=1e-5)


def test_no_correction_where_nothing_is_zero():
    assert lift(Tally(50, 1), Tally(50, 1)).ratio == 1.0
    assert lift(Tally(40, 10), Tally(50, 10)).ratio == pytest.approx(1.25)


def test_lift_over_all_by_hand():
    # 30 of 60 beside 50 of 140: 0.5 / 0.357143 = 1.4; the wins outside are 20 / 50 = 0.4 of all;
    # the error of 0.456165 (above) times 0.4 is 0.182466, e to it is 1.200174
    assert lift_over_all(Tally(60, 30), Tally(80, 20)) == pytest.approx(
        (1.4, 1.166498, 1.680244), abs=1e-5
    )


@pytest.mark.parametrize("part, rest", [(Tally(), Tally(5, 1)), (Tally(5, 1), Tally())])
def test_a_side_without_leads_has_no_lift(part, rest):
    with pytest.raises(ValueError, match="both sides"):
        lift(part, rest)
    with pytest.raises(ValueError, match="both sides"):
        lift_over_all(part, rest)


@given(tallies(), tallies())
def test_lift_turns_round_with_its_sides(part, rest):
    there, back = lift(part, rest), lift(rest, part)

    assert there.low <= there.ratio <= there.high
    assert there.ratio * back.ratio == pytest.approx(1)
    assert there.low * back.high == pytest.approx(1)


@given(tallies(), tallies())
def test_lift_over_all_says_the_same_less_loudly(part, rest):
    beside, over = lift(part, rest), lift_over_all(part, rest)

    assert abs(math.log(over.ratio)) <= abs(math.log(beside.ratio)) + 1e-9
    assert over.high / over.low <= beside.high / beside.low + 1e-9


def test_the_interval_holds_the_truth_about_95_times_in_100():
    chance = random.Random(20260317)
    held = held_over_all = 0
    for _round in range(2000):
        part = Tally(120, sum(chance.random() < 0.30 for _lead in range(120)))
        rest = Tally(180, sum(chance.random() < 0.20 for _lead in range(180)))
        _ratio, low, high = lift(part, rest)
        held += low <= 1.5 <= high
        _ratio, low, high = lift_over_all(part, rest)
        # over all: 0.30 / ((120 * 0.30 + 180 * 0.20) / 300) = 0.30 / 0.24
        held_over_all += low <= 1.25 <= high

    assert 0.935 <= held / 2000 <= 0.965
    assert 0.935 <= held_over_all / 2000 <= 0.965


@pytest.mark.parametrize(
    "part, rest, enough",
    [
        (Tally(30, 10), Tally(30, 0), True),
        (Tally(29, 10), Tally(30, 0), False),
        (Tally(30, 10), Tally(29, 0), False),
        (Tally(30, 9), Tally(30, 0), False),
        (Tally(30, 30), Tally(30, 20), True),
        (Tally(30, 30), Tally(30, 21), False),
        (Tally(), Tally(), False),
    ],
)
def test_enough_on_both_sides_and_of_both_outcomes(part, rest, enough):
    assert is_enough(part, rest) is enough


def test_verdict_turns_where_the_interval_meets_one():
    # 40 of 100 beside 27 of 100: 1.481, times or over e^(1.96 * root(0.015 + 0.027037)) = 1.4946
    # 40 of 100 beside 26 of 100: 1.538, times or over e^(1.96 * root(0.015 + 0.028462)) = 1.5047
    assert verdict(Tally(100, 40), Tally(100, 27), 1) == "no_effect"
    assert verdict(Tally(100, 40), Tally(100, 26), 1) == "works"
    assert verdict(Tally(100, 40), Tally(100, 26), -1) == "reversed"
    assert verdict(Tally(100, 40), Tally(100, 26), 0) == "more"
    assert verdict(Tally(100, 26), Tally(100, 40), 0) == "less"


@given(tallies(), tallies(), st.sampled_from([-1, 0, 1]))
def test_verdict_of_the_other_side_is_the_mirror(part, rest, expected):
    mirror = {"more": "less", "less": "more"}
    there, back = verdict(part, rest, expected), verdict(rest, part, -expected)

    assert back == mirror.get(there, there)


def test_compared_are_those_that_did_not_need_the_points():
    had = {
        Group(1, 40, 44, 10): Tally(7, 1),  # 34 without them
        Group(1, 40, 50, 10): Tally(5, 3),  # 40 without them
        Group(1, 40, 50, 14): Tally(2, 0),  # 36 without them
        Group(1, 40, 12, 10): Tally(3, 1),  # had asked for a call
        Group(2, 60, 69, 10): Tally(4, 1),  # 59 without them
    }
    everyone = {
        Group(1, 40, 44): Tally(27, 5),
        Group(1, 40, 50): Tally(17, 5),
        Group(1, 40, 12): Tally(3, 1),
        Group(2, 60, 69): Tally(4, 1),
        Group(2, 60, 60): Tally(6, 2),
    }

    assert compare(had, everyone, points=10) == (Tally(5 + 3, 3 + 1), Tally(20 + 10 + 6, 4 + 2 + 2))


def test_beside_an_answer_stand_other_answers():
    # 15 points where the others got 11: it is four points of advantage, not fifteen
    had = {Group(1, 40, 43, 15): Tally(7, 1), Group(1, 40, 44, 15): Tally(5, 3)}
    # 3 points where they got 11: the others have eight points of advantage
    low = {Group(1, 40, 43, 3): Tally(2, 1)}
    everyone = {
        Group(1, 40, 43): Tally(20, 4),
        Group(1, 40, 44): Tally(20, 8),
        Group(1, 40, 48): Tally(9, 6),
    }

    assert compare(had, everyone, points=15, usual=11) == (
        Tally(5, 3),
        Tally(13 + 15 + 9, 3 + 5 + 6),
    )
    assert compare(low, everyone, points=3, usual=11) == (Tally(2, 1), Tally(9, 6))


def test_comparing_brings_out_what_selection_hides():
    """Two traits of 20 points, each doubling a rate of 0.2; with 40 points one is qualified.

    A third, of 30 points, does nothing but carry leads over the threshold beside one of the two.
    """
    had_good, everyone = {}, {}
    for good, other, idle in ((g, o, i) for g in (0, 1) for o in (0, 1) for i in (0, 1)):
        score = 20 * good + 20 * other + 30 * idle
        if score >= 40:
            tally = Tally(1000, round(200 * 2**good * 2**other))
            group = Group(1, 40, score)
            everyone[group] = everyone.get(group, Tally()).plus(tally)
            if good:
                had_good[group._replace(points=20)] = had_good.get(
                    group._replace(points=20), Tally()
                ).plus(tally)

    had, had_not = compare(had_good, everyone, points=20)

    # in are 110 (800 won), 101 (400), 011 (400) and 111 (800); without the trait 011 alone
    assert had_not == Tally(1000, 400)
    # of those with it, 111 has 50 without it; 110 and 101 would not have been qualified
    assert had == Tally(1000, 800)
    assert lift(had, had_not).ratio == pytest.approx(2)
    # all that had it: 2000 of 3000, a lift of 1.67
    everyone_who_had = Tally(3000, 2000)
    assert lift(everyone_who_had, had_not).ratio == pytest.approx(5 / 3)


@given(st.integers(-100, 100), st.integers(-100, 100))
def test_what_points_claim(points, usual):
    direction = expected_direction(points, usual)

    assert direction == (0 if not points else (points > usual) - (points < usual))


@given(st.dictionaries(st.integers(0, 130), tallies(), max_size=20), st.integers(1, 130))
def test_bands_lose_no_lead_and_leave_no_gap(tally_by_score, top):
    found = bands(tally_by_score, top)

    assert sum(band.tally.leads for band in found) == sum(t.leads for t in tally_by_score.values())
    assert sum(band.tally.won for band in found) == sum(t.won for t in tally_by_score.values())
    for band, following in zip(found, found[1:], strict=False):
        assert following.low == band.high + 1
    for score in tally_by_score:
        assert sum(band.low <= score <= band.high for band in found) == 1


def test_the_last_band_takes_in_the_top():
    one = Tally(1, 0)

    assert [(b.low, b.high) for b in bands({89: one, 90: one, 100: one})] == [(80, 89), (90, 100)]
    assert [(b.low, b.high) for b in bands({100: one, 117: one}, top=120)] == [
        (100, 109),
        (110, 120),
    ]
    assert [(b.low, b.high) for b in bands({95: one, 104: one}, top=80)] == [(90, 99), (100, 104)]
