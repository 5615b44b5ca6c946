"""One person is one person, by exactly three keys; look-alikes stay apart."""

import itertools

import lead_followup_tools.intake as intake
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

A, B = "a@acme.example", "b@acme.example"
P, Q = "+12025550111", "+12025550112"


def row(
    number=1, name="Ann Bell", company="Acme", email=None, phone=None, mobile=None, reason=None
):
    values = {"name": name, "company": company, "email": email, "phone": phone, "mobile": mobile}
    return intake.JudgedRow(number, values, reason=reason)


def rule_of(first: dict, second: dict) -> str | None:
    """Return the rule that makes two rows one, None where they stay two; both ways round."""
    there = intake.match_rows([row(1, **first), row(2, **second)])
    back = intake.match_rows([row(1, **second), row(2, **first)])

    assert there == back
    return there[2].rule if there else None


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        ({"email": A}, {"email": A}, "email"),
        ({"email": A, "name": "Cy Fox", "company": "Birch"}, {"email": A.upper()}, "email"),
        ({"email": A, "phone": P}, {"email": B, "phone": P}, None),
        ({"email": A}, {"email": B}, None),
        ({"email": A, "phone": P}, {"phone": P}, "phone"),
        ({"phone": P}, {"phone": P}, "phone"),
        ({"email": A, "mobile": P}, {"phone": P, "company": "Birch"}, "phone"),
        ({"email": A, "phone": P}, {"phone": P, "name": "Bo Day"}, None),
        ({"email": A, "phone": P}, {"phone": Q}, None),
        ({"email": A}, {}, "name_company"),
        ({"phone": P}, {}, "name_company"),
        ({}, {}, "name_company"),
        ({"email": A}, {"phone": P}, None),
        ({"email": A}, {"company": "Birch"}, None),
        ({"email": A}, {"name": "Bo Day"}, None),
        ({"email": A, "company": None}, {"company": None}, None),
        ({"name": "NAZLI TAŞ", "company": "IŞIK A.Ş."},
        {"name": "Nazlı Taş", "company": "Işık A.Ş.", "email": A},
         "name_company"),
        ({"name": "علي كريمي"}, {"name": "علی کریمی", "email": A}, "name_company"),
        ({"name": "ستوده‌فر"}, {"name": "ستوده فر", "email": A}, "name_company"),
        ({"name": "  Ann   Bell "}, {"name": "ANN BELL", "email": A}, "name_company"),
        ({"name": "Käthe Weiß"}, {"name": "KÄTHE WEISS", "email": A}, "name_company"),
        ({"name": "Ann O’Dell"}, {"name": "Ann O'Dell", "email": A}, "name_company"),
        ({"name": "Ann Bell"}, {"name": "Bell Ann", "email": A}, None),
        ({"company": "Acme Ltd"}, {"company": "Acme", "email": A}, None),
    ],
)  # fmt: skip
def test_two_rows(first, second, rule):
    assert rule_of(first, second) == rule


def test_the_first_row_is_kept_whichever_key_joins():
    rows = [row(3), row(5, email=A), row(8, email=A.upper()), row(9, email=B, name="Bo Day")]

    assert intake.match_rows(rows) == {
        5: intake.Match(3, "name_company"),
        8: intake.Match(3, "email"),
    }


def test_rejected_rows_take_no_part():
    assert intake.match_rows([row(1, reason="no_contact"), row(2, email=A)]) == {}


def test_a_bare_row_joins_one_of_two_people_and_never_makes_them_one():
    rows = [row(1, email=A), row(2, email=B), row(3)]

    assert intake.match_rows(rows) == {3: intake.Match(1, "name_company")}


def test_a_row_without_address_joins_two_people_by_neither_number():
    rows = [row(1, email=A, phone=P), row(2, email=B, phone=Q), row(3, phone=P, mobile=Q)]

    assert intake.match_rows(rows) == {3: intake.Match(1, "phone")}


PEOPLE = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Ann Bell", "Bo Day"]),
        "company": st.sampled_from(["Acme", None]),
        "email": st.sampled_from([A, B, None, None]),
        "phone": st.sampled_from([P, Q, None, None]),
    }
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PEOPLE, min_size=2, max_size=5))
def test_the_number_of_people_does_not_hang_on_the_order(people):
    counts = {
        len(intake.match_rows([row(number, **one) for number, one in enumerate(order, 1)]))
        for order in itertools.islice(itertools.permutations(people), 24)
    }

    assert len(counts) == 1


@settings(max_examples=150, deadline=None)
@given(st.lists(PEOPLE, min_size=2, max_size=8))
def test_two_addresses_are_never_one_person(people):
    rows = [row(number, **one) for number, one in enumerate(people, 1)]
    matches = intake.match_rows(rows)
    addresses: dict[int, set[str]] = {}
    for one in rows:
        keep = matches[one.number].keep if one.number in matches else one.number
        addresses.setdefault(keep, set()).update(filter(None, [one.values["email"]]))

    assert all(len(found) <= 1 for found in addresses.values())
    assert all(
        match.keep < number and match.keep not in matches for number, match in matches.items()
    )
