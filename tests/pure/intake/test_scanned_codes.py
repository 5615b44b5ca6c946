"""Codes as they stand on badges, cards and walls."""

import pytest
from lead_followup_tools.intake import Options, SourceRow, judge_row, lay_out, read_code

CARD = """BEGIN:VCARD
VERSION:{version}
N:Müller;Jörg;;Dr.;
FN:Jörg Müller
ORG:Beispiel GmbH;Einkauf
TITLE:Leiter Einkauf
TEL;TYPE=WORK:+49 30 23125 001
TEL;TYPE=CELL:+49 171 3920001
EMAIL:joerg@beispiel.example
URL:https://beispiel.example
REV:2019-04-01T10:00:00Z
CATEGORIES:Work
END:VCARD
"""


@pytest.mark.parametrize("version", ["3.0", "4.0"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_card(version, end):
    code = read_code(CARD.format(version=version).replace("\n", end))

    assert code.kind == "vcard"
    assert code.words == {
        "name": "Jörg Müller",
        "first_name": "Jörg",
        "last_name": "Müller",
        "salutation": "Dr.",
        "company": "Beispiel GmbH",
        "job_title": "Leiter Einkauf",
        "phone": "+49 30 23125 001",
        "mobile": "+49 171 3920001",
        "email": "joerg@beispiel.example",
        "website": "https://beispiel.example",
    }
    # neither a scan of the day it was made on, nor a wish for "Work"
    assert code.further == {"ORG unit": "Einkauf", "CATEGORIES": "Work"}


def test_card_of_version_two():
    code = read_code(
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg"
        "\r\nTEL;CELL:+491713920001\r\nEND:VCARD"
    )

    assert (code.words["first_name"], code.words["last_name"]) == ("Jörg", "Müller")
    assert code.words["mobile"] == "+491713920001"


def test_card_that_breaks_off_says_what_it_got_to():
    code = read_code("BEGIN:VCARD\nVERSION:3.0\nFN:Ann Bell\nEMAIL:ann@acme.exa")

    assert code.words["name"] == "Ann Bell"


def test_mecard():
    code = read_code(
        r"MECARD:N:Owen,Sean;SOUND:oʊən;TEL:12125551212;TEL:+12125551213;TEL:+12125551214;"
        r"EMAIL:sean@acme.example;ADR:,,76 9th Avenue,New York,NY,10011,USA;"
        r"NOTE:a\;b\:c\\d;URL:https\://acme.example;BDAY:19700101;;"
    )

    assert code.kind == "mecard"
    assert code.words == {
        "first_name": "Sean",
        "last_name": "Owen",
        "phone": "12125551212",
        "mobile": "+12125551213",
        "email": "sean@acme.example",
        "street": "76 9th Avenue",
        "city": "New York",
        "state": "NY",
        "zip": "10011",
        "country": "USA",
        "note": "a;b:c\\d",
        "website": "https://acme.example",
    }
    assert code.further == {"PHONE": "+12125551214"}


def test_mecard_with_a_loose_address_and_one_name():
    code = read_code("mecard:N:Ann Bell;ADR:1 Sample St, Reno;;")

    assert code.words == {"name": "Ann Bell"}
    assert code.further == {"Address": "1 Sample St, Reno"}


def test_bizcard():
    code = read_code(
        "BIZCARD:N:Sean;X:Owen;T:Engineer;C:Acme;A:76 9th Avenue, New York;B:+12125551212;"
        "M:+12125551213;F:+12125551214;E:sean@acme.example;;"
    )

    assert code.words == {
        "first_name": "Sean",
        "last_name": "Owen",
        "job_title": "Engineer",
        "company": "Acme",
        "phone": "+12125551212",
        "mobile": "+12125551213",
        "email": "sean@acme.example",
    }
    assert code.further == {"Address": "76 9th Avenue, New York"}


@pytest.mark.parametrize(
    ("text", "kind", "words", "further"),
    [
        ("https://acme.example/about", "link", {"website": "https://acme.example/about"}, {}),
        ("www.acme.example", "link", {"website": "www.acme.example"}, {}),
        (
            "https://de.linkedin.com/in/ann",
            "link",
            {},
            {"LinkedIn": "https://de.linkedin.com/in/ann"},
        ),
        (
            "https://notlinkedin.example/in/ann",
            "link",
            {"website": "https://notlinkedin.example/in/ann"},
            {},
        ),
        (
            "https://fair.example/b?id=4711",
            "link",
            {},
            {"Scanned Link": "https://fair.example/b?id=4711"},
        ),
        ("0012345", "number", {"external_id": "0012345"}, {}),
        ("A7F3-99KX", "number", {"external_id": "A7F3-99KX"}, {}),
        ("۴۷۱۱", "number", {"external_id": "4711"}, {}),
        ("+49 30 23125001", "phone", {"phone": "+49 30 23125001"}, {}),
        ("tel:+493023125001", "phone", {"phone": "+493023125001"}, {}),
        ("SMSTO:+493023125001:hello", "phone", {"phone": "+493023125001"}, {}),
        ("mailto:ann@acme.example?subject=Hi", "email", {"email": "ann@acme.example"}, {}),
        ("MATMSG:TO:ann@acme.example;SUB:Hi;;", "email", {"email": "ann@acme.example"}, {}),
        ("ann@acme.example", "email", {"email": "ann@acme.example"}, {}),
        ("WIFI:T:WPA;S:booth;P:secret;;", "private", {}, {}),
        ("otpauth://totp/x?secret=JBSW", "private", {}, {}),
        ("javascript:alert(1)", "text", {}, {"Scanned Code": "javascript:alert(1)"}),
        ("Hall: 7", "text", {}, {"Scanned Code": "Hall: 7"}),
        (
            "4711^Ann^Bell^ann@acme.example",
            "text",
            {"email": "ann@acme.example"},
            {"Scanned Code": "4711^Ann^Bell^ann@acme.example"},
        ),
        ("", "empty", {}, {}),
        ("\x00 \ufeff", "empty", {}, {}),
        (None, "empty", {}, {}),
    ],
)
def test_others(text, kind, words, further):
    assert read_code(text) == (kind, words, further)


@pytest.mark.parametrize(
    "text",
    ["BEGIN:VCARD", "BEGIN:VCARD\nN", "MECARD:", "MECARD:N", "BIZCARD:;;:", ":", "x" * 100_000,
     "BEGIN:VCARD\nTEL;:;;\nADR:;;;\nEND:VCARD", "\\;:" * 500, "http://", "mailto:", "tel:"],
)  # fmt: skip
def test_junk_is_read_without_an_error(text):
    code = read_code(text)

    assert all(isinstance(one, str) for one in (*code.words.values(), *code.further.values()))


def judged(record):
    layout = lay_out(record)
    row = SourceRow(1, layout.cells)
    return judge_row(row, layout.fields, layout.headings, Options(default_country="US")).values


def test_what_was_typed_comes_first_and_the_code_s_is_kept():
    code = "MECARD:N:Bell,Anna;ORG:Acme GmbH;EMAIL:info@acme.example;NOTE:on the card;;"
    values = judged(
        {
            "name": "Ann Bell",
            "company": "Acme",
            "email": "a@acme.example",
            "note": "x",
            "code": code,
        }
    )

    assert (values["name"], values["company"], values["email"]) == (
        "Ann Bell", "Acme", "a@acme.example",
    )  # fmt: skip
    assert values["other_emails"] == ["info@acme.example"]
    assert values["further"] == {
        "Full Name (scanned)": "Anna Bell",
        "Company (scanned)": "Acme GmbH",
    }
    assert values["note"] == "x\non the card"


def test_half_a_name_typed_is_not_filled_up_with_half_a_scanned_one():
    values = judged({"first_name": "Ann", "code": "MECARD:N:Cole,Cara;;"})

    assert values["name"] == "Ann"
    assert values["further"] == {"Full Name (scanned)": "Cara Cole"}


def test_the_same_name_scanned_is_no_second_name():
    values = judged({"name": "ann bell", "code": "MECARD:N:Bell,Ann;;"})

    assert values["further"] == {}


def test_words_of_the_lead_are_those_of_a_file():
    values = judged(
        {
            "booth_rating": "warm",
            "email_consent": "no",
            "interests": ["Pump", "Valve"],
            "visitor_kind": "press",
            "captured_at": "2026-03-18 16:07:00",
            "unheard_of": "x",
        }
    )

    assert (values["rating"], values["consent"], values["visitor_kind"]) == ("warm", False, "press")
    assert values["interest"] == ["Pump", "Valve"]
    assert values["scanned_at"].isoformat() == "2026-03-18T16:07:00"
    assert values["further"] == {}


def test_a_moment_in_words_is_of_the_show_s_zone():
    layout = lay_out({"captured_at": "18.03.2026 09:00"})
    row = SourceRow(1, layout.cells)
    options = Options(tz="Europe/Berlin")
    values = judge_row(row, layout.fields, layout.headings, options).values

    assert values["scanned_at"].isoformat() == "2026-03-18T08:00:00"
