import doctest

import pytest
from lead_followup_tools import replies, reply_subjects
from lead_followup_tools.replies import is_automatic


def test_doctests():
    assert doctest.testmod(replies).failed == 0
    assert doctest.testmod(reply_subjects).failed == 0


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
        "Out-of-office: Re: Good to meet you",
        "Out of Office AutoReply: Good to meet you",
        "[Auto-Reply] Good to meet you",
        "Automated response",
        "Ann Ample is out of the office (returning 03.04.2026)",
        "I am out of the office until 6 April",
        "On annual leave Re: Good to meet you",
        "AUTO: Ann Ample ist nicht im Büro (Rückkehr am 06.04.2026)",
        "Ich bin derzeit nicht im Büro",
        "Im Urlaub: Pumpen",
        "Abwesenheit: Pumpen",
        "Automatische Abwesenheitsnotiz: Pumpen",
        "Message d'absence : Pompes",
        "Je suis absente du bureau",
        "En congé : Pompes",
        "Ofis dışı: Pompalar",
        "OTOMATİK YANIT: Pompalar",
        "Yıllık izindeyim",
        "پاسخ اتوماتیک: پمپ",
        "\u200fپاسخ خودکار: پمپ",
        "\u202bپاسخ\u200f خودکار\u202c: پمپ",
        "Out of office - back on Monday",
        "Out of office: Can we meet?",
        "پاسخ\u200cگوی خودکار",
        "در مرخصی هستم",
        "عدم حضور در دفتر",
        "خارج المكتب حتى 6 أبريل",
        "أنا في إجازة",
        "غير متواجد: مضخات",
        "Resposta automática: Bombas",
        "Automatisch antwoord: Pompen",
        "Автоответ: Насосы",
        "自动答复: 泵",
    ],
)
def test_an_absence_notice_without_header_is_known_by_its_subject(subject):
    assert is_automatic({}, subject)


@pytest.mark.parametrize(
    ("subject", "answered"),
    [
        ("Read: Good to meet you", "Good to meet you"),
        ("Not read: RE: Good  to meet you", "Good to meet you"),
        ("Gelesen: Gut, Sie zu sehen", "Gut, Sie zu sehen"),
        ("Lu : Votre visite", "Votre visite"),
        ("Okundu: Ziyaretiniz", "Ziyaretiniz"),
        ("خوانده شد: بازدید شما", "بازدید شما"),
        ("\u200fخوانده شد: بازدید شما", "بازدید شما"),
        ("تمت القراءة: زيارتك", "زيارتك"),
    ],
)
def test_a_read_receipt_without_its_type_is_known_by_the_subject_it_repeats(subject, answered):
    assert is_automatic({}, subject, answered)
    assert not is_automatic({}, subject)
    assert not is_automatic({}, subject, "Another subject")


def test_a_read_receipt_is_known_by_its_type():
    kind = {"Content-Type": "multipart/report; report-type=disposition-notification"}
    assert is_automatic(kind, "Your message was displayed")
    assert not is_automatic({"Content-Type": "multipart/mixed"}, "Your message was displayed")


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
        "Auto: which engine pumps do you have?",
        "Who is out of the office on Friday?",
        "On leave management software: quote",
        "Die Pumpe ist nicht im Büro angekommen",
        "Im Urlaub gesehen: Ihre Pumpe",
        "Abwesenheitsmanagement-Software",
        "Absence de réponse",
        "En congélation : pompes",
        "Ofis dışı aydınlatma",
        "مرخصی کارکنان نرم افزار",
        "خارج از ایران: پمپ",
        "إجازة استيراد: مضخات",
        "Re: خارج از دفتر",
        "Reading your offer: a question",
        "Read the attached order",
        "Read: your offer, and a question",
        "Lu: question about your pumps",
        "Out of office - can we talk Monday?",
        "\u200fRe: خارج از دفتر",
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
        ({"X-Precedence": "auto_reply"}, True),
        ({"X-Autoreply-From": "ann@ample.example"}, True),
        ({"Return-Path": "<>"}, True),
        ({"Return-Path": "<ann@ample.example>"}, False),
        ({"X-Auto-Response-Suppress": "All"}, False),
    ],
)
def test_headers(headers, expected):
    assert is_automatic(headers, "Re: x") is expected
