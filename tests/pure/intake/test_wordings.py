"""Headings in words nobody has put in the dictionary are met by its rules."""

import pytest
from lead_followup_tools.intake.heading_match import heading_points
from wordings import OTHERS, WORDINGS

# Settled by the contents and the other columns, so as good as the field itself.
ALSO = {
    "first_name": {"bare_name"},
    "last_name": {"bare_name"},
    "job_title": {"bare_title"},
    "salutation": {"bare_title"},
}


def phrases(text: str) -> list[str]:
    return [one.strip() for line in text.splitlines() for one in line.split("|") if one.strip()]


@pytest.mark.parametrize("field", WORDINGS)
def test_what_people_write_is_understood(field):
    missed = {}
    for heading in phrases(WORDINGS[field]):
        points = heading_points(heading)
        best = {one for one, value in points.items() if value == max(points.values())}
        if not best & ({field} | ALSO.get(field, set())):
            missed[heading] = dict(points)

    assert missed == {}


def test_headings_that_mean_something_else_are_no_field_of_a_lead():
    taken = {heading: set(heading_points(heading)) for heading in phrases(OTHERS)}

    assert {
        heading: fields for heading, fields in taken.items() if fields - {"kept", "ignored"}
    } == {}
