"""Whether an incoming message was written by a person or by a machine."""

import re
from collections.abc import Mapping

# RFC 3834 and what mail programs used before it. ``Precedence: bulk`` and
# ``X-Auto-Response-Suppress`` alone are left out: genuine mail carries them as well.
_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponder")
_PRECEDENCE = {"auto_reply", "auto-reply"}

# After "out of office" stands nothing, a mark, a date: "Out of office furniture" is an inquiry.
_TAIL = (
    r"(?=\s*(?:$|[:;,.!?/()\[\]–—|-]|\d)|\s+(?:until|till|from|re|on|bis|ab|vom|am|jusqu|hasta"
    r"|desde|fino|dal|reply|message|notification|notice|تا|حتى)\b)"
)
# Subjects of absence notices, where a program sends no header at all.
_SUBJECT = re.compile(
    r"""^\s*(?:
        (?:auto(?:matic)?|automatische)[\s:-]*(?:reply|response|answer|antwort){tail}
      | out\ of\ (?:the\ )?office{tail}
      | (?:ooo)\s*:
      | abwesenheits(?:notiz|benachrichtigung|meldung|assistent)?\b | abwesend{tail}
      | nicht\ im\ büro{tail}
      | r[ée]ponse\ automatique\b | absen(?:t|ce)\ du\ bureau{tail}
      | respuesta\ autom[áa]tica\b | fuera\ de\ (?:la\ )?oficina{tail}
      | risposta\ automatica\b | fuori\ (?:sede|ufficio){tail}
      | otomatik\ (?:yanıt|cevap|yanit)\b | ofis\ dışında(?:yım)?{tail}
      | پاسخ\ خودکار | خارج\ از\ (?:دفتر|محل\ کار){tail}
      | (?:ال)?رد\ (?:ال)?(?:تلقائي|آلي) | خارج\ المكتب{tail}
    )""".replace("{tail}", _TAIL),
    re.IGNORECASE | re.VERBOSE,
)


def is_automatic(headers: Mapping[str, str], subject: str = "") -> bool:
    """Tell whether a message is an automatic reply, such as an absence notice.

    :param headers: of the message; names in any letter case.
    :param subject: decoded.

    Source: RFC 3834 (``Auto-Submitted``), and the headers of older responders.

    >>> is_automatic({"Auto-Submitted": "auto-replied"}), is_automatic({"Auto-Submitted": "no"})
    (True, False)
    >>> is_automatic({}, "Automatic reply: Your request"), is_automatic({}, "Re: automatic valves")
    (True, False)
    >>> is_automatic({"Precedence": "bulk"}, "Re: Good to meet you")
    False
    """
    lowered = {name.lower(): value.strip().lower() for name, value in headers.items()}
    submitted = lowered.get("auto-submitted", "no").split(";")[0].strip()
    return bool(
        submitted != "no"
        or any(lowered.get(name, "no") != "no" for name in _HEADERS)
        or lowered.get("precedence") in _PRECEDENCE
        or _SUBJECT.match(subject or "")
    )
