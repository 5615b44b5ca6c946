import doctest

import pytest
from lead_followup_tools import friends
from lead_followup_tools.friends import is_same_mailbox, is_same_number, read_referrer


def test_doctests():
    assert doctest.testmod(friends).failed == 0


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("ANN@ample.example", "ann@ample.example", True),
        ("ann+a@ample.example", "ann+b@ample.example", True),
        ("a.nn@googlemail.com", "ann@googlemail.com", True),
        ("a.nn@ample.example", "ann@ample.example", False),  # dots count elsewhere
        ("ann@ample.example", "ann@ample.test", False),
        ("ann", "ann", False),  # no address at all
        ("", "ann@ample.example", False),
    ],
)
def test_mailboxes(one, other, is_same):
    assert is_same_mailbox(one, other) is is_same


def test_numbers_are_read_in_their_country():
    assert is_same_number("030 23125255", "+49 30 23125255", "DE")
    assert not is_same_number("030 23125255", "+49 30 23125255", "FR")
    assert not is_same_number("nothing", "nothing", "DE")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Ample, Ample Pumps", {("annample", "amplepumps")}),
        ("Ann Ample - Ample Pumps", {("annample", "amplepumps")}),
        ("Ann Ample from Ample Pumps", {("annample", "amplepumps")}),
        ("Anne-Marie Ample (Ample)", {("annemarieample", "ample")}),
        ("Ann Ample", set()),  # a name alone is nobody's in particular
        ("Ann, Ample, Pumps", set()),
        ("", set()),
    ],
)
def test_names(text, names):
    assert read_referrer(text, "US").names == names


def test_address_beats_the_rest():
    meant = read_referrer("Ann Ample <ann@ample.example>", "US")

    assert (meant.email, meant.number) == ("ann@ample.example", None)
