"""Visitors who do not buy: students, press, exhibitors, own competitors; and test rows."""

import re
from functools import lru_cache

from .folding import fold_compact, fold_key, fold_words

_KINDS = {
    "student": r"students?|studentin|studierender?|phd student|doctoral student|pupils?"
        r"|schuler(?:in)?|trainee student|etudiante?|estudiantes?|studente(?:ssa)?|ogrenci(?:si)?"
        r"|دانشجو|دانش اموز|محصل|طالب|طالبه|praktikant(?:in)?|undergraduate|apprentice"
        r"|universite ogrencisi|azubi|auszubildender?"
        r"|студент(?:ка)?|studentka|estudante",
    "press": r"press|presse|media|journalist(?:in)?s?|reporter|editor|redakteur(?:in)?|redaktion"
        r"|blogger|influencer|trade press|editor in chief|chief editor|correspondent"
        r"|pressevertreter(?:in)?|fachpresse|medien|journaliste|redacteur|redactrice|prensa"
        r"|periodista|medios|redactora?|stampa|giornalista|redattore|redattrice|basin|gazeteci"
        r"|muhabir|editoru?|medya|مطبوعات|خبرنگار|روزنامه نگار|رسانه|خبرگزاری|صحافه|صحفی|اعلام"
        r"|الصحافه|مراسل|صحافی|пресса|журналист(?:ка)?|сми|prasa|dziennikarz"
        r"|imprensa|jornalista",
    "exhibitor": r"exhibitors?|exhibiting|aussteller(?:in)?|booth staff|stand staff"
        r"|exhibitor staff|standpersonal|booth personnel|exposante?s?|expositora?(?:es)?"
        r"|espositor[ei]|katilimci firma|stant gorevlisi|stand gorevlisi|غرفه دار"
        r"|شرکت کننده نمایشگاه|غرفه داران|عارض|عارضون|العارض|الجهه العارضه|staff|crew|organi[sz]er"
        r"|vendor|экспонент|wystawca|exposant|expositor",
    "competitor": r"конкурент|konkurencja"
        r"|competitors?|own competitor|wettbewerber|mitbewerber|konkurrenz|konkurrent"
        r"|concurrent|competidora?|concorrente|rakip|رقیب|منافس",
}  # fmt: skip
_WHOLE = {kind: re.compile(rf"(?:{words})") for kind, words in _KINDS.items()}
_INSIDE = {kind: re.compile(rf"\b(?:{words})\b") for kind, words in _KINDS.items()}
_PARTS = re.compile(r"[,;/|()\[\]–—]|\s-\s")
# "Engineering student", "étudiant en master", "دانشجوی دکتری": studies, before or behind.
_STUDENT = re.compile(
    r"(?:[^\W\d_]+ ){1,4}(?:student(?:in)?|ogrencisi)|(?:phd|doctoral|mba|msc) candidate"
    r"|etudiante? (?:en|a|de|d) .+|estudiante (?:de|en) .+"
    r"|student(?:e|essa) (?:di|in|universitari[oa])\b.*"
    r"|student(?:in)? (?:of|der|des|fur|im) .+"
    r"|دانشجوی .+|طالبه? (?:جامعی?|ماجستیر|دکتوراه|هندسه|دراسات).*"
)
_PRESS = re.compile(
    r".*\b(?:journalist(?:in|e)?|giornalista|periodista|gazeteci|muhabir|خبرنگار|صحفیه?)\b.*"
    r"|redact(?:eur|rice) en chef|redactora? jefe|chefredakteur(?:in)?"
    r"|(?:fach|bild|foto)journalist(?:in)?"
    r"|capo ?redattore|yayin yonetmeni|سردبیر"
)
_NOT_PRESS = re.compile(r"\b(?:relations?|liaison|outreach|beziehungen)\b")
# A type of ticket such as "Exhibitor" says it all; "staff" as a job title says nothing.
_TICKET_ONLY = re.compile(
    r"staff|crew|organi[sz]er|vendor|media|medya|editoru|influencer|medien|medios|اعلام|محصل"
)
_TICKET_WORDS = frozenset(
    """
    pass passes ticket badge day days free full access partner press presse exhibitor exhibitors
    team staff crew representative rep member guest booth stand event show event personnel only
    accredited accreditation pro professional 1day visitor
    """.split()
)
_NEGATED = re.compile(r"\b(?:non|not|kein|nicht|no) (?:an? )?\w+")
_LEGAL_FORMS = re.compile(
    r"(?:[\s,]+(?:inc|llc|ltd|limited|plc|corp|corporation|co|company|gmbh|mbh|ag|kg|kgaa|ohg|se"
    r"|ug|e ?k|sarl|sas|sa|s a|s a r l|srl|s r l|spa|s p a|sl|s l|slu|bv|b v|nv|n v|oy|ab|as|a s"
    r"|aps|a ?s|san|tic|ve|sti|pty|kk|pvt|s a de c v|de c v|de cv|und|and|gmbh co)\b)+$"
)
_TEST_WORDS = frozenset(fold_compact(word) for word in """
    test tester testing testuser testperson testlead testcontact asdf asdfgh qwerty dummy sample
    essai prueba prova deneme تست آزمایش آزمایشی اختبار تجربه xxx testing123 testbenutzer testkunde
    """.split())  # fmt: skip
_TEST_ADDRESS = re.compile(
    r"^(?:test\w*|demo|dummy|asdf\w*)@(?:example|test|domain|asdf|mail)\.\w+$"
)


@lru_cache(maxsize=4096)
def kind_by_ticket(text: str) -> str | None:
    """Return student, press, exhibitor or competitor from a visitor or ticket type.

    >>> kind_by_ticket("Press pass"), kind_by_ticket("Fachbesucher")
    ('press', None)
    >>> kind_by_ticket("Media"), kind_by_ticket("Media & Entertainment")
    ('press', None)
    """
    words = _NEGATED.sub(" ", fold_words(text))
    for kind, pattern in _INSIDE.items():
        if (found := pattern.search(words)) and _says_ticket(words, found[0]):
            return kind
    return None


def _says_ticket(words: str, found: str) -> bool:
    """Tell "Media pass" from a trade such as "Media and Entertainment"."""
    if not _TICKET_ONLY.fullmatch(found):
        return True
    rest = words.replace(found, " ").split()
    return all(word.isdecimal() or word in _TICKET_WORDS or len(word) == 1 for word in rest)


@lru_cache(maxsize=8192)
def kind_by_job(text: str) -> str | None:
    """Return student, press or exhibitor from a job title, where a whole part of it says so.

    >>> kind_by_job("Editor, trade press"), kind_by_job("Öğrenci")
    ('press', 'student')
    >>> kind_by_job("Press Operator"), kind_by_job("Student Services Director")
    (None, None)
    """
    for part in _PARTS.split(text):
        words = fold_words(part)
        if not words or _TICKET_ONLY.fullmatch(words):
            continue
        if _STUDENT.fullmatch(words):
            return "student"
        if _PRESS.fullmatch(words) and not _NOT_PRESS.search(words):
            return "press"
        for kind, pattern in _WHOLE.items():
            if pattern.fullmatch(words):
                return kind
    return None


@lru_cache(maxsize=8192)
def company_core(name: str) -> str:
    """Return the key of a company without its legal form.

    >>> company_core("Rivalworks Pumps Inc.") == company_core("RIVALWORKS PUMPS")
    True
    """
    words = fold_words(name)
    return (_LEGAL_FORMS.sub("", words) or words).replace(" ", "")


@lru_cache(maxsize=64)
def _competitor_keys(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(company_core(name) for name in names if name.strip())


def is_competitor(company: str | None, competitors: tuple[str, ...]) -> bool:
    """Tell whether a company is one of the named competitors, whatever its legal form."""
    return bool(company and competitors) and company_core(company) in _competitor_keys(competitors)


def is_test_row(name: str | None, email: str | None) -> bool:
    """Tell a row somebody made to try the scanner: only test words, or test@example.

    >>> is_test_row("Test Test", None), is_test_row("Ann Test", "ann@acme.example")
    (True, False)
    """
    if email and _TEST_ADDRESS.match(email):
        return True
    words = [fold_key(word) for word in (name or "").split()]
    return bool(words) and all(word.strip("0123456789.-") in _TEST_WORDS for word in words)
