"""What holds for every score, rate and turn."""

import examples  # noqa: F401 - few examples, or many
from hypothesis import example, given
from hypothesis import strategies as st
from lead_nurture_tools import planning, rest, trend
from lead_scoring_tools import audit, decay, score_lines, smoothing, turns

COUNTS = st.integers(0, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
AGES = st.lists(st.integers(0, 4000), max_size=30)
DATES = st.dates(min_value=trend.date(1990, 1, 1), max_value=trend.date(2090, 1, 1))


@given(COUNTS, st.floats(0.5, 4))
def test_wilson_bounds_lie_around_the_rate_within_0_and_1(counts, z):
    hits, tries = counts
    low, high = smoothing.wilson_interval(hits, tries, z)

    assert 0 <= low <= high <= 1
    assert not tries or low - 1e-9 <= hits / tries <= high + 1e-9


@given(COUNTS, st.floats(0, 1), st.floats(0.1, 100))
def test_a_smoothed_rate_lies_between_what_was_seen_and_what_is_usual(counts, usual, weight):
    hits, tries = counts
    seen = hits / tries if tries else usual

    rate = smoothing.smoothed_rate(hits, tries, usual, weight)

    assert min(seen, usual) - 1e-9 <= rate <= max(seen, usual) + 1e-9


@given(AGES, st.integers(-60, 60), st.floats(0.5, 400), st.randoms())
def test_faded_points_ask_for_no_order_and_never_outgrow_the_day_itself(ages, points, half, dice):
    shuffled = dice.sample(ages, len(ages))

    left = decay.faded_points(ages, points, half)

    assert left == decay.faded_points(shuffled, points, half)
    assert min(0, points * len(ages)) <= left <= max(0, points * len(ages))


@given(AGES, st.integers(1, 60), st.floats(0.5, 400), st.integers(1, 400))
def test_points_only_fade(ages, points, half_life, days):
    older = [age + days for age in ages]

    assert decay.faded_points(older, points, half_life) <= decay.faded_points(
        ages, points, half_life
    )


@given(st.lists(st.integers(-100, 100)), st.integers(0, 100), st.integers(-500, 500))
def test_lines_of_a_score_add_up(points, limit, score):
    shown = sum(points) + score_lines.limit_line(points, limit)

    assert 0 <= shown <= limit
    assert sum(points) + score_lines.unexplained(points, score) == score


@given(st.sets(st.integers(1, 50)), st.sets(st.integers(1, 60)), st.integers(1, 60))
def test_a_turn_falls_on_somebody_able_and_goes_round(members, able, last):
    members = sorted(members)
    can = [member for member in members if member in able]

    chosen = turns.next_in_turn(members, last, able)

    assert (chosen in can) if can else chosen is None
    seen = []
    for _turn in can:
        seen.append(turns.next_in_turn(members, seen[-1] if seen else last, able))
    assert sorted(seen) == can
    assert turns.least_loaded(members, {}, able) in (can or [None])
    assert turns.best_rate(members, {}, {}, able) in (can or [None])


@given(st.dictionaries(st.integers(0, 100), COUNTS, max_size=30))
def test_bands_lose_no_lead(counts_by_score):
    tallies = {score: audit.Tally(*counts) for score, counts in counts_by_score.items()}

    found = audit.bands(tallies)

    whole = audit.sum_tallies(tallies.values())
    assert audit.sum_tallies(band.tally for band in found) == whole


@given(st.lists(st.floats(-1e9, 1e9, allow_nan=False), max_size=20))
def test_shares_add_up_to_100_to_the_tenth(amounts):
    shares = planning.shares_pct(amounts)

    assert len(shares) == len(amounts)
    assert all(0 <= share <= 100 for share in shares)
    assert round(sum(shares) * 10) in ((1000,) if any(x > 0 for x in amounts) else (0,))


@given(st.floats(0, 1e12), st.floats(0, 1), st.floats(0, 1e9))
@example(1.0, 5e-324, 0.1)
@example(1e12, 1e-300, 1e-5)
def test_leads_needed_bring_the_revenue_and_one_fewer_does_not(revenue, rate, value):
    count = planning.leads_needed(revenue, rate, value)

    assert count is None or 0 <= count <= planning.MOST_LEADS
    if count and count < planning.MOST_LEADS:
        assert (count - 1) * rate * value <= revenue * (1 + 1e-6) + 1e-3


@given(DATES, st.integers(0, 600))
def test_the_next_period_follows_at_once(begin, days):
    end = begin + trend.timedelta(days=days)

    after, after_end = planning.next_period(begin, end)

    assert after == end + trend.timedelta(days=1)
    assert after_end >= after


@given(DATES, st.integers(0, 200))
def test_weeks_begin_on_mondays(day, weeks):
    monday = trend.week_start(day)

    assert monday.weekday() == 0
    assert trend.week_start(monday) == monday
    assert (monday - trend.weeks_back(day, weeks)).days == 7 * weeks


@given(DATES, st.integers(0, 60), st.integers(0, 400), st.none() | DATES)
def test_a_rest_never_ends_before_it_begins(start, months, days, look_again):
    assert rest.rest_end(start, months, days, look_again) >= start
