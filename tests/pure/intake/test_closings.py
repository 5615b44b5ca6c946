"""Who may be written to and called: opt-in, opt-out, "do not contact", "do not call"."""

import lead_followup_tools.intake as intake
import pytest
from lead_followup_tools.intake.heading_match import heading_points
from rewriting import as_text

PEOPLE = ["Ann Bell", "Bo Day", "Cy Fox", "Di Gill", "Ed Hall"]


def judged(heading: str, answers: list[str]) -> tuple[str | None, list[intake.JudgedRow]]:
    """Return the field of a column and the rows of a file in which it stands last."""
    rows = [
        [name, f"p{number}@a.example", "+12025550111", answer]
        for number, (name, answer) in enumerate(zip(PEOPLE, answers, strict=False))
    ]
    content = as_text([["Name", "E-mail", "Phone", heading], *rows]).encode()
    table = intake.read_table(content)
    fields = intake.suggest_fields(table)
    options = intake.Options(default_country="US")
    return fields[3], [intake.judge_row(row, fields, table.headings, options) for row in table.rows]


@pytest.mark.parametrize(
    ("heading", "yes", "no"),
    [
        ("Email opt-in", "1", "0"), ("Consent", "TRUE", "FALSE"), ("Einwilligung", "Ja", "Nein"),
        ("Consentement", "Oui", "Non"), ("Consentimiento", "Sí", "No"), ("Consenso", "Sì", "No"),
        ("KVKK onayı", "Evet", "Hayır"), ("رضایت", "بله", "خیر"), ("الموافقة", "نعم", "لا"),
    ],
)  # fmt: skip
def test_opt_in_yes_is_consent_and_no_refuses(heading, yes, no):
    field, rows = judged(heading, [yes, no, "", yes])

    assert field == "consent"
    assert [row.values["consent"] for row in rows] == [True, False, None, True]


@pytest.mark.parametrize(
    ("heading", "yes", "no"),
    [
        ("Email Opt Out", "1", "0"), ("Unsubscribed", "TRUE", "FALSE"), ("Opt-out", "x", "No"),
        ("Keine Werbung", "Ja", "Nein"), ("Ne pas envoyer", "Oui", "Non"),
        ("No deseo recibir publicidad", "Sí", "No"), ("Non inviare", "Sì", "No"),
        ("E-posta gönderme", "Evet", "Hayır"), ("ایمیل نفرستید", "بله", "خیر"),
        ("لا ترسل", "نعم", "لا"),
    ],
)  # fmt: skip
def test_opt_out_yes_refuses_and_no_says_nothing(heading, yes, no):
    field, rows = judged(heading, [yes, no, "", no])

    assert field == "consent"
    assert [row.values["consent"] for row in rows] == [False, None, None, None]


def test_a_cell_that_names_the_refusal_needs_no_heading_for_it():
    """A CRM writes "Allow" and "Do Not Allow" below "Do not allow Emails"."""
    _field, rows = judged("Do not allow Emails", ["Allow", "Do Not Allow", "", "Allow"])
    _field, status = judged("Consent", ["Subscribed", "Unsubscribed", "Yes", "No"])

    assert [row.values["consent"] for row in rows] == [None, False, None, None]
    assert [row.values["consent"] for row in status] == [True, False, True, False]


CONTACT, CALL = "do_not_contact", "do_not_call"
CLOSING = [
    (CONTACT, "Do Not Contact", "Yes", "No"), (CONTACT, "Blacklisted", "1", "0"),
    (CONTACT, "Please do not contact me", "x", ""), (CONTACT, "Bitte nicht kontaktieren", "Ja", ""),
    (CONTACT, "Kontakt unerwünscht", "ja", "nein"), (CONTACT, "Ne plus contacter", "Oui", "Non"),
    (CONTACT, "No contactar", "Sí", "No"), (CONTACT, "Non contattare", "Sì", "No"),
    (CONTACT, "İletişim istemiyor", "Evet", "Hayır"), (CONTACT, "تماس نگیرید", "بله", "خیر"),
    (CONTACT, "عدم التواصل", "نعم", "لا"),
    (CALL, "Do Not Call", "1", "0"), (CALL, "No phone", "Yes", "No"),
    (CALL, "No phone calls please", "x", ""), (CALL, "Do not allow Phone Calls", "Do Not Allow",
     "Allow"),
    (CALL, "Nicht anrufen", "Ja", "Nein"), (CALL, "Keine Anrufe", "x", ""),
    (CALL, "Ne pas appeler", "Oui", "Non"), (CALL, "No llamar", "Sí", "No"),
    (CALL, "Non telefonare", "Sì", "No"), (CALL, "Aramayın", "Evet", "Hayır"),
    (CALL, "عدم تماس تلفنی", "بله", "خیر"), (CALL, "عدم الاتصال الهاتفي", "نعم", "لا"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "heading", "yes", "no"), CLOSING)
def test_a_closing_column_closes_what_it_says(field, heading, yes, no):
    found, rows = judged(heading, [yes, no, "", no, yes])

    other = CALL if field == CONTACT else CONTACT
    assert found == field
    assert [row.values[field] for row in rows] == [True, None, None, None, True]
    assert [row.flags for row in rows] == [[field], [], [], [], [field]]
    assert {(row.values[other], row.values["consent"], row.reason) for row in rows} == {
        (None, None, None)
    }


def test_leave_to_call_closes_the_phone_by_its_no():
    for heading in ("May we call you?", "Phone opt-in", "Telefonische Kontaktaufnahme erlaubt"):
        field, rows = judged(heading, ["Yes", "No", "", "Yes"])

        assert field == CALL
        assert [row.values[CALL] for row in rows] == [None, True, None, None]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Do not e-mail", "consent"), ("Do not contact by e-mail", "consent"),
        ("May we contact you?", "consent"), ("I agree to be contacted", "consent"),
        ("Contact", "name"), ("Contact number", "phone"), ("Phone No", "phone"),
        ("Call notes", "note"), ("تماس", None), ("شماره تماس", "phone"),
    ],
)  # fmt: skip
def test_headings_that_close_nothing_of_it(heading, field):
    points = heading_points(heading)

    assert not {CONTACT, CALL} & points.keys()
    assert field is None or field in points


def test_no_phone_over_numbers_is_a_phone():
    rows = [[name, f"+1202555011{number}"] for number, name in enumerate(PEOPLE)]
    table = intake.read_table(as_text([["Name", "No phone"], *rows]).encode())

    assert intake.suggest_fields(table) == ["name", "phone"]


def test_an_answer_in_words_is_kept_and_closes_nothing():
    _field, rows = judged("Do not call", ["1", "before ten", "0", "0"])

    assert [row.values[CALL] for row in rows] == [True, None, None, None]
    assert rows[1].values["further"] == {"Do not call": "before ten"}


def test_a_further_row_of_the_person_closes_too():
    first, second = {"do_not_contact": None, "email": "a@b.example"}, {"do_not_contact": True}

    assert intake.merge_values(first, second)["do_not_contact"] is True
    assert intake.merge_values(second, first)["do_not_contact"] is True
