import doctest
import json

import pytest
from lead_nurture_tools import show_figures

BAD = [
    None,
    False,
    5,
    [],
    "nonsense",
    "{}",
    "[" * 5000,
    json.dumps(["lead", 3, None]),
    json.dumps(["lead", 3, None, [], []]),
    json.dumps([["lead"], 3, None, []]),
    json.dumps([{}, 3, None, []]),
    json.dumps(["lead", "3", None, []]),
    json.dumps(["lead", 3.5, None, []]),
    json.dumps(["lead", 0, None, []]),
    json.dumps(["lead", 2**31, None, []]),
    json.dumps(["lead", 3, 20260311, []]),
    json.dumps(["lead", 3, "2026-03-11", []]),
    json.dumps(["lead", 3, "2026-13-11 00:00:00", []]),
    json.dumps(["lead", 3, ["2026-03-11 00:00:00"], []]),
    json.dumps(["lead", 3, None, None]),
    json.dumps(["lead", 3, None, "Bo"]),
    json.dumps(["lead", 3, None, [5]]),
    json.dumps(["lead", 3, None, ["B\0o"]]),
    json.dumps(["lead", 3, None, ["\ud800"]]),
]


def test_doctests():
    assert doctest.testmod(show_figures).failed == 0


@pytest.mark.parametrize("text", BAD, ids=lambda text: str(text)[:40])
def test_what_is_no_figure_is_refused(text):
    with pytest.raises(ValueError):
        show_figures.parse(text)


def test_the_largest_id_is_taken():
    assert show_figures.parse(json.dumps(["lead", 2**31 - 1, None, []]))[1] == 2**31 - 1
