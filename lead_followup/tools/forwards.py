"""Whose message a colleague has passed on."""

import html
import re
from typing import NamedTuple

# What mail programs put before the subject of a message passed on, in our users' languages.
_SUBJECT = re.compile(
    r"^\s*(?:fwd?|wg|tr|rv|enc|doorst|i̇lt|ilt|i"
    r"|هدایت|ارسال مجدد|بازارسال|إعادة توجيه|تحويل)\s*:\s*",
    re.IGNORECASE,
)
# The line of the header block they set above it that names its writer.
_WRITER = re.compile(
    r"^[\s>|*]*(?:from|von|de|da|van|kimden|gönderen|از|فرستنده|من)\s*\*?\s*:\s*(?P<writer>.+)$",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_LINE_END = re.compile(r"<(?:br|/p|/div|/tr|/li|/h\d)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_MAX_LINES = 60  # of the colleague's own words above it


class Writer(NamedTuple):
    """Who wrote the message that was passed on."""

    name: str | None
    email: str  # lower case


def plain_lines(body: str) -> str:
    """Return the lines of a message's HTML as they are shown, markup taken off.

    >>> plain_lines("<div>From:\\n<b>Ann</b> &lt;ann@a.example&gt;<br>To: us</div>")
    'From: Ann <ann@a.example>\\nTo: us\\n'
    """
    if "<pre" not in body:  # plain text, as Odoo wraps it, keeps its line ends
        body = " ".join(body.split())
    return html.unescape(_TAG.sub("", _LINE_END.sub("\n", body)))


def forwarded_writer(subject: str, text: str) -> Writer | None:
    """Return who wrote the message that this one passes on; None: it passes on nothing.

    Both are asked for, the prefix of the subject and the header block in the text: a reply quotes
    such a block too, and people write "FW:" by hand.

    >>> forwarded_writer("WG: Pumpen", "Bitte!\\n\\nVon: Ann Ample <Ann@ample.example>\\nAn: …")
    Writer(name='Ann Ample', email='ann@ample.example')
    >>> forwarded_writer("AW: Pumpen", "Danke.\\n\\nVon: Ann Ample <ann@ample.example>") is None
    True
    """
    if not _SUBJECT.match(subject or ""):
        return None
    top = "\n".join((text or "").splitlines()[:_MAX_LINES])
    for line in _WRITER.finditer(top):
        writer = line["writer"]
        if address := _ADDRESS.search(writer):
            name = writer[: address.start()].partition("[mailto")[0].strip(" \t*\"'<([\u200f\u200e")
            return Writer(name or None, address[0].lower())
    return None


def strip_forward(subject: str) -> str:
    """Return a subject without the prefixes of being passed on.

    >>> strip_forward("Fwd: FW: Pumps"), strip_forward("Fwdriver")
    ('Pumps', 'Fwdriver')
    """
    while found := _SUBJECT.match(subject):
        subject = subject[found.end() :]
    return subject.strip()
