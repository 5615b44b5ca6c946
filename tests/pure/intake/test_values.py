"""One cell to one value: what is read, what is refused, and the near misses beside each."""

from datetime import datetime

import pytest
from lead_followup_tools.intake.cell_faults import has_markup, is_formula
from lead_followup_tools.intake.countries import country_code
from lead_followup_tools.intake.dates import read_moment
from lead_followup_tools.intake.emails import likely_domain, read_email
from lead_followup_tools.intake.interests import split_interests
from lead_followup_tools.intake.names import join_name
from lead_followup_tools.intake.phones import read_phone
from lead_followup_tools.intake.visitors import (
    is_competitor,
    is_test_row,
    kind_by_job,
    kind_by_ticket,
)


@pytest.mark.parametrize(
    ("cell", "address", "flags"),
    [
        ("ann@acme.example", "ann@acme.example", ()),
        (" ANN.Bell@Acme.EXAMPLE ", "ann.bell@acme.example", ()),
        ("Ann Bell <ann@acme.example>", "ann@acme.example", ()),
        ("ann@acme.example.", "ann@acme.example", ("email_repaired",)),
        ("mailto:ann@acme.example", "ann@acme.example", ("email_repaired",)),
        ("'ann@acme.example'", "ann@acme.example", ("email_repaired",)),
        ("\u200bann@acme.example", "ann@acme.example", ()),
        ("o'dell+show@acme.test", "o'dell+show@acme.test", ()),
        ("a@b.example; c@d.example", "a@b.example", ("two_emails:c@d.example",)),
        ("a@b.example, c@d.example", "a@b.example", ("two_emails:c@d.example",)),
        ("a@b.example / c@d.example", "a@b.example", ("two_emails:c@d.example",)),
        ("a@b.example c@d.example", "a@b.example", ("two_emails:c@d.example",)),
        ("a@b.example; A@B.example", "a@b.example", ()),
        ("a@b.example; see card", "a@b.example", ()),
        ("wrong@; c@d.example", "c@d.example", ()),
        ("ann@mailinator.com", "ann@mailinator.com", ("disposable_email",)),
        ("ann@mailinator.example", "ann@mailinator.example", ()),
        ("ann@gmial.com", "ann@gmial.com", ("email_typo:gmail.com",)),
        ("ann@@acme.example", None, ("invalid_email",)),
        ("ann@acme,example", None, ("invalid_email",)),
        ("ann.at.acme.example", None, ("invalid_email",)),
        ("ann@acme", None, ("invalid_email",)),
        ("see card", None, ("invalid_email",)),
        ("n/a", None, ()),
        ("-", None, ()),
        ("", None, ()),
    ],
)
def test_emails(cell, address, flags):
    reading = read_email(cell)

    assert (reading.address, reading.flags) == (address, flags)


@pytest.mark.parametrize(
    ("domain", "likely"),
    [
        ("gmial.com", "gmail.com"),
        ("gmai.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("hotmial.com", "hotmail.com"),
        ("outlok.de", "outlook.de"),
        ("t-onlin.de", "t-online.de"),
        ("gmail.com", None),
        ("ymail.com", None),
        ("mail.com", None),
        ("gmx.de", None),
        ("gms.de", None),
        ("snail.com", None),
        ("acme.co", None),
        ("gmail.acme.example", None),
    ],
)
def test_mistyped_mail_domains(domain, likely):
    assert likely_domain(domain) == likely


@pytest.mark.parametrize(
    ("cell", "country", "number", "extension"),
    [
        ("(202) 555-0155", "US", "+12025550155", None),
        ("202.555.0155", "US", "+12025550155", None),
        ("12025550155", "US", "+12025550155", None),
        ("2025550155.0", "US", "+12025550155", None),
        ("1-202-555-0155 ext. 12", "US", "+12025550155", "12"),
        ("(202) 555-0155 #12", "US", "+12025550155", "12"),
        ("p:+12025550155", None, "+12025550155", None),
        ("tel: +1 202 555 0155", "DE", "+12025550155", None),
        ("0049 30 23125108", "US", "+493023125108", None),
        ("+49 (0)30 23125108", "US", "+493023125108", None),
        ("030/23125108", "DE", "+493023125108", None),
        ("3023125108", "DE", "+493023125108", None),
        ("493023125108", "DE", "+493023125108", None),
        ("030 23125-108 DW 12", "DE", "+493023125108", "12"),
        ("01 99 00 01 01", "FR", "+33199000101", None),
        ("٠٢١ ٠٠٠٠٠١٧٨", "IR", "+982100000178", None),
        ("۰۲۱-۰۰۰۰۰۱۷۸ داخلی ۲۳", "IR", "+982100000178", "23"),
        ("0500000011", "AE", "+971500000011", None),
        ("+390612345678", None, "+390612345678", None),
        ("'+12025550155", "US", "+12025550155", None),
    ],
)
def test_phones(cell, country, number, extension):
    reading = read_phone(cell, country)

    assert (reading.number, reading.extension) == (number, extension)
    assert not reading.is_invalid


@pytest.mark.parametrize(
    "cell",
    [
        "+1 202 555",
        "see card",
        "000000",
        "0000000000",
        "12345",
        "555-0155",
        "1234567890",
        "2.02556E+09",
    ],
)
def test_texts_that_are_no_phone_number(cell):
    assert read_phone(cell, "US").is_invalid


def test_a_national_number_without_a_country_is_not_guessed():
    assert read_phone("030 23125108", None).is_invalid
    assert not read_phone("+49 30 23125108", None).is_invalid


@pytest.mark.parametrize(
    "cell",
    [
        "+1 202 555 0111 / +1 202 555 0112",
        "(202) 555-0111; (202) 555-0112",
        "2025550111 or 2025550112",
    ],
)
def test_two_numbers_in_a_cell(cell):
    reading = read_phone(cell, "US")

    assert (reading.number, reading.others) == ("+12025550111", ("+12025550112",))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Germany", "DE"), ("Deutschland", "DE"), ("Allemagne", "DE"), ("Alemania", "DE"),
        ("Germania", "DE"), ("Almanya", "DE"), ("آلمان", "DE"), ("ألمانيا", "DE"), ("de", "DE"),
        ("DEU", "DE"), ("U.S.A.", "US"), ("Vereinigte Staaten", "US"), ("ایالات متحده", "US"),
        ("UK", "GB"), ("England", "GB"), ("Great Britain", "GB"), ("Türkiye", "TR"),
        ("TÜRKİYE", "TR"), ("Turkey", "TR"), ("امارات", "AE"), ("ايران", "IR"), ("IRAN", "IR"),
        ("Holland", "NL"), ("Germany (DE)", "DE"), ("Österreich", "AT"), ("OESTERREICH", "AT"),
        ("Bavaria", None), ("", None),
    ],
)  # fmt: skip
def test_countries(text, code):
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("text", "tz", "order", "utc"),
    [
        ("03/17/2026 11:18 AM", "America/Los_Angeles", "MDY", "2026-03-17 18:18"),
        ("03/17/2026 12:05 AM", "UTC", "MDY", "2026-03-17 00:05"),
        ("03/17/2026 12:05 PM", "UTC", "MDY", "2026-03-17 12:05"),
        ("20.04.2026 09:40", "Europe/Berlin", "DMY", "2026-04-20 07:40"),
        ("20.4.26, 9:40 Uhr", "Europe/Berlin", "DMY", "2026-04-20 07:40"),
        ("05/04/2026", "UTC", "DMY", "2026-04-05 00:00"),
        ("05/04/2026", "UTC", "MDY", "2026-05-04 00:00"),
        ("2026-04-05 10:00", "Europe/Berlin", "MDY", "2026-04-05 08:00"),
        ("2026-03-17T12:06:00-05:00", "Europe/Berlin", None, "2026-03-17 17:06"),
        ("2026-03-17T12:06:00.123+0530", "UTC", None, "2026-03-17 06:36"),
        ("2026-03-17T12:06:00Z", "Europe/Berlin", None, "2026-03-17 12:06"),
        ("2026-03-17 12:06 UTC", "Europe/Berlin", None, "2026-03-17 12:06"),
        ("17 March 2026 14:30", "UTC", None, "2026-03-17 14:30"),
        ("March 17, 2026 2:30 PM", "UTC", None, "2026-03-17 14:30"),
        ("17. März 2026", "UTC", None, "2026-03-17 00:00"),
        ("17-Mar-26", "UTC", None, "2026-03-17 00:00"),
        ("17 de marzo de 2026 8:05", "UTC", None, "2026-03-17 08:05"),
        ("13 Mayıs 2026 15:59", "Europe/Istanbul", None, "2026-05-13 12:59"),
        ("۱۴۰۵/۰۲/۱۲ ۱۶:۵۱", "Asia/Tehran", "YMD", "2026-05-02 13:21"),
        ("1405-02-12 16:51", "Asia/Tehran", None, "2026-05-02 13:21"),
        ("46099.4875", "America/Chicago", None, "2026-03-18 16:42"),
        ("46100.817361111", "UTC", None, "2026-03-19 19:37"),
        ("1773746286", "Europe/Berlin", None, "2026-03-17 11:18:06"),
        ("1773746286000", "Europe/Berlin", None, "2026-03-17 11:18:06"),
        ("20260317", "UTC", None, "2026-03-17 00:00"),
        # daylight saving: the missing hour is read with the time before it, of the hour that
        # comes twice the first is meant
        ("2026-03-29 02:30", "Europe/Berlin", None, "2026-03-29 01:30"),
        ("2026-10-25 02:30", "Europe/Berlin", None, "2026-10-25 00:30"),
        ("2026-10-25 03:30", "Europe/Berlin", None, "2026-10-25 02:30"),
    ],
)
def test_moments(text, tz, order, utc):
    reading = read_moment(text, tz, order)

    assert reading.moment == datetime.fromisoformat(utc)
    assert reading.flags == ()


@pytest.mark.parametrize(
    ("text", "order", "flags"),
    [
        ("03/17/2026", "DMY", ("other_date_order",)),
        ("17/03/2026", "MDY", ("other_date_order",)),
        ("31.02.2026", "DMY", ("invalid_date",)),
        ("1405/12/31", "YMD", ("invalid_date",)),
        ("99/99/2026", "DMY", ("invalid_date",)),
        ("yesterday", None, ("invalid_date",)),
        ("17.03.0206", "DMY", ("invalid_date",)),
        ("25:61", None, ("invalid_date",)),
        ("", None, ()),
    ],
)
def test_days_that_do_not_fit(text, order, flags):
    assert read_moment(text, "UTC", order).flags == flags


def test_a_two_digit_solar_year_needs_the_calendar():
    assert read_moment("05/02/12", "UTC", "YMD", "jalali").moment == datetime(2026, 5, 2)
    assert read_moment("05/02/12", "UTC", "YMD").moment == datetime(2005, 2, 12)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Student", "student"), ("Studentin", "student"), ("PhD Student", "student"),
        ("Öğrenci", "student"),
        ("دانشجو", "student"), ("Étudiante", "student"), ("Estudiante", "student"),
        ("Studente", "student"),
        ("Editor, trade press", "press"), ("Redakteur (Presse)", "press"), ("Journalist", "press"),
        ("Gazeteci", "press"), ("خبرنگار", "press"), ("Giornalista", "press"),
        ("Periodista", "press"),
        ("Booth staff", "exhibitor"), ("Aussteller", "exhibitor"), ("Standpersonal", "exhibitor"),
        ("Press Operator", None), ("Press Brake Operator", None),
        ("Student Services Director", None),
        ("Head of Media", None), ("Exhibition Manager", None), ("Staff", None),
        ("Plant Manager", None),
        ("Manager, Student Housing", None), ("Buyer", None), ("", None),
    ],
)  # fmt: skip
def test_jobs_of_people_who_do_not_buy(text, kind):
    assert kind_by_job(text) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Press", "press"), ("Press pass", "press"), ("Presse", "press"), ("Media", "press"),
        ("مطبوعات", "press"),
        ("Student", "student"), ("Student ticket", "student"), ("Öğrenci bileti", "student"),
        ("Exhibitor", "exhibitor"), ("Exhibitor badge", "exhibitor"), ("Aussteller", "exhibitor"),
        ("Staff", "exhibitor"),
        ("Visitor", None), ("Fachbesucher", None), ("VIP", None), ("Expression of interest", None),
        ("", None),
    ],
)  # fmt: skip
def test_tickets_of_people_who_do_not_buy(text, kind):
    assert kind_by_ticket(text) == kind


@pytest.mark.parametrize(
    ("company", "own"),
    [
        ("Rivalworks Pumps Inc.", True), ("RIVALWORKS  PUMPS", True),
        ("Rivalworks Pumps, Inc", True), ("Rivalworks Valves Inc.", False),
        ("Works Pumps Inc.", False), ("", False), (None, False),
    ],
)  # fmt: skip
def test_competitors(company, own):
    assert is_competitor(company, ("Rivalworks Pumps Inc.", "Gegenspieler Technik GmbH")) is own


@pytest.mark.parametrize(
    ("name", "email", "is_test"),
    [
        ("Test Test", None, True), ("test", "ann@acme.example", True),
        ("Test User2 Test", None, False), ("asdf", None, True),
        ("Ann Bell", "test@example.com", True), ("Ann Bell", "test1@test.com", True),
        ("Ann Test", "ann@acme.example", False), ("Peter Tester-Bell", None, False),
        ("Ann Bell", "test@acme.example", False), ("", "testa@acme.example", False),
        (None, None, False),
    ],
)  # fmt: skip
def test_test_rows(name, email, is_test):
    assert is_test_row(name, email) is is_test


@pytest.mark.parametrize(
    ("cell", "formula"),
    [
        ("=1+1", True), (" =SUM(A1)", True), ("@SUM(1+1)*cmd|' /C calc'!A0", True),
        ("+cmd|' /C calc'!A0", True), ("-2+3+cmd|' /C calc'!A0", True),
        ('=HYPERLINK("http://x","y")', True), ("+A1+B2", True), ("-A1*2", True),
        ("+49 30 23125-108", False), ("+1 (202) 555-0155", False), ("-", False),
        ("- call back (soon)", False), ("-10 %", False), ("@ann on X", False), ("= = =", False),
        ("a=b", False), ("", False), ("+1 202 555 0155 x204", False), ("-30°C pumps", False),
    ],
)  # fmt: skip
def test_formula_cells(cell, formula):
    assert is_formula(cell) is formula


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("<script>alert(1)</script>", True), ("bold <b>12</b>", True),
        ("<img src=x onerror=alert(1)>", True), ("line<br/>break", True),
        ("<SCRIPT SRC=//x>", True), ("<!-- x -->", True), ("5 < 6 > 4", False),
        ("<ann@acme.example>", False), ("<see below>", False), ("<3 pumps", False), ("", False),
    ],
)  # fmt: skip
def test_markup(text, markup):
    assert has_markup(text) is markup


@pytest.mark.parametrize(
    ("cell", "interests"),
    [
        ("Control Unit C1; Pump P-200", ("Control Unit C1", "Pump P-200")),
        ("Control Unit C1, Pump P-200", ("Control Unit C1", "Pump P-200")),
        ("Control Unit C1 / Pump P-200", ("Control Unit C1", "Pump P-200")),
        ("Control Unit C1، Valve V-40", ("Control Unit C1", "Valve V-40")),
        ("Pump P-200 | pump p-200", ("Pump P-200",)),
        ("AC/DC drive", ("AC/DC drive",)),
        ("Valves, small; Pumps", ("Valves, small", "Pumps")),
        ("none", ()),
        ("", ()),
    ],
)
def test_interests(cell, interests):
    assert split_interests(cell) == interests


@pytest.mark.parametrize(
    ("first", "last", "full", "name"),
    [
        ("Ann", "Bell", "", "Ann Bell"),
        ("", "Bell", "", "Bell"),
        ("", "", "Bell, Ann", "Ann Bell"),
        ("", "", "van der Berg, Jan Piet", "Jan Piet van der Berg"),
        ("", "", "Ann Bell, PhD", "Ann Bell, PhD"),
        ("", "", "=1+1,2", "=1+1,2"),
        ("", "", "Ann  Bell ", "Ann Bell"),
        ("Ann", "Bell", "Dr. Ann Bell", "Dr. Ann Bell"),
        ("", "", "", None),
    ],
)
def test_names(first, last, full, name):
    assert join_name(first, last, full).name == name
