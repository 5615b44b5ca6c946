"""What a remark says that was not said before."""

import pytest
from lead_followup_tools.intake import new_lines


@pytest.mark.parametrize("text", [None, "", " \n \n"])
def test_nothing_said_is_nothing_new(text):
    assert new_lines(text, ["Wants a quote"]) == ""


def test_lines_keep_their_order_and_known_ones_go():
    known = ["Tall", "CALL  on monday\nWants a quote"]

    assert new_lines("Wants 40 pumps\nCall on Monday\nTall, too", known) == (
        "Wants 40 pumps\nTall, too"
    )


def test_letter_forms_do_not_make_a_line_new():
    assert new_lines("Çarşamba günü ara", ["çarsamba gunu ARA"]) == ""


def test_part_of_a_known_line_is_new():
    assert new_lines("Wants a quote", ["Wants a quote for 40 pumps"]) == "Wants a quote"
