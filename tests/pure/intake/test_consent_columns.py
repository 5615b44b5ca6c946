"""Several columns that speak of consent, and headings of e-mail without an address below."""

import lead_followup_tools.intake as intake
import pytest
from rewriting import as_text


def judged(headings, *rows):
    """Return the fields of columns after name and e-mail, and the judged rows."""
    people = [[f"Ann Bell{n}", f"p{n}@a.example", *row] for n, row in enumerate(rows)]
    table = intake.read_table(as_text([["Name", "E-mail", *headings], *people]).encode())
    fields = intake.suggest_fields(table)
    options = intake.Options(default_country="US")
    rows = [intake.judge_row(row, fields, table.headings, options) for row in table.rows]
    return fields[2:], rows


def test_one_refusal_among_several_columns_is_enough():
    fields, rows = judged(
        ["Opt-out", "GDPR consent"], ["0", "N"], ["1", "Y"], ["0", "Y"], ["0", ""], ["", "ask her"]
    )

    assert fields == ["consent", "consent"]
    assert [row.values["consent"] for row in rows] == [False, False, True, None, None]
    assert [row.values["further"] for row in rows] == [{}, {}, {}, {}, {"GDPR consent": "ask her"}]


@pytest.mark.parametrize("count", [1, 4])
def test_a_status_that_says_subscribed_is_consent(count):
    fields, rows = judged(["Email status"], *[["subscribed"], ["unsubscribed"]] * count)

    assert fields == ["consent"]
    assert [row.values["consent"] for row in rows] == [True, False] * count
    assert not any(row.flags for row in rows)


@pytest.mark.parametrize("count", [1, 4])
def test_a_status_that_says_something_else_is_kept(count):
    fields, rows = judged(["Email status"], *[["delivered"], ["bounced"]] * count)

    assert fields == [None]
    assert rows[1].values["further"] == {"Email status": "bounced"}
    assert not any(row.flags for row in rows)


def test_a_second_address_stays_one():
    fields, rows = judged(["Other email"], ["ann@b.example"], [""])

    assert fields == ["other_email"]
    assert rows[0].values["other_emails"] == ["ann@b.example"]
