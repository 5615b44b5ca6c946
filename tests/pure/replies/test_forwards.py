import doctest

import pytest
from lead_followup_tools import forwards
from lead_followup_tools.forwards import forwarded_writer


def test_doctests():
    assert doctest.testmod(forwards).failed == 0


@pytest.mark.parametrize(
    ("subject", "text", "writer"),
    [
        (
            "Fwd: Pumps",
            "FYI\n\n---------- Forwarded message ---------\nFrom: Bob Best <bob@best.example>\n",
            ("Bob Best", "bob@best.example"),
        ),
        (
            "FW: Pumps",
            "From: Bob Best [mailto:bob@best.example]\nSent: Thursday",
            ("Bob Best", "bob@best.example"),
        ),
        ("WG: Pumpen", "*Von:* Best, Bob <bob@best.example>", ("Best, Bob", "bob@best.example")),
        ("TR: Pompes", "De : bob@best.example", (None, "bob@best.example")),
        ("İLT: Pompa", "Kimden: Bob Best <bob@best.example>", ("Bob Best", "bob@best.example")),
        ("Fwd: پمپ", "از: باب بست <bob@best.example>", ("باب بست", "bob@best.example")),
        ("Fwd: مضخات", "من: بوب <bob@best.example>", ("بوب", "bob@best.example")),
    ],
)
def test_whose_message_was_passed_on(subject, text, writer):
    assert forwarded_writer(subject, text) == writer


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: Pumps", "From: Bob Best <bob@best.example>"),  # an answer that quotes
        ("Forward planning", "From: Bob Best <bob@best.example>"),
        ("Fwd: Pumps", "From: the booth\nNo address here."),
        ("Fwd: Pumps", "I had it from bob@best.example"),
        ("Fwd: Pumps", "x\n" * 60 + "From: Bob Best <bob@best.example>"),  # far below
        ("", ""),
    ],
)
def test_nothing_was_passed_on(subject, text):
    assert forwarded_writer(subject, text) is None
