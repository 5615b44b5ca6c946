"""Letters come out as they went in, with or without a byte order mark."""

import pytest
from lead_followup_tools.intake.east_asian import guess_east_asian
from lead_followup_tools.intake.encodings import decode_text

TEXTS = {
    "german": "Straße;Größe\nMüller;Käthe Vößkuhl\n",
    "french": "Société;Prénom\nÉtablissements Boisrond;Benoît\nL’Hermitier;François — gérant\n",
    "spanish": "Teléfono;Año\nÍñigo Quiñones;¿Cuándo?\n",
    "turkish": "Şehir;Ülke;Görüşen Kişi\nİstanbul;Türkiye;Barış Ağırbaş\n",
    "polish": "Imię;Nazwisko\nŁukasz;Święcicki\nZażółć;gęślą\n",
    "czech": "Jméno;Příjmení\nJiří;Dvořák\nŽofie;Šťastná\n",
    "arabic": "الاسم;الشركة\nمحمد علي;شركة النور\nفاطمة الزهراء;مؤسسة البناء\n",
    "russian": "Имя;Фамилия\nНаталья;Кузнецова\nИгорь;Щербаков\n",
    "greek": "Όνομα;Επώνυμο\nΓιώργος;Παπαδόπουλος\n",
    "japanese": "会社名,氏名,備考\n株式会社ポンプ,山田 太郎,A4カタログを送る\n",
    "simplified": "姓名,公司,备注\n王伟,上海水泵有限公司,请回电 ABC\n",
    "traditional": "姓名,公司,備註\n陳怡君,台北水泵股份有限公司,請回電\n",
    "korean": "이름,회사명,비고\n김민지,서울펌프 주식회사,전화 요망\n",
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("german", "cp1252"),
        ("german", "iso-8859-1"),
        ("german", "iso-8859-15"),
        ("german", "mac-roman"),
        ("german", "cp850"),
        ("french", "cp1252"),
        ("spanish", "cp1252"),
        ("spanish", "iso-8859-1"),
        ("turkish", "cp1254"),
        ("turkish", "iso-8859-9"),
        ("polish", "cp1250"),
        ("polish", "iso-8859-2"),
        ("czech", "cp1250"),
        ("arabic", "cp1256"),
        ("arabic", "iso-8859-6"),
        ("russian", "cp1251"),
        ("russian", "koi8-r"),
        ("russian", "iso-8859-5"),
        ("greek", "cp1253"),
        ("japanese", "cp932"),
        ("japanese", "euc_jp"),
        ("simplified", "gb18030"),
        ("simplified", "gbk"),
        ("traditional", "big5"),
        ("korean", "cp949"),
        ("korean", "euc_kr"),
    ]
    + [
        (language, encoding)
        for language in TEXTS
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
    ],
)
def test_text_comes_back(language, encoding):
    content = TEXTS[language].encode(encoding)

    assert decode_text(content).text == TEXTS[language]


def test_a_sign_cut_in_two_in_a_long_line_does_not_change_the_others():
    text = f"姓名,公司,备注\n王伟,上海水泵有限公司,{'请回电' * 500}\n"

    assert decode_text(text.encode("gb18030")).text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Pêche à la crème brûlée, forêt\nâtre, âme, câble, pâte, bâton, grâce\n", "cp850"),
        ("Größe äußerst übermäßig\nÄrger, Öl, Übermut\n", "mac-roman"),
        ("Игорь Щербаков\nБелова Анна\nводоканал\n", "koi8-r"),
        ("شركة النور للمضخات\nمحمد علي\n", "cp1256"),
    ],
)
def test_accents_and_other_letters_are_not_taken_for_east_asian_signs(text, encoding):
    assert guess_east_asian(text.encode(encoding)) is None


@pytest.mark.parametrize(
    ("text", "encoding"), [("Société;Café\n", "cp1252"), ("Barış;Şule\n", "cp1254")]
)
def test_the_name_of_the_windows_set_is_given(text, encoding):
    assert decode_text(text.encode(encoding)).encoding == encoding


def test_utf8_with_a_torn_letter_stays_utf8():
    content = (TEXTS["turkish"] * 20).encode()[:-3] + b"\xc3\n"

    decoded = decode_text(content)

    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") == 1


def test_plain_ascii_is_utf8():
    assert decode_text(b"Name;Note\n").encoding == "utf-8"
