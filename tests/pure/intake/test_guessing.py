"""What the file decides is filled in; what it cannot decide is asked."""

import lead_followup_tools.intake as intake
import pytest
from rewriting import as_text


def guess(column: str, cells: list[str], field: str, options=None):
    rows = [["Company", column], *(["Acme", cell] for cell in cells)]
    table = intake.read_table(as_text(rows).encode(), has_headings=True)
    return intake.guess_options(
        table, [None, field], options or intake.Options(default_country="US")
    )


@pytest.mark.parametrize(
    ("cells", "order", "questions"),
    [
        (["03/17/2026", "03/04/2026"], "MDY", []),
        (["17/03/2026", "03/04/2026"], "DMY", []),
        (["20.04.2026 09:40"], "DMY", []),
        (["2026-03-17", "2026-03-04"], "YMD", []),
        (["03/04/2026", "05/06/2026"], None, ["date_order"]),
        (["03/17/2026", "17/03/2026"], None, ["date_order"]),
        (["17 March 2026"], None, []),
        (["04/04/2026", "05/05/2026"], None, []),
        (["03.04.2026", "05.06.2026"], "DMY", []),
        (["3.17.2026", "3.4.2026"], "MDY", []),
        (["03-04-2026", "05-06-2026"], None, ["date_order"]),
        (["46099.5"], None, []),
    ],
)
def test_date_order(cells, order, questions):
    options, asked = guess("Date", cells, "scanned_at")

    assert (options.date_order, asked) == (order, questions)


def test_what_the_user_chose_stays():
    chosen = intake.Options(default_country="FR", date_order="DMY", rating_scale="1_best")

    options, asked = guess("Date", ["03/17/2026"], "scanned_at", chosen)

    assert (options, asked) == (chosen, [])


def test_solar_years_tell_the_calendar():
    assert guess("Date", ["1405/02/12"], "scanned_at")[0].calendar == "jalali"
    assert guess("Date", ["2026/02/12"], "scanned_at")[0].calendar == "gregorian"


@pytest.mark.parametrize(
    ("heading", "cells", "scale", "questions"),
    [
        ("Interest (1-5)", ["1", "5", "3"], "5_best", []),
        ("Stars", ["1", "5", "3"], "5_best", []),
        ("Priority", ["1", "5", "3"], "1_best", []),
        ("Rating (1 = best)", ["1", "5", "3"], "1_best", []),
        ("Rating", ["1", "5", "3"], "auto", ["rating_scale"]),
        ("Rating", ["hot", "cold", "warm"], "auto", []),
    ],
)
def test_rating_scale(heading, cells, scale, questions):
    options, asked = guess(heading, cells, "rating")

    assert (options.rating_scale, asked) == (scale, questions)


@pytest.mark.parametrize(
    ("field", "cells", "country", "questions"),
    [
        ("country", ["Germany", "DE", "France"], "DE", []),
        ("country", ["Germany", "France"], None, []),
        ("phone", ["030 23125108"], None, ["default_country"]),
        ("phone", ["+49 30 23125108", "0049 30 23125101"], None, []),
    ],
)
def test_default_country(field, cells, country, questions):
    options, asked = guess("Heading", cells, field, intake.Options())

    assert (options.default_country, asked) == (country, questions)
