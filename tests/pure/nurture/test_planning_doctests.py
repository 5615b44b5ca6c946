import doctest

from lead_nurture_tools import planning


def test_the_examples_hold():
    failed, tried = doctest.testmod(planning)

    assert tried >= 13
    assert failed == 0


def test_shares_of_many_add_up():
    shares = planning.shares_pct([1] * 7)

    assert round(sum(shares), 6) == 100
    assert max(shares) - min(shares) <= 0.1001
