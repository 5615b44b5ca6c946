"""A row as a whole: reasons, flags, further answers, and what the options change."""

import datetime

import lead_followup_tools.intake as intake
import pytest

GERMAN = intake.Options(default_country="DE", tz="Europe/Berlin", date_order="DMY")


def judge(cells: dict[str, str], options=GERMAN, faults=(), **headings) -> intake.JudgedRow:
    """Judge one row given by field; a key that is no field is a heading left unmapped."""
    fields = [key if key in intake.FIELDS else None for key in cells]
    texts = [headings.get(key, key) for key in cells]
    source = intake.SourceRow(7, list(cells.values()), faults)
    return intake.judge_row(source, fields, texts, options)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"email": "ann@acme.example"}, None),
        ({"phone": "030 23125108"}, None),
        ({"mobile": "030 23125108"}, None),
        ({"other_email": "ann@acme.example"}, None),
        ({"name": "Ann Bell", "company": "Acme"}, None),
        ({"last_name": "Bell", "company": "Acme"}, None),
        ({"name": "Ann Bell"}, "no_contact"),
        ({"company": "Acme"}, "no_contact"),
        ({"name": "Ann Bell", "email": "n/a", "phone": "none"}, "no_contact"),
        ({"name": "Ann Bell", "email": "ann.at.acme", "phone": "see card"}, "no_contact"),
        ({"name": "n/a", "company": "Acme"}, "no_contact"),
        ({"name": "Ann Bell", "company": "-"}, "no_contact"),
        ({}, "no_contact"),
    ],
)
def test_who_can_become_a_lead(cells, reason):
    assert judge(cells).reason == reason


def test_every_key_is_there_and_blank_is_none():
    values = judge({"email": "ann@acme.example"}).values

    assert values["email"] == "ann@acme.example"
    assert {key: value for key, value in values.items() if value is not None} == {
        "email": "ann@acme.example", "other_emails": [], "interest": [], "further": {},
    }  # fmt: skip


def test_the_rows_own_country_reads_its_phone():
    own = judge({"country": "Frankreich", "phone": "01 99 00 01 01"})
    default = judge({"country": "", "phone": "030 23125108"})
    unknown = judge({"country": "Atlantis", "phone": "030 23125108"})

    assert (own.values["country_code"], own.values["phone"]) == ("FR", "+33199000101")
    assert (default.values["country_code"], default.values["phone"]) == (None, "+493023125108")
    assert unknown.flags == ["unknown_country"]
    assert unknown.values["further"] == {"country": "Atlantis"}


def test_a_second_number_goes_to_the_free_field_and_a_third_is_kept():
    two = judge({"phone": "030 23125108 / 030 23125101"})
    three = judge({"phone": "030 23125108; 030 23125101", "mobile": "030 23125122"})

    assert (two.values["phone"], two.values["mobile"]) == ("+493023125108", "+493023125101")
    assert three.values["mobile"] == "+493023125122"
    assert three.values["further"] == {"Other phones": "+493023125101"}


def test_one_bad_number_beside_a_good_one_is_flagged():
    row = judge({"phone": "see card", "mobile": "030 23125108"})

    assert (row.flags, row.values["mobile"]) == (["invalid_phone"], "+493023125108")


def test_answers_that_have_no_code_are_kept():
    row = judge(
        {
            "email": "a@b.example",
            "budget": "ask the boss",
            "rating": "7",
            "Shoe size": "44",
            "Status": "open",
        },
        budget="Your budget?",
    )

    assert row.values["budget"] is None
    assert row.values["further"] == {
        "Your budget?": "ask the boss",
        "rating": "7",
        "Shoe size": "44",
    }


@pytest.mark.parametrize(
    ("heading", "answer", "consent"),
    [
        ("OK to email?", "Yes", True),
        ("OK to email?", "No", False),
        ("OK to email?", "", None),
        ("Do not email", "Yes", False),
        ("Do not email", "No", True),
        ("Do not email", "", None),
        ("Opt-out", "x", False),
    ],
)
def test_consent_in_both_polarities(heading, answer, consent):
    row = judge({"email": "a@b.example", "consent": answer}, consent=heading)

    assert row.values["consent"] is consent


def test_date_and_time_in_two_columns():
    row = judge({"email": "a@b.example", "scanned_at": "20.04.2026", "scanned_time": "09:40"})
    sheet = judge(
        {"email": "a@b.example", "scanned_at": "2026-04-20 00:00:00", "scanned_time": "9:40"}
    )

    assert row.values["scanned_at"] == datetime.datetime(2026, 4, 20, 7, 40)
    assert sheet.values["scanned_at"] == datetime.datetime(2026, 4, 20, 7, 40)


def test_a_heading_that_says_utc_is_believed():
    cells = {"email": "a@b.example", "scanned_at": "20.04.2026 09:40"}

    told = judge(cells, scanned_at="Captured On (UTC)")
    untold = judge(cells, scanned_at="Captured On")

    assert told.values["scanned_at"] == datetime.datetime(2026, 4, 20, 9, 40)
    assert untold.values["scanned_at"] == datetime.datetime(2026, 4, 20, 7, 40)


def test_a_date_that_is_none_is_flagged_and_kept():
    row = judge({"email": "a@b.example", "scanned_at": "last Tuesday"})

    assert (row.flags, row.values["scanned_at"]) == (["invalid_date"], None)
    assert row.values["further"] == {"scanned_at": "last Tuesday"}


def test_several_notes_are_joined():
    source = intake.SourceRow(1, ["a@b.example", "one\r\ntwo", "three"])

    row = intake.judge_row(source, ["email", "note", "note"], ["E", "N", "M"], GERMAN)

    assert row.values["note"] == "one\ntwo\nthree"


def test_a_form_of_address_in_the_job_column_is_moved():
    row = judge({"email": "a@b.example", "job_title": "Mrs."})

    assert (row.values["salutation"], row.values["job_title"]) == ("Mrs.", None)


def test_the_ticket_goes_before_the_job():
    options = intake.Options(competitors=("Rivalworks Inc.",))
    cells = {"email": "a@b.example", "company": "Rivalworks", "job_title": "Journalist"}

    assert judge({**cells, "attendee_type": "Student"}, options).values["visitor_kind"] == "student"
    assert (
        judge({**cells, "attendee_type": "Visitor"}, options).values["visitor_kind"] == "competitor"
    )
    assert judge(cells).flags == ["not_a_buyer:press"]


def test_faults_of_the_file_become_flags():
    row = judge({"email": "a@b.example"}, faults=("short_row", "formula_cell"))

    assert row.flags == ["short_row", "formula_cell"]


def test_stray_cells_are_kept():
    source = intake.SourceRow(1, ["a@b.example", "", "stray"], ("long_row",))

    row = intake.judge_row(source, ["email"], ["E-mail"], GERMAN)

    assert (row.flags, row.values["further"]) == (["long_row"], {"Column 3": "stray"})


def test_control_characters_never_reach_a_value():
    row = judge(
        {"email": "a@b.example", "name": "Ann\x0b \x1fBell", "note": "x\x07y", "Colour": "re\x08d"}
    )

    assert (row.values["name"], row.values["note"]) == ("Ann Bell", "xy")
    assert row.values["further"] == {"Colour": "red"}


@pytest.mark.parametrize(
    ("code", "country", "shown"),
    [
        ("4109", "DE", "04109"),
        ("1010", "AT", "1010"),
        ("2108", "US", "02108"),
        ("LS1 4AP", "GB", "LS1 4AP"),
    ],
)
def test_postal_codes_get_their_zero_back(code, country, shown):
    assert judge({"email": "a@b.example", "zip": code, "country": country}).values["zip"] == shown
