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
        ("Do not email", "No", None),
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


def test_a_date_that_reads_both_ways_is_flagged_until_somebody_says():
    cells = {"email": "ann@acme.example", "scanned_at": "03/04/2026"}
    unsaid = judge(cells, intake.Options(default_country="DE"))

    assert unsaid.flags == ["ambiguous_date"]
    assert unsaid.values["scanned_at"] == datetime.datetime(2026, 4, 3)
    assert judge(cells).flags == []
    assert judge({**cells, "scanned_at": "17/03/2026"}, intake.Options()).flags == []
    assert judge({**cells, "scanned_at": "04/04/2026"}, intake.Options()).flags == []


def judge_columns(*columns: tuple[str, str, str]) -> intake.JudgedRow:
    """Judge one row given as (field, heading, cell), a field maybe more than once."""
    fields, headings, cells = zip(*columns, strict=True)
    row = intake.SourceRow(1, list(cells))
    return intake.judge_row(row, [field or None for field in fields], headings, GERMAN)


def test_two_columns_for_one_field_lose_nothing():
    values = judge_columns(
        ("company", "Firma", "Acme"), ("company", "Konzern", "Acme Holding"),
        ("city", "Ort", ""), ("city", "Stadt", "Leeds"),
        ("job_title", "Funktion", "Buyer"), ("job_title", "Position", "BUYER"),
        ("email", "E-Mail", "ann@acme.example"), ("email", "Mail", "bell@acme.example"),
        ("phone", "Tel", "030 23125108"), ("phone", "Tel", "030 23125109"),
        ("phone", "Tel", "030 23125110"),
        ("note", "Notiz", "one"), ("note", "Text", "two"),
    ).values  # fmt: skip

    assert (values["company"], values["city"], values["job_title"]) == ("Acme", "Leeds", "Buyer")
    assert (values["email"], values["other_emails"]) == ("ann@acme.example", ["bell@acme.example"])
    assert (values["phone"], values["mobile"]) == ("+493023125108", "+493023125109")
    assert values["note"] == "one\ntwo"
    assert values["further"] == {"Konzern": "Acme Holding", "Other phones": "+493023125110"}


def test_answers_below_headings_that_are_alike_are_both_kept():
    row = judge_columns(
        ("email", "E-Mail", "ann@acme.example"), ("", "Answer", "red"), ("", "Answer", "large"),
        ("", "", "no heading"), ("", "Answer", "red"),
    )  # fmt: skip

    assert row.values["further"] == {"Answer": "red; large", "Column 4": "no heading"}


def test_contacts_that_cannot_be_used_stay_readable():
    row = judge(
        {"name": "Ann Bell", "company": "Acme", "email": "ann.at.acme", "phone": "ask at reception"}
    )

    assert row.flags == ["invalid_email", "invalid_phone"]
    assert row.values["further"] == {"email": "ann.at.acme", "phone": "ask at reception"}


@pytest.mark.parametrize(
    ("date", "time", "moment", "further"),
    [
        ("2026-03-17", "9:40", "2026-03-17T08:40:00", {}),
        ("2026-03-17 00:00:00", "0.4875", "2026-03-17T10:42:00", {}),
        ("17.03.2026", "14 Uhr", "2026-03-17T13:00:00", {}),
        ("2026-03-17", "afternoon", "2026-03-16T23:00:00", {"scanned_time": "afternoon"}),
        ("", "9:40", None, {"scanned_time": "9:40"}),
        ("9:40", "", None, {"scanned_at": "9:40"}),
    ],
)
def test_a_time_in_a_column_of_its_own(date, time, moment, further):
    values = judge({"email": "a@b.example", "scanned_at": date, "scanned_time": time}).values

    assert (values["scanned_at"] and values["scanned_at"].isoformat()) == moment
    assert values["further"] == further


def test_an_answer_that_is_a_remark_is_kept_beside_its_code():
    long = "50.000 EUR, vom Vorstand im Mai freigegeben, Rest später"

    assert judge({"email": "a@b.example", "budget": "50.000 EUR"}).values["further"] == {}
    assert judge({"email": "a@b.example", "budget": long}).values["further"] == {"budget": long}
