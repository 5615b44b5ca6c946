import doctest

from lead_nurture_tools import trend


def test_the_examples_hold():
    failed, tried = doctest.testmod(trend)

    assert tried >= 4
    assert failed == 0
