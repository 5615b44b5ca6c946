# ruff: noqa: E501 - a line of a file is as long as it is
"""Exports of further languages, and headings in a language nobody taught us."""

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
SWEDISH = """\
Förnamn;Efternamn;Företag;Befattning;E-post;Telefon;Mobil;Postnummer;Ort;Land;Produktintresse;Betyg;Besöksdatum;Skannad av;Anteckningar;Samtycke;Ring ej
Åsa;Öberg;Pumpar AB;Inköpschef;asa@pumpar.example;08-000 01 01;;111 20;Stockholm;Sverige;Pumpar;Het;2026-03-17 09:40;Nils;Ring tillbaka;Ja;
Björn;Ek;Rör AB;Journalist;bjorn@ror.example;;+46 70-174 06 05;;Malmö;Danmark;;Kall;2026-03-18 14:05;Nils;;Nej;Ja
"""
JAPANESE = """\
会社名,部署,役職,氏名,メールアドレス,電話番号,携帯電話,郵便番号,都道府県,住所,興味のある製品,ランク,来場日時,担当者,備考,メール配信
株式会社ポンプ,購買部,部長,山田 太郎,yamada@pump.example,03-0000-0101,,100-0001,東京都,千代田区1-1,ポンプ,高,2026/03/17 09:40,佐藤,要連絡,はい
バルブ工業,設計部,課長,鈴木 花子,suzuki@valve.example,,090-0000-0102,,大阪府,,バルブ,低,2026/03/18 14:05,佐藤,,いいえ
"""
CHINESE = """\
姓名,公司名称,职位,邮箱,手机,城市,国家,感兴趣的产品,意向等级,扫描时间,接待人,备注,是否同意
王伟,上海水泵有限公司,采购经理,wang@pump.example,13800000101,上海,中国,水泵,高,2026-03-17 09:40,李娜,请回电,是
张敏,阀门厂,工程师,zhang@valve.example,13800000102,首尔,韩国,阀门,低,2026-03-18 14:05,李娜,,否
"""
CASES = {
    "Swedish": (
        SWEDISH.encode("cp1252"), intake.Options(default_country="SE", tz="Europe/Stockholm"),
        [
            "first_name", "last_name", "company", "job_title", "email", "phone", "mobile", "zip",
            "city", "country", "interest", "rating", "scanned_at", "captured_by", "note",
            "consent", "do_not_call",
        ],
        {
            1: {
                "name": "Åsa Öberg", "phone": "+4680000101", "country_code": "SE", "zip": "111 20",
                "rating": "hot", "scanned_at": "2026-03-17T08:40:00", "consent": True,
                "do_not_call": None,
            },
            2: {
                "mobile": "+46701740605", "country_code": "DK", "rating": "cold", "consent": False,
                "do_not_call": True,
            },
        },
    ),
    "Japanese": (
        JAPANESE.encode("cp932"), intake.Options(default_country="JP", tz="Asia/Tokyo"),
        [
            "company", None, "job_title", "name", "email", "phone", "mobile", "zip", "state",
            "street", "interest", "rating", "scanned_at", "captured_by", "note", "consent",
        ],
        {
            1: {
                "name": "山田 太郎", "company": "株式会社ポンプ", "phone": "+81300000101",
                "rating": "hot", "scanned_at": "2026-03-17T00:40:00", "consent": True,
                "further": {"部署": "購買部"},
            },
            2: {"mobile": "+819000000102", "rating": "cold", "consent": False},
        },
    ),
    "Chinese": (
        CHINESE.encode("gb18030"), intake.Options(default_country="CN", tz="Asia/Shanghai"),
        [
            "name", "company", "job_title", "email", "phone", "city", "country", "interest",
            "rating", "scanned_at", "captured_by", "note", "consent",
        ],
        {
            1: {
                "name": "王伟", "phone": "+8613800000101", "country_code": "CN", "rating": "hot",
                "scanned_at": "2026-03-17T01:40:00", "consent": True, "note": "请回电",
            },
            2: {"country_code": "KR", "rating": "cold", "consent": False},
        },
    ),
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


@pytest.mark.parametrize("heading", ["Gate", "Collected by", "Sold by", "Gate number"])
def test_a_short_word_of_another_language_is_not_read_into_english(heading):
    """Of “gate”, a street in Oslo, and “by”, a town in Aarhus."""
    assert not {"street", "city"} & heading_points(heading).keys()


def test_a_colliding_word_keeps_its_older_meaning():
    """Data is a moment in Italian too; Kod and Termin stay what Turks and Germans mean."""
    for heading, field in (("Data", "scanned_at"), ("Cargo", "job_title"), ("Country", "country")):
        assert field in heading_points(heading)
    for heading in ("Kod", "Termin"):
        points = heading_points(heading)
        assert not {"zip", "timeframe"} & points.keys()
