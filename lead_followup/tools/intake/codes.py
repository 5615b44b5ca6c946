"""What a scanned code says: a contact card, a link, a number, or nothing of a person."""

import re
from typing import NamedTuple

from .cards import CARD_COLUMNS, read_cards
from .folding import ascii_digits, clean_line, clean_text

_MAX_CHARS = 8_000  # the largest QR code holds 7,089 digits
_FURTHER = "Scanned Code"
_LINK = "Scanned Link"

# What a card made for being scanned says otherwise than one that a scanner's app has written:
# when it was last changed is no scan, its keywords are no wish of this day.
_CARD_FIELDS = {
    heading: None if field in ("scanned_at", "interest") else field
    for heading, field in CARD_COLUMNS.items()
}
_LEFT_OUT = frozenset({"REV"})
_MECARD = {
    "TEL": "phone", "EMAIL": "email", "NOTE": "note", "URL": "website", "ORG": "company",
    "TITLE": "job_title",
}  # fmt: skip
_BIZCARD = {
    "T": "job_title", "C": "company", "B": "phone", "M": "mobile", "E": "email", "U": "website",
}  # fmt: skip
_MECARD_ADDRESS = (None, "street2", "street", "city", "state", "zip", "country")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(.*)", re.IGNORECASE | re.DOTALL)
_WEB = re.compile(r"(?:https?://|www\.)[^\s/?#@]+\.[^\s/?#@]+\S*", re.IGNORECASE)
_SOCIAL = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)*(linkedin|xing|facebook|instagram|twitter|x|wechat|weixin|wa|t"
    r"|telegram|tiktok|youtube|github)\.(?:com|me|qq\.com)(?:[/?#:]|$)",
    re.IGNORECASE,
)
_SOCIAL_NAMES = {
    "linkedin": "LinkedIn", "xing": "XING", "facebook": "Facebook", "instagram": "Instagram",
    "twitter": "X", "x": "X", "wechat": "WeChat", "weixin": "WeChat", "wa": "WhatsApp",
    "t": "Telegram", "telegram": "Telegram", "tiktok": "TikTok", "youtube": "YouTube",
    "github": "GitHub",
}  # fmt: skip
_ADDRESS = re.compile(r"[^\s<>,;:|^~\"'()]+@[^\s<>,;:|^~\"'()@]+\.[^\W\d_]{2,}")
_NUMBER = re.compile(r"(?=\D*\d)[\w][\w.:/#-]{0,63}")
_PHONE = re.compile(r"\+[\d\s()/.-]{6,24}")
# Secrets and appointments: of no use for a lead, and not ours to keep.
_PRIVATE = frozenset({"wifi", "otpauth", "otpauth-migration", "bitcoin", "ethereum", "lightning"})
_NO_PERSON = frozenset({"geo", "begin", "javascript", "data", "vbscript", "file", "market"})


class Code(NamedTuple):
    """A code as it was understood.

    ``kind`` is vcard, mecard, bizcard, email, phone, link, number, private, text or empty.
    """

    kind: str
    words: dict[str, str]  # {word of FIELDS: text}
    further: dict[str, str]  # {heading: text} of what has no field


def read_code(text: str) -> Code:
    """Return what the text of a QR code or bar code says of a person.

    A link to a profile, and one that names its reader, is kept as a fact; another is a website.
    A number alone is a badge's. What holds a password is not kept.

    >>> read_code("MECARD:N:Bell,Ann;TEL:+12025550111;EMAIL:ann@acme.example;;").words
    {'first_name': 'Ann', 'last_name': 'Bell', 'phone': '+12025550111', 'email': 'ann@acme.example'}
    >>> read_code("https://www.linkedin.com/in/annbell").further
    {'LinkedIn': 'https://www.linkedin.com/in/annbell'}
    >>> read_code("https://acme.example").words, read_code("۱۰۰۴۲").words
    ({'website': 'https://acme.example'}, {'external_id': '10042'})
    >>> read_code("WIFI:S:booth;T:WPA;P:secret;;")
    Code(kind='private', words={}, further={})
    """
    text = _plain(text)
    head = text[:12].upper()
    if not text:
        return Code("empty", {}, {})
    if head.startswith("BEGIN:VCARD"):
        return _read_card(text)
    if head.startswith("MECARD:"):
        return _read_mecard(text[len("MECARD:") :])
    if head.startswith("BIZCARD:"):
        return _read_bizcard(text[len("BIZCARD:") :])
    if found := _SCHEME.fullmatch(text):
        code = _read_scheme(found[1].lower(), found[2], text)
        if code:
            return code
    if _WEB.fullmatch(text):
        return _read_link(text)
    return _read_text(text)


def _plain(text) -> str:
    """Return the text without what no database holds, cut where it can be no code any more."""
    text = str(text or "").replace("\x00", "")[:_MAX_CHARS]
    text = text.encode("utf-8", "replace").decode()
    return text.strip().lstrip("\ufeff").strip()


def _read_scheme(scheme: str, rest: str, text: str) -> Code | None:
    """Return what a code with this scheme says; None where it is a text with a colon in it."""
    if scheme in _PRIVATE:
        return Code("private", {}, {})
    if scheme in ("mailto", "smtp"):
        address = rest.partition("?")[0].partition(":")[0]
        return Code("email", {"email": clean_line(address)}, {})
    if scheme == "matmsg":
        parts = dict(_split_fields(rest))
        return Code("email", {"email": parts["TO"]} if parts.get("TO") else {}, {})
    if scheme in ("tel", "sms", "smsto", "facetime"):
        number = re.split(r"[:?]", rest.removeprefix("//"))[0]
        return Code("phone", {"phone": clean_line(number)}, {})
    if scheme in _NO_PERSON:
        return Code("text", {}, {_FURTHER: clean_text(text)})
    return None


def _read_link(text: str) -> Code:
    link = clean_line(text)
    if social := _SOCIAL.match(link):
        return Code("link", {}, {_SOCIAL_NAMES[social[1].lower()]: link})
    if "?" in link or "#" in link:
        return Code("link", {}, {_LINK: link})
    return Code("link", {"website": link}, {})


def _read_text(text: str) -> Code:
    digits = ascii_digits(text)
    if _PHONE.fullmatch(digits):
        return Code("phone", {"phone": digits}, {})
    if _ADDRESS.fullmatch(text):
        return Code("email", {"email": text}, {})
    if _NUMBER.fullmatch(digits):
        return Code("number", {"external_id": digits}, {})
    found = _ADDRESS.search(text)
    words = {"email": found[0]} if found else {}
    return Code("text", words, {_FURTHER: clean_text(text)})


def _read_card(text: str) -> Code:
    """Return the first card of a text; one that breaks off says what it got to."""
    table = read_cards(text)
    words, further = {}, {}
    for heading, cell in zip(table.headings, table.rows[0].cells, strict=True):
        field = _CARD_FIELDS[heading]
        if not cell.strip() or heading in _LEFT_OUT:
            continue
        if field:
            words[field] = cell
        else:
            further[heading] = cell
    return Code("vcard", words, further)


def _split_fields(text: str):
    """Yield (name, value) of ``NAME:value;NAME:value;;``, backslashes resolved."""
    for part in re.split(r"(?<!\\);", text):
        name, colon, value = part.partition(":")
        if colon and value.strip():
            yield name.strip().upper(), value.strip()


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).strip()


def _put(words: dict, further: dict, word: str, value: str) -> None:
    """Put a value under its word; a second one goes where a second one belongs, or is a fact."""
    second = {"phone": "mobile", "email": "other_email"}.get(word)
    for one in (word, second):
        if one and one not in words:
            words[one] = value
            return
    further[word.upper()] = "; ".join(filter(None, (further.get(word.upper()), value)))


def _read_mecard(text: str) -> Code:
    words: dict[str, str] = {}
    further: dict[str, str] = {}
    for name, value in _split_fields(text):
        if name == "N":
            last, comma, first = value.partition(",")
            if comma:
                words["first_name"], words["last_name"] = _unescape(first), _unescape(last)
            else:
                words["name"] = _unescape(value)
        elif name == "ADR":
            _put_address(words, further, value)
        elif name in _MECARD:
            _put(words, further, _MECARD[name], _unescape(value))
        elif name not in ("SOUND", "BDAY", "TEL-AV"):
            further[name] = _unescape(value)
    return Code("mecard", words, further)


def _put_address(words: dict, further: dict, value: str) -> None:
    """Put an address under its words where it has the seven parts of the norm."""
    parts = [_unescape(part) for part in re.split(r"(?<!\\),", value)]
    if len(parts) != len(_MECARD_ADDRESS):
        further["Address"] = ", ".join(part for part in parts if part)
        return
    pairs = zip(_MECARD_ADDRESS, parts, strict=True)
    words.update({word: part for word, part in pairs if word and part})


def _read_bizcard(text: str) -> Code:
    words: dict[str, str] = {}
    further: dict[str, str] = {}
    for name, value in _split_fields(text):
        value = _unescape(value)
        if name == "N":
            words["first_name"] = value
        elif name == "X":
            words["last_name"] = value
        elif name == "A":
            further["Address"] = value
        elif name in _BIZCARD:
            _put(words, further, _BIZCARD[name], value)
        elif name != "F":  # a fax
            further[name] = value
    return Code("bizcard", words, further)
