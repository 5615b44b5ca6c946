"""Text for spreadsheets: nothing runs, everything comes back."""

import doctest

import pytest
from lead_followup_tools import plain_cells

TEXTS = (
    "", "Ann", "O'Neill", "'tis so", "=1+1", "+49 30 2312", "-2", "@ann", "\ttab", "\rline",
    "\nline", "  =1", "'=1", "''+49", "''", "a=b", "1-2", "ann@acme.example",
)  # fmt: skip


def test_examples():
    assert doctest.testmod(plain_cells).failed == 0
    assert doctest.testmod(plain_cells).attempted == 3


@pytest.mark.parametrize("text", TEXTS)
def test_what_was_quoted_comes_back(text):
    assert plain_cells.unquoted(plain_cells.quoted(text)) == text
    assert plain_cells.unquoted(plain_cells.quoted_if_quoted(text)) == text


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_quoted_can_be_run(text):
    assert plain_cells.quoted(text).lstrip(" ")[:1] not in tuple("=+-@\t\r\n")


@pytest.mark.parametrize("text", ["Ann", "O'Neill", "a=b", "1-2", "ann@acme.example", "''"])
def test_what_is_harmless_stays_as_it_is(text):
    assert plain_cells.quoted(text) == text
