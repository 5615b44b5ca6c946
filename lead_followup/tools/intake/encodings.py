"""From bytes to text: byte order marks first, then UTF-8, then what the letters say."""

import codecs
import re
from contextlib import suppress
from typing import NamedTuple

from charset_normalizer import from_bytes

from .east_asian import guess_east_asian

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)
_WESTERN = "äöüßéèêëàâáçñóòôíìîïúùûÄÖÜÉÈÊÀÂÁÇÑÓÔÍÎÚåÅæÆøØœŒãõÃÕ«»¿¡’‘“”„…–—€°®™·§´ªº"
_TURKISH = "çğıöşüÇĞİÖŞÜâîû’‘“”…–—€°®"
_CENTRAL = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűŐŰöüÖÜäßăâîșțşţ„”“’–—…€"
_CYRILLIC = "".join(chr(code) for code in range(0x410, 0x450)) + "ёЁіїєґІЇЄҐ«»№–—…“”"
_GREEK = "".join(chr(code) for code in range(0x386, 0x3CF)) + "«»–—…’€"
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئپچژگکی،؛؟ـً\u200c“”«»–…"
_HEBREW = "אבגדהוזחטיךכלםמןנסעףפץצקרשת“”–…"
# In this order on equal points: the first is by far the most common. The ISO sets come after
# the Windows sets that hold them, and win only where the Windows set has no such letter.
_CANDIDATES = (
    ("cp1252", _WESTERN), ("cp1254", _TURKISH), ("cp1250", _CENTRAL), ("cp1256", _ARABIC),
    ("cp1251", _CYRILLIC), ("cp1253", _GREEK), ("cp1255", _HEBREW), ("iso-8859-15", _WESTERN),
    ("iso-8859-9", _TURKISH), ("iso-8859-2", _CENTRAL), ("iso-8859-6", _ARABIC),
    ("iso-8859-5", _CYRILLIC), ("iso-8859-7", _GREEK), ("koi8-r", _CYRILLIC),
    ("mac-roman", _WESTERN), ("cp850", _WESTERN), ("cp857", _TURKISH),
)  # fmt: skip
_OTHER_SCRIPTS = {_ARABIC, _CYRILLIC, _GREEK, _HEBREW}
_FREQUENT = {
    _ARABIC: frozenset("اليومنرتیکبد"),
    _CYRILLIC: frozenset("оеаинтрсвлк"),
    _GREEK: frozenset("αοιετσνηυρπκςάίό"),
    _HEBREW: frozenset("יוהלאמרתבש"),
    _TURKISH: frozenset("ışğİŞçüö"),
    _CENTRAL: frozenset("łąęśćżóščžřěőű"),
    _WESTERN: frozenset("äöüßéèáóñç"),
}
_HIGH_BYTES = re.compile(rb"[\x80-\xff]")
_NON_ASCII_RUN = re.compile(r"[^\x00-\x7f]{3,}")
_LETTER_SIGN_LETTER = re.compile(
    r"(?<=[^\W\d_])[^\w\s'’.,;:/&@()\-+\"|!?=\u00ad\u200c](?=[^\W\d_])"
)
_CAPITAL_INSIDE = re.compile(r"(?<=[a-zà-ÿ])[À-ÞĀ-ŽŒ](?=[a-zà-ÿ])")
_SCRIPTS_MIXED = re.compile(r"[a-zA-Z](?=[^\W\d_a-zA-Z])|[^\W\d_a-zA-Z](?=[a-zA-Z])")
_SAMPLE_BYTES = 65_536
_LINE_BYTES = 2000


class Decoded(NamedTuple):
    """Text and how it was written."""

    text: str  # without byte order mark
    encoding: str
    bom: bool


def decode_text(content: bytes) -> Decoded:
    """Return the text of ``content``; never fails, for the last resort is Windows-1252.

    >>> decode_text("Straße".encode("cp1252"))
    Decoded(text='Straße', encoding='cp1252', bom=False)
    >>> decode_text("Şehir;Ülke;Ağırbaş".encode("cp1254")).encoding
    'cp1254'
    """
    for mark, name, codec in _BOMS:
        if content.startswith(mark):
            return Decoded(content[len(mark) :].decode(codec, "replace"), name, True)
    if wide := _wide_without_mark(content):
        return Decoded(content.decode(wide, "replace"), wide, False)
    with suppress(UnicodeDecodeError):
        return Decoded(content.decode("utf-8"), "utf-8", False)
    if _is_damaged_utf8(content):
        return Decoded(content.decode("utf-8", "replace"), "utf-8", False)
    encoding = _guess_legacy(content)
    return Decoded(content.decode(encoding, "replace"), encoding, False)


def _wide_without_mark(content: bytes) -> str | None:
    """Name the UTF-16 order when zero bytes sit on one side only, as in Latin text."""
    sample = content[:_SAMPLE_BYTES]
    half = len(sample) // 2
    if half < 4:
        return None
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if high > half * 0.1 and low * 20 < high:
        return "utf-16-le"
    if low > half * 0.1 and high * 20 < low:
        return "utf-16-be"
    return None


def _is_damaged_utf8(content: bytes) -> bool:
    """Tell UTF-8 with a few broken letters (cut off, patched) from another encoding."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for char in text if ord(char) > 0x7F) - broken
    return whole > broken * 20


def _guess_legacy(content: bytes) -> str:
    """Name the encoding under which the non-ASCII letters look most like writing."""
    lines = _telling_lines(content)
    whole = (line for line in lines if len(line) < _LINE_BYTES)  # no sign cut in two
    if encoding := guess_east_asian(b"\n".join(whole)):
        return encoding
    sample = b"\n".join(lines)
    best_name, best_points = "cp1252", None
    for name, letters in _CANDIDATES:
        try:
            text = sample.decode(name)
        except UnicodeDecodeError:
            continue
        points = _plausibility(text, letters)
        if best_points is None or points > best_points:
            best_name, best_points = name, points
    if best_points is None or best_points < 0:
        guess = from_bytes(sample).best()  # rare ones
        return guess.encoding if guess else best_name
    return best_name


def _telling_lines(content: bytes) -> list[bytes]:
    """Return the lines with non-ASCII bytes, up to a sample's size."""
    lines, size = [], 0
    for line in content.split(b"\n"):
        if _HIGH_BYTES.search(line):
            lines.append(line[:_LINE_BYTES])
            size += len(lines[-1])
            if size > _SAMPLE_BYTES:
                break
    return lines


def _plausibility(text: str, letters: str) -> float:
    """Return points per non-ASCII letter, about -3 (noise) to 1.5 (writing)."""
    known, frequent = frozenset(letters), _FREQUENT[letters]
    others = [char for char in text if ord(char) > 0x7F]
    if not others:
        return 0.0
    points = 0.0
    for char in others:
        points += (1.25 if char in frequent else 1.0) if char in known else -3.0
    points -= 3.0 * len(_LETTER_SIGN_LETTER.findall(text))
    points -= 2.0 * len(_CAPITAL_INSIDE.findall(text))
    if letters in _OTHER_SCRIPTS:  # a word is Latin or not, it does not change half way
        points -= 2.0 * len(_SCRIPTS_MIXED.findall(text))
    else:  # three accented letters in a row are no Latin word
        points -= sum(2.0 * len(run) for run in _NON_ASCII_RUN.findall(text))
    return points / len(others)
