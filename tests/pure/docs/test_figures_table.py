"""docs/figures.md names for each figure the tests that check it; here it is seen that they are."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[3]
TEXT = (REPO / "docs" / "figures.md").read_text(encoding="utf-8")

_LEGEND = re.compile(r"`(?:[\w/]+/)?(test_\w+\.py)` \((\w)\)")
_NAMED = re.compile(r"(?:\b(\w) )?`([\w.…]+)`")
_HEADS = ("figure", "case")


def get_rows(text):
    """Return ``[(section, first cell, last cell)]`` of the tables whose last column is tests."""
    rows, section, is_table = [], "", False
    for line in text.splitlines():
        if line.startswith("## "):
            section = line[3:]
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            is_table = False
        elif cells[-1] == "test" and cells[0] in _HEADS:
            is_table = True
        elif is_table and not cells[0].startswith("---"):
            rows.append((section, cells[0], cells[-1]))
    return rows


def get_missing(text, names_by_file):
    """Return what ``text`` names in its tables and is not there, with the row it stands in."""
    file_by_letter = {letter: file for file, letter in _LEGEND.findall(text)}
    missing = []
    for section, figure, cell in get_rows(text):
        file = None
        for letter, name in _NAMED.findall(cell):
            if name.endswith(".py"):
                found = name in names_by_file
            else:
                file = file_by_letter.get(letter, "?") if letter else file
                pattern = re.escape(f"test_{name}").replace("…", r"\w*")
                found = any(re.fullmatch(pattern, known) for known in names_by_file.get(file, ()))
            if not found:
                missing.append((section, figure, letter, name))
        bare = cell in (*file_by_letter, "same", "–") or cell.split(",")[0] in file_by_letter
        if not _NAMED.search(cell) and not bare:
            missing.append((section, figure, "", cell))
    return missing


@pytest.fixture(scope="module")
def names_by_file():
    names = defaultdict(list)
    for path in REPO.glob("lead_*/tests/test_*.py"):
        source = path.read_text(encoding="utf-8")
        names[path.name] += re.findall(r"^    def (test_\w+)", source, re.M)
    return names


def test_every_test_that_the_table_names_is_there(names_by_file):
    assert len(get_rows(TEXT)) > 60
    assert get_missing(TEXT, names_by_file) == []


def test_every_letter_is_of_one_file(names_by_file):
    legend = _LEGEND.findall(TEXT)

    assert len({letter for _file, letter in legend}) == len(legend)
    assert {file for file, _letter in legend} <= set(names_by_file)


def test_every_figure_stands_once_in_its_section():
    rows = [row[:2] for row in get_rows(TEXT)]

    assert [row for row in rows if rows.count(row) > 1] == []


@pytest.mark.parametrize(
    ("cell", "is_missing"),
    [
        ("a `it_is_so`", False),
        ("a `it…`", False),
        ("a `it_is_so`, `it_is_not`", False),
        ("same", False),
        ("–", False),
        ("a", False),
        ("`test_one.py`", False),
        ("a `it_is`", True),
        ("a `it_is_so`, `gone…`", True),
        ("b `it_is_so`", True),
        ("`it_is_so`", True),
        ("`test_two.py`", True),
        ("", True),
        ("somewhere", True),
    ],
)
def test_what_is_not_there_is_found(cell, is_missing):
    head = "In `test_one.py` (a):\n\n| figure | formula | test |\n|---|---|---|\n"
    text = f"{head}| Leads | all | {cell} |\n"

    found = get_missing(text, {"test_one.py": ["test_it_is_so", "test_it_is_not"]})

    assert bool(found) == is_missing
