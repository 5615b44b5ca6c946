import doctest

from lead_nurture_tools import rest


def test_the_examples_hold():
    failed, tried = doctest.testmod(rest)

    assert tried >= 7
    assert failed == 0
