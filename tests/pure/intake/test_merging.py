"""Facts of a later row fill the blanks of the first and overwrite nothing."""

import lead_followup_tools.intake as intake
import pytest

FIRST = {
    "name": "Ann Bell", "first_name": None, "last_name": None, "phone": None,
    "phone_extension": None,
    "rating": "cold", "consent": None, "interest": ["Pump"], "note": "one",
    "further": {"Colour": "red"},
    "other_emails": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("later", "changed"),
    [
        ({}, {}),
        ({"phone": "+1", "phone_extension": "4"}, {"phone": "+1", "phone_extension": "4"}),
        ({"rating": "hot"}, {}),
        ({"rating": None}, {}),
        ({"consent": False}, {"consent": False}),
        ({"interest": ["pump", "Valve"]}, {"interest": ["Pump", "Valve"]}),
        ({"note": "two"}, {"note": "one\ntwo"}),
        ({"note": "one"}, {}),
        ({"note": "on"}, {"note": "one\non"}),
        ({"further": {"Colour": "blue", "Size": "L"}}, {"further": {"Colour": "red", "Size": "L"}}),
        ({"name": "ANN BELL", "first_name": "ANN", "last_name": "BELL"},
        {"first_name": "ANN", "last_name": "BELL"}),
        ({"name": "Annie Bell", "first_name": "Annie", "last_name": "Bell"}, {}),
        ({"other_emails": ["x@b.example"]}, {"other_emails": ["x@b.example"]}),
    ],
)  # fmt: skip
def test_what_a_later_row_changes(later, changed):
    assert intake.merge_values(FIRST, later) == {**FIRST, **changed}


def test_an_extension_stays_with_its_own_number():
    first = {"phone": "+1", "phone_extension": None}

    assert intake.merge_values(first, {"phone": "+2", "phone_extension": "4"}) == first


def test_merging_twice_is_merging_once():
    later = {"phone": "+1", "interest": ["Valve"], "note": "two\nlines", "further": {"Size": "L"}}
    once = intake.merge_values(FIRST, later)

    assert intake.merge_values(once, later) == once


def test_the_given_values_stay_as_they_are():
    first = {"interest": ["Pump"], "further": {}}

    intake.merge_values(first, {"interest": ["Valve"], "further": {"a": "b"}})

    assert first == {"interest": ["Pump"], "further": {}}
