"""The same thing in the spellings people have for it, and the near misses beside them."""

from datetime import datetime

import pytest
from lead_followup_tools.intake.answers import authority_code, budget_code, timeframe_code
from lead_followup_tools.intake.consent import yes_or_no
from lead_followup_tools.intake.countries import country_code
from lead_followup_tools.intake.dates import read_moment
from lead_followup_tools.intake.emails import read_email
from lead_followup_tools.intake.phones import read_phone
from lead_followup_tools.intake.ratings import rating_code
from lead_followup_tools.intake.states import state_code
from lead_followup_tools.intake.visitors import kind_by_job, kind_by_ticket


@pytest.mark.parametrize(
    ("text", "tz", "order", "utc"),
    [
        ("18/03/2026 14h05", "Europe/Paris", "DMY", "2026-03-18 13:05"),
        ("14:05 18/03/2026", "UTC", "DMY", "2026-03-18 14:05"),
        ("2:05 PM, 03/18/2026", "UTC", "MDY", "2026-03-18 14:05"),
        ("3/18/26 2:05p", "UTC", "MDY", "2026-03-18 14:05"),
        ("18/03/2026 02:05 م", "Asia/Riyadh", "DMY", "2026-03-18 11:05"),
        # EDT is UTC-4, PST is UTC-8, CET is UTC+1, whatever the zone of the show
        ("Mar 18 2026 2:05PM EDT", "UTC", None, "2026-03-18 18:05"),
        ("3/18/2026 2:05 PM PST", "Asia/Tokyo", "MDY", "2026-03-18 22:05"),
        ("2026-03-18 14:05 CET", "UTC", None, "2026-03-18 13:05"),
        ("2026-03-18 14:05 America/New_York", "UTC", None, "2026-03-18 18:05"),
        ("Wed Mar 18 2026 14:05:00 GMT+0100 (CET)", "UTC", None, "2026-03-18 13:05"),
        ("20260318T140500Z", "Europe/Berlin", None, "2026-03-18 14:05"),
        ("2026年3月18日", "UTC", None, "2026-03-18 00:00"),
        ("18 آذار 2026", "UTC", None, "2026-03-18 00:00"),
        # 1 Farvardin 1405 is 21 March 2026; Tehran is UTC+3:30
        ("۱ فروردین ۱۴۰۵ ساعت ۱۰:۳۰", "Asia/Tehran", None, "2026-03-21 07:00"),
        ("1405/1/1 9:5", "Asia/Tehran", "YMD", "2026-03-21 05:35"),
    ],
)
def test_moments(text, tz, order, utc):
    assert read_moment(text, tz, order) == (datetime.fromisoformat(utc), ())


@pytest.mark.parametrize("text", ["1447/09/28", "28/09/1447", "18/03", "Mar 18", "²³/03/2026"])
def test_days_nobody_can_tell(text):
    assert read_moment(text, "UTC", "DMY").flags == ("invalid_date",)


@pytest.mark.parametrize(
    ("cell", "addresses"),
    [
        ("ann@acme.example (private)", ["ann@acme.example"]),
        ("ann@acme.example www.acme.example", ["ann@acme.example"]),
        ("a@b.example/c@d.example", ["a@b.example", "c@d.example"]),
        ("a@b.example & c@d.example", ["a@b.example", "c@d.example"]),
        ("ann＠acme.example", ["ann@acme.example"]),
        ("ann@acme.example#mailto:ann@acme.example#", ["ann@acme.example"]),
        ("noemail@noemail.com", []),
        ("none@none.com", []),
        ("x@x.com", []),
        ("xavier@x.com", ["xavier@x.com"]),
        ("x@x.example", ["x@x.example"]),
        ("no@no-mail-works.example", ["no@no-mail-works.example"]),
        ("ann@acme,example", []),
    ],
)
def test_addresses_in_a_cell(cell, addresses):
    reading = read_email(cell)

    assert [one for one in (reading.address, *reading.others) if one] == addresses
    assert ("invalid_email" in reading.flags) is not bool(addresses)


@pytest.mark.parametrize(
    ("cell", "country", "number", "others", "is_partial"),
    [
        ("030 / 23125108", "DE", "+493023125108", (), False),
        ("030 23125108 / 0171 3920012", "DE", "+493023125108", ("+491713920012",), False),
        ("0171-3920012 (mobil)", "DE", "+491713920012", (), False),
        ("cell 202-555-0176", "US", "+12025550176", (), False),
        ("T: 202-555-0176 M: 202-555-0177", "US", "+12025550176", ("+12025550177",), False),
        ("1-800-555-PUMP", "US", "+18005557867", (), False),
        ("+1 202 555 0176 or 0177", "US", "+12025550176", (), True),
        ("202-555-O176", "US", None, (), False),
    ],
)
def test_words_and_several_numbers_in_a_phone_cell(cell, country, number, others, is_partial):
    reading = read_phone(cell, country)

    assert (reading.number, reading.others, reading.is_partial) == (number, others, is_partial)


@pytest.mark.parametrize("cell", ["+1.202.555.0176;ext=7", "202-555-0176, ext 7", "2025550176 x7"])
def test_extensions(cell):
    assert read_phone(cell, "US")[:2] == ("+12025550176", "7")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("موافق نیستم", False), ("رضایت دارم", True), ("رضایت ندارم", False), ("Nein danke", False),
        ("izin var", True), ("izin yok", False), ("Einwilligung erteilt", True),
        ("keine Einwilligung", False), ("لا أوافق", False), ("Je n'accepte pas", False),
        ("Y/N", None), ("Yes/No", None), ("Pending", None),
    ],
)  # fmt: skip
def test_consent(text, answer):
    assert yes_or_no(text) is answer


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Med", "warm"), ("Very hot", "hot"), ("Muy caliente", "hot"), ("Molto caldo", "hot"),
        ("very cold", "cold"), ("فاتر", "warm"), ("not hot", None), ("10", None), ("8/10", None),
    ],
)  # fmt: skip
def test_ratings(text, code):
    assert rating_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("unter 10 TEUR", "lt10k"), ("10 - 50 TEUR", "10k_50k"), ("10-50", "10k_50k"),
        ("<10", "lt10k"), (">250", "gt250k"), ("50-250", "50k_250k"), ("20-30", None),
        ("Nein", "none"), ("خیر", "none"), ("yes", None), ("5 people", None),
    ],
)  # fmt: skip
def test_budgets(text, code):
    assert budget_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("not a decision maker", "none"), ("Nicht entscheidungsbefugt", "none"),
        ("Co-Entscheider", "influencer"), ("partecipa alla decisione", "influencer"),
        ("onaylayan", "decision_maker"), ("Decision maker", "decision_maker"), ("Hayır", "none"),
    ],
)  # fmt: skip
def test_authorities(text, code):
    assert authority_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Plus d'un an", "gt12m"), ("más de un año", "gt12m"), ("oltre un anno", "gt12m"),
        ("أكثر من سنة", "gt12m"), ("within a year", "6_12m"), ("half a year", "3_6m"),
        ("ein halbes Jahr", "3_6m"), ("a few months", None), ("2027", None), ("12+", "gt12m"),
    ],
)  # fmt: skip
def test_timeframes(text, code):
    assert timeframe_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("D", "DE"), ("A", "AT"), ("Germany - DE", "DE"), ("DE-Deutschland", "DE"),
        ("Oesterreich", "AT"), ("\U0001f1e9\U0001f1ea", "DE"), ("Emiratos Árabes", "AE"),
        ("X", None), ("New-Mexico", None), ("49", None),
    ],
)  # fmt: skip
def test_countries(text, code):
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("US-TX", "US", "TX"), ("Texas (TX)", "US", "TX"), ("Washington, D.C.", "US", "DC"),
        ("Jalisco", "MX", "JAL"), ("Jalisco", "US", None), ("Leeds", "GB", None),
    ],
)  # fmt: skip
def test_states(text, country, code):
    assert state_code(text, country) == code


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mechanical Engineering Student", "student"), ("Étudiante en master", "student"),
        ("estudiante de ingeniería", "student"), ("دانشجوی دکتری", "student"),
        ("Giornalista freelance", "press"), ("Rédacteur en chef", "press"), ("صحفية", "press"),
        ("Journalist Relations Manager", None), ("Student Services Director", None),
    ],
)  # fmt: skip
def test_jobs(text, kind):
    assert kind_by_job(text) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Media", "press"), ("Media day pass", "press"), ("Media & Entertainment", None),
        ("Staff", "exhibitor"), ("Staffing agency", None), ("Non-exhibitor", None),
        ("Vendor", "exhibitor"), ("Vendor management software", None),
    ],
)  # fmt: skip
def test_tickets(text, kind):
    assert kind_by_ticket(text) == kind
