# ruff: noqa: E501 - a line of a file is as long as it is
"""Russian, Polish, Dutch and Portuguese exports, and headings in a language nobody taught us."""

import lead_followup_tools.intake as intake
import pytest
from expectations import Result
from lead_followup_tools.intake.heading_match import heading_points
from rewriting import as_text

RUSSIAN = """\
№;Фамилия;Имя;Компания;Должность;E-mail;Телефон;Мобильный телефон;Город;Страна;Интересующая продукция;Бюджет;Срок покупки;Оценка;Дата;Время;Сотрудник стенда;Комментарий;Согласие на рассылку;Не звонить
1;Соколова;Анна;ООО «Насосмаш»;Главный инженер;a.sokolova@nasosmash.example;+7 495 000-01-01;;Москва;Россия;Насосы;от 10 000 до 50 000 евро;3-6 месяцев;горячий;17.03.2026;09:40;Иван;Перезвонить;да;
2;Белов;Пётр;АО «Вода»;Студент;p.belov@voda.example;;+7 916 000-01-02;Казань;Россия;Клапаны;нет;просто смотрю;холодный;17.03.2026;10:15;Иван;;нет;да
3;Орлова;Нина;ЗАО «Труба»;Закупщик;n.orlova@truba.example;+7 812 000-01-03;;СПб;РФ;Насосы;более 250 000 евро;до 3 месяцев;тёплый;18.03.2026;12:00;Ольга;;;нет
"""
POLISH = """\
Lp.;Imię;Nazwisko;Firma;Stanowisko;Adres e-mail;Numer telefonu;Miasto;Kod pocztowy;Kraj;Zainteresowania;Ocena;Data wizyty;Godzina;Uwagi;Zgoda marketingowa;Nie dzwonić
1;Łucja;Wójcik;Pompy sp. z o.o.;Kierownik zakupów;l.wojcik@pompy.example;+48 22 000 01 01;Warszawa;00-001;Polska;Pompy;gorący;17.03.2026;09:40;Oddzwonić;tak;nie
2;Żaneta;Śliwa;Rury S.A.;Dziennikarz;z.sliwa@rury.example;+48 22 000 01 02;Łódź;90-001;Polska;Zawory;zimny;18.03.2026;14:05;;nie;tak
"""
DUTCH = """\
Voornaam,Achternaam,Bedrijf,Functie,E-mailadres,Telefoonnummer,Mobiel,Straat,Postcode,Plaats,Land,Interesse,Beoordeling,Datum,Tijd,Gescand door,Opmerkingen,Toestemming
Saar,de Vries,Pompen BV,Inkoper,saar@pompen.example,+31 20 000 0101,,Dam 1,1012 JS,Amsterdam,Nederland,Pompen,heet,17-03-2026,09:40,Piet,Bellen,ja
Joost,Bakker,Buizen NV,Directeur,joost@buizen.example,,+31 6 00000102,,,Utrecht,Nederland,Buizen,koud,18-03-2026,14:05,Piet,,nee
"""
PORTUGUESE = """\
Nome;Sobrenome;Empresa;Cargo;E-mail;Telefone;Celular;Endereço;Cidade;Código postal;Estado;País;Produtos de interesse;Classificação;Data da captura;Capturado por;Observações;Consentimento
João;Araújo;Bombas Ltda;Gerente de compras;joao@bombas.example;+55 11 0000-0101;;Rua A 1;São Paulo;01000-000;SP;Brasil;Bombas;quente;17/03/2026 09:40;Inês;Ligar;sim
Inês;Conceição;Válvulas S.A.;Jornalista;ines@valvulas.example;;+55 11 90000-0102;;Rio;;RJ;Brasil;Válvulas;frio;18/03/2026 14:05;Inês;;não
"""
CASES = {
    "Russian": (
        RUSSIAN.encode("cp1251"), intake.Options(default_country="RU", tz="Europe/Moscow"),
        [
            None, "last_name", "first_name", "company", "job_title", "email", "phone", "mobile",
            "city", "country", "interest", "budget", "timeframe", "rating", "scanned_at",
            "scanned_time", "captured_by", "note", "consent", "do_not_call",
        ],
        {
            1: {
                "name": "Анна Соколова", "phone": "+74950000101", "country_code": "RU",
                "budget": "10k_50k", "timeframe": "3_6m", "rating": "hot", "consent": True,
                "scanned_at": "2026-03-17T06:40:00", "do_not_call": None,
            },
            2: {
                "visitor_kind": "student", "budget": "none", "timeframe": "none", "rating": "cold",
                "consent": False, "do_not_call": True, "mobile": "+79160000102",
            },
            3: {"budget": "gt250k", "timeframe": "0_3m", "rating": "warm", "do_not_call": None},
        },
    ),
    "Polish": (
        POLISH.encode("cp1250"), intake.Options(default_country="PL", tz="Europe/Warsaw"),
        [
            None, "first_name", "last_name", "company", "job_title", "email", "phone", "city",
            "zip", "country", "interest", "rating", "scanned_at", "scanned_time", "note",
            "consent", "do_not_call",
        ],
        {
            1: {
                "name": "Łucja Wójcik", "country_code": "PL", "rating": "hot", "consent": True,
                "scanned_at": "2026-03-17T08:40:00", "do_not_call": None,
            },
            2: {"visitor_kind": "press", "rating": "cold", "consent": False, "do_not_call": True},
        },
    ),
    "Dutch": (
        DUTCH.encode(), intake.Options(default_country="NL", tz="Europe/Amsterdam"),
        [
            "first_name", "last_name", "company", "job_title", "email", "phone", "mobile",
            "street", "zip", "city", "country", "interest", "rating", "scanned_at",
            "scanned_time", "captured_by", "note", "consent",
        ],
        {
            1: {"country_code": "NL", "rating": "hot", "scanned_at": "2026-03-17T08:40:00"},
            2: {"rating": "cold", "consent": False, "mobile": "+31600000102"},
        },
    ),
    "Portuguese": (
        PORTUGUESE.encode("cp1252"), intake.Options(default_country="BR", tz="America/Sao_Paulo"),
        [
            "first_name", "last_name", "company", "job_title", "email", "phone", "mobile",
            "street", "city", "zip", "state", "country", "interest", "rating", "scanned_at",
            "captured_by", "note", "consent",
        ],
        {
            1: {
                "name": "João Araújo", "country_code": "BR", "rating": "hot", "consent": True,
                "scanned_at": "2026-03-17T12:40:00",
            },
            2: {"visitor_kind": "press", "rating": "cold", "consent": False},
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", CASES)
def test_headings_and_answers_of_more_languages(language):
    content, options, fields, picked = CASES[language]

    result = Result(content, options)

    assert list(zip(result.table.headings, result.fields, strict=True)) == list(
        zip(result.table.headings, fields, strict=True)
    )
    for number, expected in picked.items():
        values = result.judged[number].values
        found = {key: values[key] for key in expected}
        if found.get("scanned_at"):
            found["scanned_at"] = found["scanned_at"].isoformat()
        assert found == expected, number


@pytest.mark.parametrize(
    ("headings", "people"),
    [
        (
            ["Nombro", "Kompanio", "Retpoŝtadreso", "Numero 2", "Dato kaj horo"],
            ["Anna Nagy", "Béla Kis", "Csaba Tóth", "Dóra Papp"],
        ),
        (
            ["Όνομα επισκέπτη", "Εταιρεία", "Ηλεκτρονική διεύθυνση", "Τηλ", "Πότε"],
            ["Άννα Παππά", "Βασίλης Νίκου", "Γιώργος Λέκκας", "Δήμητρα Ρήγα"],
        ),
    ],
)
def test_unknown_headings_map_by_what_stands_below(headings, people):
    firms = ["Alfa Ltd", "Beta GmbH", "Gamma Inc", "Delta"]
    rows = [
        [
            person,
            firm,
            f"p{number}@a.example",
            f"+1 202 555 011{number}",
            f"1{number}.03.2026 09:40",
        ]
        for number, (person, firm) in enumerate(zip(people, firms, strict=True))
    ]

    table = intake.read_table(as_text([headings, *rows]).encode())

    assert table.headings == headings
    assert intake.suggest_fields(table) == ["name", "company", "email", "phone", "scanned_at"]


def test_a_colliding_word_keeps_its_older_meaning():
    """Data is a moment in Italian too; Kod and Termin stay what Turks and Germans mean."""
    for heading, field in (("Data", "scanned_at"), ("Cargo", "job_title"), ("Country", "country")):
        assert field in heading_points(heading)
    for heading in ("Kod", "Termin"):
        points = heading_points(heading)
        assert not {"zip", "timeframe"} & points.keys()
