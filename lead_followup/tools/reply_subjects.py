"""Subjects by which a message that carries no telling header is known as a machine's."""

import re

# What follows an absence: nothing, a mark, a date. "Out of office furniture" is an inquiry.
_TAIL = (
    r"(?=\s*(?:$|[:;,.!?/()\[\]–—|-]|\d)|\s+(?:until|till|from|re|on|bis|ab|vom|am|jusqu|hasta"
    r"|desde|fino|dal|al|até|tot|auto-?reply|reply|message|notification|notice|تا|حتى)\b)"
)
# What somebody's own sentence goes on with: less, for people write such sentences, too.
_END = (
    r"(?=\s*(?:$|[:;.!()\[\]–—|-])|\s+(?:until|till|bis|jusqu|hasta|fino|تا|حتى)\b"
    r"|\s+re\s*:)"
)
_COLON = r"(?=\s*:)"
# Marks of direction, which mail programs put before and between right-to-left words.
_DIRECTION = re.compile(r"[\u200e\u200f\u202a-\u202e]")
# A question behind an absence was asked by a person.
_ASKED = re.compile(r"[–—-].*[?؟？]\s*$")

_ABSENCE = (
    # English
    r"(?:auto(?:matic|mated)?|automatische)[\s:-]*(?:reply|response|answer|antwort){tail}",
    r"\[auto(?:matic)?[\s-]*reply\]",
    r"(?:away\ from|out[\s-]of)[\s-](?:the[\s-])?office{tail}",
    r"ooo(?:\s*:|\s+re\b)",
    r"i(?:\ am|['’]m)\ (?:currently\ )?(?:out\ of\ (?:the\ )?office|on\ (?:vacation|leave)){end}",
    r"(?:auto:\s*)?[^:]{3,60}\ is\ (?:currently\ )?out\ of\ the\ office{end}",
    r"on\ (?:vacation|annual\ leave|leave){end}",
    # German
    r"automatische\ (?:rückantwort|abwesenheit)",
    r"abwesenheit(?:s(?:notiz|benachrichtigung|meldung|assistent)\b|{colon})",
    r"abwesend{tail}",
    r"(?:ich\ bin\ )?(?:derzeit\ |zurzeit\ |momentan\ )?"
    r"(?:nicht\ im\ (?:büro|haus)|abwesend|außer\ haus|im\ urlaub){end}",
    r"(?:auto:\s*)?[^:]{3,60}\ ist\ (?:derzeit\ )?nicht\ im\ (?:büro|haus){end}",
    # French
    r"r[ée]ponse\ automatique\b",
    r"(?:message|notification|avis)\ d['’]absence\b",
    r"absen(?:te?(?:\(e\))?|ce)\ du\ bureau{tail}",
    r"je\ suis\ (?:actuellement\ )?(?:absente?(?:\ du\ bureau)?|en\ cong[ée]s?){end}",
    r"(?:absence|absente?|en\ cong[ée]s?){colon}",
    # Spanish, Portuguese, Italian, Dutch, Russian
    r"(?:respuesta|resposta|risposta)\ autom[áa]tica\b",
    r"(?:fuera\ de|fora\ d[oe])\ (?:la\ )?(?:oficina|escrit[óo]rio){tail}",
    r"fuori\ (?:sede|ufficio){tail}",
    r"automatisch\ antwoord\b | afwezig(?:heid)?{colon}",
    r"автоответ\b | автоматический\ ответ\b",
    # Turkish
    r"otomatik\ (?:yan[ıi]t|cevap)\b",
    r"ofis\ dış(?:ı{colon}|ında(?:yım)?{tail})",
    r"(?:yıllık\ )?izindeyim{end}",
    # Persian
    r"پاسخ[\s\u200c]?(?:گوی)?\ (?:خودکار|اتوماتیک)",
    r"خارج\ از\ (?:دفتر|محل\ کار){tail}",
    r"(?:در\ )?مرخصی(?:{colon}|\ هستم{end})",
    r"عدم\ حضور(?:\ در\ (?:دفتر|محل\ کار))?{tail}",
    # Arabic
    r"(?:ال)?رد\ (?:ال)?(?:تلقائي|آلي)",
    r"خارج\ المكتب{tail}",
    r"(?:أنا\ )?في\ (?:إجازة|اجازة){end}",
    r"غير\ (?:متواجد|موجود)(?:{colon}|\ في\ المكتب)",
    # Chinese, Japanese
    r"自动(?:答复|回复) | 自動(?:返信|回覆|応答)",
)
# What a program puts before our own subject once our mail was read, or thrown away unread.
_RECEIPT = (
    r"(?:not\ )?read: | (?:nicht\ |un)?gelesen: | (?:non\ )?lu\s?: | (?:no\ )?le[ií]do?:"
    r" | (?:non\ )?letto: | (?:okundu|okunmadı): | (?:خوانده\ شد|خوانده\ نشد):"
    r" | (?:مقروء(?:ة)?|تمت\ القراءة|لم\ تتم\ القراءة):"
)


def _compiled(*patterns: str) -> re.Pattern:
    joined = " | ".join(f"(?:{pattern})" for pattern in patterns)
    for name, ending in (("{tail}", _TAIL), ("{end}", _END), ("{colon}", _COLON)):
        joined = joined.replace(name, ending)
    return re.compile(rf"^\s*(?:{joined})", re.IGNORECASE | re.VERBOSE)


_SUBJECT = _compiled(*_ABSENCE)
_RECEIPT_SUBJECT = _compiled(_RECEIPT)


def says_automatic(subject: str) -> bool:
    """Tell whether ``subject`` is that of an absence notice.

    Where in doubt it is a person's: an answer that is overlooked costs more than a notice that is
    taken for one.

    >>> says_automatic("Ann Ample is out of the office (returning 6 April)")
    True
    >>> says_automatic("Out of office furniture for 40 people"), says_automatic("Re: Vacation")
    (False, False)
    >>> says_automatic("Out of office - can we talk Monday?")
    False
    """
    subject = _DIRECTION.sub("", subject or "")
    found = _SUBJECT.match(subject)
    return bool(found and not _ASKED.match(subject[found.end() :].lstrip()))


def says_read(subject: str, answered: str) -> bool:
    """Tell whether ``subject`` is that of a read receipt of a message called ``answered``.

    People write such words, too: without our own subject behind them they say nothing.

    >>> says_read("Read: Good to meet you", "Good to meet you")
    True
    >>> says_read("Read: your offer, and a question", "Good to meet you"), says_read("Read: x", "")
    (False, False)
    """
    subject = _DIRECTION.sub("", subject or "")
    found = _RECEIPT_SUBJECT.match(subject)
    answered = " ".join(_DIRECTION.sub("", answered or "").split()).casefold()
    rest = " ".join(subject[found.end() :].split()).casefold() if found else ""
    return bool(answered) and answered in rest
