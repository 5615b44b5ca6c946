"""Columns are told by heading, contents and neighbours, in the exports of many tools."""

import lead_followup_tools.intake as intake
import pytest
from lead_followup_tools.intake.heading_match import heading_points, is_refusal
from rewriting import as_text

# A made-up person's cells, by field; each test takes what it needs.
CELLS = {
    "first_name": ["Ann", "Bo", "Cy", "Di"],
    "last_name": ["Bell", "Day", "Fox", "Gill"],
    "name": ["Ann Bell", "Bo Day", "Cy Fox", "Di Gill"],
    "company": ["Acme Inc.", "Birch Ltd", "Cedar GmbH", "Delta"],
    "job_title": ["Buyer", "Owner", "Plant Manager", "CTO"],
    "email": ["ann@a.example", "bo@b.example", "", "di@d.example"],
    "phone": ["+1 202 555 0111", "", "(202) 555-0113", "202-555-0114"],
    "mobile": ["", "+12025550122", "", "+12025550124"],
    "street": ["1 Sample St", "2 Sample St", "", "4 Sample St"],
    "zip": ["60601", "60602", "LS1 4AP", ""],
    "city": ["Leeds", "Hull", "York", "Bath"],
    "state": ["IL", "TX", "", "OR"],
    "country": ["UK", "USA", "Germany", "DE"],
    "website": ["https://a.example/", "www.b.example", "", ""],
    "rating": ["hot", "cold", "warm", "hot"],
    "marks": ["5", "3", "1", "5"],
    "budget": ["$10,000 - $50,000", "Over $250,000", "Over $250,000", "No budget"],
    "authority": ["End user", "End user", "Decision maker", "None"],
    "timeframe": ["0-3 months", "12+ months", "12+ months", "Just looking"],
    "interest": ["Pumps; Valves", "Pumps", "Valves", "Controls"],
    "scanned_at": ["03/17/2026 11:18 AM", "03/18/2026 01:00 PM", "", "03/18/2026 02:00 PM"],
    "date": ["17.03.2026", "18.03.2026", "18.03.2026", ""],
    "scanned_time": ["11:18", "13:00", "14:10", ""],
    "captured_by": ["Rob Cast", "Dana Whit", "Rob Cast", "Rob Cast"],
    "attendee_type": ["Visitor", "Press", "Visitor", "VIP"],
    "note": ["Call after the show", "", "Wants a quote for pumps", ""],
    "consent": ["Yes", "No", "", "Yes"],
    "salutation": ["Mrs", "Mr", "Mr", "Ms"],
    "academic_title": ["Dr.", "", "Prof. Dr.", "Dr."],
    "subject": ["Enquiry about pumps", "Enquiry about valves", "Enquiry", "Enquiry"],
    "words": ["red", "green", "blue", "grey"],
    "ids": ["90941543", "90555001", "90555002", "90934571"],
    "ones": ["1", "1", "1", "2"],
    "empty": ["", "", "", ""],
}


def suggest(*columns: tuple[str, str]) -> list[str | None]:
    """Return the fields for columns given as (heading, key of ``CELLS``)."""
    headings = [heading for heading, _key in columns]
    rows = zip(*(CELLS[key] for _heading, key in columns), strict=True)
    table = intake.read_table(as_text([headings, *rows]).encode(), has_headings=True)
    return intake.suggest_fields(table, intake.Options())


def expected(*columns: tuple[str, str]) -> list[str]:
    return [{"marks": "rating", "date": "scanned_at"}.get(key, key) for _heading, key in columns]


TOOLS = {
    "event app": [
        ("firstName", "first_name"), ("lastName", "last_name"), ("jobTitle", "job_title"),
        ("organization", "company"), ("email", "email"), ("mobilePhone", "mobile"),
        ("landlinePhone", "phone"),
        ("Lead Score", "marks"), ("Connection date", "scanned_at"), ("Notes", "note"),
        ("Scanned by", "captured_by"), ("websiteUrl", "website"),
        ("Qualification - Budget", "budget"),
        ("Qualification - Timeline", "timeframe"),
    ],
    "registration system": [
        ("Registrant First Name", "first_name"), ("Registrant Last Name", "last_name"),
        ("Registrant Company", "company"), ("Registrant Title", "job_title"),
        ("Registrant Email Address", "email"),
        ("Work Phone Number", "phone"), ("Registration Type", "attendee_type"),
        ("Lead Qualification", "rating"),
        ("Captured On (UTC)", "scanned_at"), ("Captured By User", "captured_by"),
        ("Lead Notes", "note"),
        ("Answer: What products interest you?", "interest"),
    ],
    "online form": [
        ("Timestamp", "scanned_at"), ("Email Address", "email"), ("What is your name?", "name"),
        ("What is your phone number?", "phone"), ("Where do you work?", "company"),
        ("Which solutions would you like to see?", "interest"), ("Any comments?", "note"),
    ],
    "German scanner": [
        ("Anrede", "salutation"), ("Titel", "academic_title"), ("Name", "last_name"),
        ("Vorname", "first_name"),
        ("Firma 1", "company"), ("Telefon gesch.", "phone"), ("Mobil", "mobile"),
        ("E-Mail 1", "email"),
        ("Internet", "website"), ("Str./Nr.", "street"), ("PLZ", "zip"), ("Ort", "city"),
        ("Land (ISO)", "country"),
        ("Interesse (1-5)", "marks"), ("Besuchsbericht", "note"), ("Datum", "date"),
        ("Uhrzeit", "scanned_time"),
    ],
    "French scanner": [
        ("Civilité", "salutation"), ("Nom", "last_name"), ("Prénom", "first_name"),
        ("Société", "company"),
        ("Fonction", "job_title"), ("Tél. fixe", "phone"), ("Tél. portable", "mobile"),
        ("Mail", "email"),
        ("Adresse 1", "street"), ("CP", "zip"), ("Ville", "city"), ("Pays", "country"),
        ("Niveau d'intérêt", "rating"), ("Commentaire", "note"), ("Opt-in newsletter", "consent"),
        ("Date de la visite", "scanned_at"),
    ],
    "sheet of an Asian fair": [
        ("Date", "date"), ("Time", "scanned_time"), ("Sales Person", "captured_by"),
        ("Visitor Name", "name"),
        ("Designation", "job_title"), ("Company", "company"), ("Mobile No.", "phone"),
        ("Email ID", "email"),
        ("Address", "street"), ("City", "city"), ("Product Interested", "interest"),
        ("Remarks", "note"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("tool", TOOLS)
def test_exports_of_other_tools(tool):
    assert suggest(*TOOLS[tool]) == expected(*TOOLS[tool])


@pytest.mark.parametrize(
    ("columns", "fields"),
    [
        ([("Name", "name"), ("Company", "company")], ["name", "company"]),
        ([("Name", "last_name"), ("Vorname", "first_name")], ["last_name", "first_name"]),
        ([("Nombre", "first_name"), ("Apellidos", "last_name")], ["first_name", "last_name"]),
        ([("نام", "first_name"), ("نام خانوادگی", "last_name")], ["first_name", "last_name"]),
        ([("نام", "name"), ("شرکت", "company")], ["name", "company"]),
        ([("Name", "company"), ("Contact", "name")], ["company", "name"]),
        ([("Name", "company"), ("First name", "first_name"), ("Last name", "last_name")],
         ["company", "first_name", "last_name"]),
        ([("Name", "subject"), ("Contact name", "name"), ("Customer name", "company")],
         ["lead_title", "name", "company"]),
        ([("Ad", "first_name"), ("Soyad", "last_name")], ["first_name", "last_name"]),
    ],
)  # fmt: skip
def test_a_bare_name_is_what_the_others_leave(columns, fields):
    assert suggest(*columns) == fields


@pytest.mark.parametrize(
    ("heading", "key", "field"),
    [
        ("Title", "job_title", "job_title"),
        ("Title", "salutation", "salutation"),
        ("Titel", "academic_title", "academic_title"),
        ("Prefix", "salutation", "salutation"),
        ("Prefix", "empty", None),
        ("Street2", "empty", None),
        ("Mobile", "empty", "phone"),
        ("Interest", "interest", "interest"),
        ("Interest", "marks", "rating"),
        ("Role", "job_title", "job_title"),
        ("Role", "authority", "authority"),
        ("Date", "date", "scanned_at"),
        ("Date", "words", None),
        ("Phone", "words", None),
        ("Frobnication", "email", "email"),
        ("Frobnication", "phone", "phone"),
        ("Frobnication", "scanned_at", "scanned_at"),
        ("Frobnication", "country", "country"),
        ("Frobnication", "website", "website"),
        ("Frobnication", "budget", "budget"),
        ("Frobnication", "words", None),
        ("Frobnication", "consent", None),
        ("Frobnication", "ones", None),
        ("Order #", "ids", "external_id"),
        ("Attendee #", "ids", None),
        ("Quantity", "ones", None),
        ("Company size", "ones", None),
        ("Emial Adress", "email", "email"),
        ("Telephon number", "phone", "phone"),
    ],
)
def test_contents_are_the_second_witness(heading, key, field):
    assert suggest((heading, key), ("Company", "company"))[0] == field


def test_no_field_is_given_twice():
    fields = suggest(
        ("E-mail", "email"), ("E-mail", "email"), ("Phone", "phone"), ("Phone", "phone"),
        ("Phone", "phone"), ("Notes", "note"), ("Comments", "note"),
    )  # fmt: skip

    assert fields == ["email", "other_email", "phone", "mobile", None, "note", None]


def test_the_only_number_is_the_phone_and_two_are_told_apart():
    assert suggest(("Cell", "mobile"), ("Company", "company"))[0] == "phone"
    assert suggest(("Cell", "mobile"), ("Office phone", "phone")) == ["mobile", "phone"]


def test_a_list_without_headings_is_told_by_its_contents():
    rows = zip(*(CELLS[key] for key in ("name", "company", "email", "phone", "note")), strict=True)
    table = intake.read_table(as_text(list(rows)).encode())

    fields = intake.suggest_fields(table, intake.Options())

    assert fields == ["name", "company", "email", "phone", "note"]


@pytest.mark.parametrize(
    ("heading", "refusal"),
    [
        ("Opt-out", True), ("Keine Werbung", True), ("Ne pas envoyer", True), ("Baja", True),
        ("Non inviare", True), ("Unsubscribed", True), ("Göndermeyin", True),
        ("ایمیل نفرستید", True), ("لا ترسل", True),
        ("OK to email?", False), ("Opt-in", False), ("Einwilligung Newsletter", False),
        ("KVKK Onayı", False),
        ("Consent note", False), ("اجازه تماس", False),
    ],
)  # fmt: skip
def test_headings_that_turn_yes_into_no(heading, refusal):
    assert is_refusal(heading) is refusal
    assert "consent" in heading_points(heading) or not refusal
