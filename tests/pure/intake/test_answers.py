"""Survey answers to codes: what is read, and the near misses beside each."""

import pytest
from lead_followup_tools.intake.answers import authority_code, budget_code, timeframe_code
from lead_followup_tools.intake.consent import yes_or_no
from lead_followup_tools.intake.ratings import rating_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Under $10,000", "lt10k"), ("< 10k", "lt10k"), ("$5,000", "lt10k"),
        ("unter 10.000 EUR", "lt10k"), ("10.000 TL altı", "lt10k"),
        ("کمتر از ده هزار دلار", "lt10k"), ("moins de 10 000 €", "lt10k"),
        ("menos de 10.000", "lt10k"), ("meno di 10.000 €", "lt10k"),
        ("أقل من 10000 دولار", "lt10k"), ("$10,000 - $50,000", "10k_50k"), ("10-50k", "10k_50k"),
        ("10k–50k", "10k_50k"), ("10 000 à 50 000 €", "10k_50k"),
        ("ده تا پنجاه هزار دلار", "10k_50k"), ("30 Tsd. EUR", "10k_50k"),
        ("€10'000 bis €50'000", "10k_50k"), ("up to 50k", "10k_50k"), ("10000-50000", "10k_50k"),
        ("50.000 - 250.000 TL", "50k_250k"), ("over 50k", "50k_250k"), ("100k+", "50k_250k"),
        ("پنجاه تا دویست و پنجاه هزار دلار", "50k_250k"), ("de 50 a 250 mil", "50k_250k"),
        ("Over $250,000", "gt250k"), ("250.000 TL üzeri", "gt250k"), ("> 250k", "gt250k"),
        ("1,5 Mio", "gt250k"), ("über 250.000 EUR", "gt250k"), ("plus de 250 000 €", "gt250k"),
        ("más de 250.000", "gt250k"), ("oltre 250.000 €", "gt250k"),
        ("بیش از دویست و پنجاه هزار دلار", "gt250k"), ("$250K+", "gt250k"),
        ("أكثر من 250000", "gt250k"), ("2 million", "gt250k"), ("No budget yet", "none"),
        ("kein Budget", "none"), ("Bütçe yok", "none"), ("بدون بودجه", "none"),
        ("pas de budget", "none"), ("sin presupuesto", "none"), ("nessun budget", "none"),
        ("0", "none"), ("لا توجد ميزانية", "none"), ("not defined", "none"), ("gt250k", "gt250k"),
        ("depends on project", None), ("Pump P-200", None), ("yes", None), ("", None),
    ],
)  # fmt: skip
def test_budgets(text, code):
    assert budget_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Final decision maker", "decision_maker"), ("Entscheider", "decision_maker"),
        ("Karar verici", "decision_maker"), ("تصمیم‌گیرنده", "decision_maker"),
        ("Décideur", "decision_maker"),
        ("Toma la decisión", "decision_maker"), ("Decisore", "decision_maker"),
        ("صانع القرار", "decision_maker"),
        ("I make the final decision", "decision_maker"), ("Decision-maker", "decision_maker"),
        ("Recommends / influences", "influencer"), ("Mitentscheider", "influencer"),
        ("Etkileyen", "influencer"),
        ("پیشنهاددهنده", "influencer"), ("Influences decision maker", "influencer"),
        ("Prescripteur", "influencer"),
        ("Recomienda", "influencer"), ("Consiglia", "influencer"),
        ("Part of the buying committee", "influencer"),
        ("End user", "end_user"), ("Anwender", "end_user"), ("Kullanıcı", "end_user"),
        ("کاربر", "end_user"),
        ("Utilisateur", "end_user"), ("Usuario final", "end_user"), ("Utente finale", "end_user"),
        ("مستخدم", "end_user"),
        ("No role in purchase", "none"), ("kein Einfluss", "none"), ("Rolü yok", "none"),
        ("بدون نقش", "none"),
        ("Aucun rôle", "none"), ("Sin influencia", "none"), ("Nessun ruolo", "none"),
        ("لا دور", "none"),
        ("Plant Manager", None), ("Yes", None), ("", None),
    ],
)  # fmt: skip
def test_authorities(text, code):
    assert authority_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0-3 months", "0_3m"), ("ASAP", "0_3m"), ("within 3 months", "0_3m"),
        ("innerhalb von 3 Monaten", "0_3m"),
        ("0-3 ay", "0_3m"), ("تا سه ماه", "0_3m"), ("2 weeks", "0_3m"), ("sofort", "0_3m"),
        ("<3", "0_3m"),
        ("dans les 3 mois", "0_3m"), ("en menos de 3 meses", "0_3m"), ("entro 3 mesi", "0_3m"),
        ("0-3m", "0_3m"),
        ("this quarter", "0_3m"), ("خلال 3 أشهر", "0_3m"), ("1 quarter", "0_3m"), ("hemen", "0_3m"),
        ("3-6 months", "3_6m"), ("3 to 6 months", "3_6m"), ("سه تا شش ماه", "3_6m"),
        ("6 months", "3_6m"),
        ("3 à 6 mois", "3_6m"), ("more than 3 months", "3_6m"), ("3-6", "3_6m"),
        ("6-12 months", "6_12m"), ("6-12 ay", "6_12m"), ("شش تا دوازده ماه", "6_12m"),
        ("next year", "6_12m"),
        ("within a year or 1 year", "6_12m"), ("over 6 months", "6_12m"),
        ("6 bis 12 Monate", "6_12m"),
        ("12+ months", "gt12m"), ("später als 12 Monate", "gt12m"), ("12 aydan fazla", "gt12m"),
        ("2 years", "gt12m"),
        ("بیش از یک سال", "gt12m"), ("plus de 12 mois", "gt12m"),
        ("más de un año o 12 meses", "gt12m"),
        ("oltre 12 mesi", "gt12m"), ("more than 1 year", "gt12m"), ("12+", "gt12m"),
        ("أكثر من 12 شهرا", "gt12m"),
        ("Just looking", "none"), ("kein Bedarf", "none"), ("Sadece bakıyor", "none"),
        ("فقط بازدید", "none"),
        ("No plans", "none"), ("aucun projet", "none"), ("sin planes", "none"),
        ("nessun progetto", "none"),
        ("call me in the afternoon", None), ("Pump P-200", None), ("", None),
    ],
)  # fmt: skip
def test_timeframes(text, code):
    assert timeframe_code(text) == code


@pytest.mark.parametrize(
    ("text", "scale", "code"),
    [
        ("Hot", "auto", "hot"), ("H", "auto", "hot"), ("A", "auto", "hot"), ("High", "auto", "hot"),
        ("hoch", "auto", "hot"), ("Sıcak", "auto", "hot"), ("SICAK", "auto", "hot"),
        ("داغ", "auto", "hot"), ("chaud", "auto", "hot"), ("caliente", "auto", "hot"),
        ("caldo", "auto", "hot"), ("ساخن", "auto", "hot"), ("A - call at once", "auto", "hot"),
        ("Very high", "auto", "hot"), ("A-Lead", "auto", "hot"), ("Warm", "auto", "warm"),
        ("B", "auto", "warm"), ("W", "auto", "warm"), ("Medium", "auto", "warm"),
        ("Ilık", "auto", "warm"), ("گرم", "auto", "warm"), ("tiède", "auto", "warm"),
        ("mittel", "auto", "warm"), ("دافئ", "auto", "warm"), ("tiepido", "auto", "warm"),
        ("tibio", "auto", "warm"), ("Cold", "auto", "cold"), ("C", "auto", "cold"),
        ("Low", "auto", "cold"), ("Soğuk", "auto", "cold"), ("سرد", "auto", "cold"),
        ("froid", "auto", "cold"), ("frío", "auto", "cold"), ("freddo", "auto", "cold"),
        ("niedrig", "auto", "cold"), ("بارد", "auto", "cold"), ("kalt", "auto", "cold"),
        ("5", "5_best", "hot"), ("4", "5_best", "hot"), ("3", "5_best", "warm"),
        ("2", "5_best", "cold"), ("1", "5_best", "cold"), ("1", "1_best", "hot"),
        ("2", "1_best", "hot"), ("3", "1_best", "warm"), ("4", "1_best", "cold"),
        ("5", "1_best", "cold"), ("۵", "auto", "hot"), ("4/5", "auto", "hot"),
        ("5.0", "auto", "hot"), ("★★★☆☆", "auto", "warm"), ("5 stars", "auto", "hot"),
        ("5 stars", "1_best", "cold"), ("0", "auto", None), ("6", "auto", None),
        ("10", "auto", None), ("Hotel", "auto", None), ("", "auto", None),
    ],
)  # fmt: skip
def test_ratings(text, scale, code):
    assert rating_code(text, scale) == code


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Yes", True), ("y", True), ("1", True), ("TRUE", True), ("ja", True), ("Evet", True),
        ("بله", True),
        ("نعم", True), ("oui", True), ("Sí", True), ("x", True), ("✓", True), ("I agree", True),
        ("Yes, by e-mail", True), ("Ich stimme zu", True), ("opted in", True),
        ("No", False), ("0", False), ("nein", False), ("HAYIR", False), ("خیر", False),
        ("لا", False), ("non", False),
        ("I do not agree", False), ("No, thanks", False), ("opted out", False), ("declined", False),
        ("", None), ("maybe", None), ("later", None), ("ask again", None),
    ],
)  # fmt: skip
def test_consents(text, answer):
    assert yes_or_no(text) is answer
