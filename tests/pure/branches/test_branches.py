"""Conditions of a cadence's steps, each word beside its near miss."""

import doctest

import pytest
from lead_followup_tools import branches
from lead_followup_tools.branches import Source, Verdict, judge

HOLDS, FAILS = Verdict(True, True), Verdict(False, True)
SO_FAR, NOT_SO_FAR, UNKNOWN = Verdict(True, False), Verdict(False, False), Verdict(None, False)


def source(state, *words):
    return Source(state, frozenset(words))


@pytest.mark.parametrize(
    "word, looked_at, expected",
    [
        ("no_answer", source("made", "no_answer"), HOLDS),
        ("no_answer", source("made", "later"), FAILS),
        ("no_answer", source("made", "unknown"), FAILS),
        ("no_answer", source("made"), FAILS),
        ("unknown", source("made", "unknown"), HOLDS),
        ("wrong_number", source("made", "no_answer"), FAILS),
        # what may come late is not known by its absence
        ("bounced", source("made", "bounced"), HOLDS),
        ("bounced", source("made"), NOT_SO_FAR),
        ("bounced", source("doubtful"), NOT_SO_FAR),
        ("clicked", source("made", "clicked", "opened"), HOLDS),
        ("clicked", source("made", "opened"), NOT_SO_FAR),
        ("opened", source("made", "opened"), HOLDS),
        ("not_clicked", source("made"), SO_FAR),
        ("not_clicked", source("made", "opened"), SO_FAR),
        ("not_clicked", source("made", "clicked"), FAILS),
        # a mail that never went out was not "not clicked"
        ("not_clicked", source("not_made"), FAILS),
        ("not_made", source("not_made"), HOLDS),
        ("not_made", source("made"), FAILS),
        ("not_made", source("doubtful"), FAILS),
        ("not_made", source("skipped"), FAILS),
        ("no_answer", source("skipped"), FAILS),
        ("no_answer", source("not_made"), FAILS),
        ("no_answer", source("open"), UNKNOWN),
        ("not_made", source("open"), UNKNOWN),
        ("not_clicked", source("open"), UNKNOWN),
        ("no_answer", None, FAILS),
        ("not_made", None, FAILS),
        ("not_clicked", None, FAILS),
    ],
)
def test_each_word_is_judged(word, looked_at, expected):
    assert judge(word, looked_at) == expected


def test_examples_hold():
    assert doctest.testmod(branches).failed == 0
