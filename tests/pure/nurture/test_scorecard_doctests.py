import doctest

from lead_nurture_tools import scorecard, show_series


def test_the_examples_of_a_scorecard_hold():
    failed, tried = doctest.testmod(scorecard)

    assert tried >= 7
    assert failed == 0


def test_the_examples_of_a_series_of_shows_hold():
    failed, tried = doctest.testmod(show_series)

    assert tried >= 6
    assert failed == 0
