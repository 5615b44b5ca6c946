import doctest

import pytest
from lead_followup_tools import replies
from lead_followup_tools.replies import is_automatic


def test_doctests():
    assert doctest.testmod(replies).failed == 0


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Good to meet you",
        "Auto-Reply: x",
        "Out of Office: x",
        "Out of the office until Monday",
        "Abwesenheitsnotiz: Termin",
        "Automatische Antwort: Termin",
        "Réponse automatique : Votre demande",
        "Respuesta automática: Su solicitud",
        "Risposta automatica: richiesta",
        "Otomatik yanıt: Talebiniz",
        "پاسخ خودکار: درخواست شما",
        "رد تلقائي: طلبك",
        "الرد الآلي: طلبك",
        "Out of Office",
        "Out of office (until 3 April)",
    ],
)
def test_an_absence_notice_without_header_is_known_by_its_subject(subject):
    assert is_automatic({}, subject)


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Good to meet you at Spring Pump Expo",
        "Re: Out of office furniture?",
        "Your automatic pump",
        "I am out of the office on Monday, let us talk on Tuesday",
        "AW: Antwort",
        "Out of office furniture for 40 people",
        "Automatic reply valves, 40 pieces",
        "",
    ],
)
def test_a_person_s_subject_is_none(subject):
    assert not is_automatic({}, subject)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"auto-submitted": "auto-generated; owner-email=a@b.example"}, True),
        ({"AUTO-SUBMITTED": "No"}, False),
        ({"X-Autoreply": "yes"}, True),
        ({"X-Autorespond": ""}, True),
        ({"Precedence": "auto_reply"}, True),
        ({"Precedence": "list"}, False),
        ({"X-Auto-Response-Suppress": "All"}, False),
    ],
)
def test_headers(headers, expected):
    assert is_automatic(headers, "Re: x") is expected
