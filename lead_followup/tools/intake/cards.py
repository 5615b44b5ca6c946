"""Contact cards (vCard 2.1, 3.0, 4.0) as rows of a table with fixed headings."""

import re

import vobject

from .shapes import SourceRow, Table

# Heading shown to the user, and the field it goes to. The fields are fixed: a card names its parts.
CARD_COLUMNS: dict[str, str | None] = {
    "FN": "name", "N given": "first_name", "N family": "last_name", "N prefix": "salutation",
    "ORG": "company", "TITLE": "job_title", "EMAIL": "email", "EMAIL 2": "other_email",
    "TEL": "phone", "TEL CELL": "mobile", "ADR street": "street", "ADR extended": "street2",
    "ADR city": "city", "ADR region": "state", "ADR code": "zip", "ADR country": "country",
    "URL": "website", "NOTE": "note", "REV": "scanned_at", "CATEGORIES": "interest",
    # what a lead has no field for is kept as a further answer
    "ORG unit": None, "ROLE": None, "TEL more": None, "ADR more": None, "URL more": None,
}  # fmt: skip
_HEADINGS = list(CARD_COLUMNS)
_BEGIN = re.compile(r"^BEGIN:VCARD[ \t]*$", re.IGNORECASE | re.MULTILINE)
_END = re.compile(r"^END:VCARD[ \t]*$", re.IGNORECASE | re.MULTILINE)
_VERSION = re.compile(r"^VERSION:[ \t]*([\d.]+)", re.IGNORECASE | re.MULTILINE)
_BULKY = re.compile(r"^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)\b", re.IGNORECASE)
# The reader takes a card's word for its own grammar, and stumbles in these ways where it lies.
_UNREADABLE = (
    StopIteration,
    vobject.base.VObjectError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
)


def read_cards(text: str) -> Table:
    """Return a table with one row a card; a card without its end is marked truncated."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    table = Table(container="vcard", headings=list(_HEADINGS), heading_row=None)
    starts = [found.start() for found in _BEGIN.finditer(text)]
    versions = set()
    for number, (start, stop) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), 1):
        chunk = text[start:stop]
        if found := _VERSION.search(chunk):
            versions.add(found[1])
        end = _END.search(chunk)
        faults = () if end else ("truncated_card",)
        chunk = chunk[: end.end()] if end else chunk.rstrip() + "\nEND:VCARD"
        table.rows.append(SourceRow(number, _read_card(chunk), faults))
    table.versions = sorted(versions)
    return table


def _read_card(chunk: str) -> list[str]:
    """Return the cells of one card; what cannot be read stays blank."""
    cells = dict.fromkeys(_HEADINGS, "")
    try:
        card = next(
            vobject.readComponents(_without_bulk(chunk), allowQP=True, ignoreUnreadable=True)
        )
    except _UNREADABLE:
        return list(cells.values())
    for name, lines in card.contents.items():
        reader = _READERS.get(name)
        for line in sorted(lines, key=_preference):
            if reader and hasattr(line, "value"):
                reader(cells, line)
    if cells["FN"] == cells["ORG"] and not (cells["N given"] or cells["N family"]):
        cells["FN"] = ""  # the card of a firm, not of a person called like it
    return list(cells.values())


def _without_bulk(chunk: str) -> str:
    """Leave out pictures and keys: they are large, folded in ways of their own, and no facts."""
    kept, skipping = [], False
    for line in chunk.split("\n"):
        skipping = line.startswith((" ", "\t")) if skipping and line else False
        if not skipping and _BULKY.match(line):
            skipping = True
        if not skipping:
            kept.append(line)
    return "\n".join(kept)


def _text(value) -> str:
    """Return the text of a value that may be one text or a list of them."""
    if isinstance(value, list):
        return " ".join(str(part) for part in value if part)
    return str(value)


def _kinds(line) -> set[str]:
    """Return the types of a line, upper case: TYPE=WORK,VOICE (3.0) or ;WORK;VOICE (2.1)."""
    kinds = {kind for value in line.params.get("TYPE", []) for kind in value.upper().split(",")}
    return kinds | {single.upper() for single in line.singletonparams}


def _preference(line) -> int:
    """Return the rank a card of version 4 gives a line, 1 the best; 100 without one."""
    rank = "".join(line.params.get("PREF", ())) if hasattr(line, "params") else ""
    return int(rank) if rank.isdecimal() else 100


def _add(cells, heading: str, text: str) -> None:
    """Put a text below what is in a cell already; twice the same is once."""
    if text and text not in cells[heading].split("\n"):
        cells[heading] = f"{cells[heading]}\n{text}".strip()


def _read_name(cells, line) -> None:
    name = line.value
    if isinstance(name, str):
        return
    given = " ".join(part for part in (_text(name.given), _text(name.additional)) if part)
    cells["N given"], cells["N family"] = given, _text(name.family)
    cells["N prefix"] = _text(name.prefix)


def _read_phone(cells, line) -> None:
    kinds = _kinds(line)
    number = re.sub(r"^tel:", "", _text(line.value), flags=re.IGNORECASE).replace(";ext=", " x")
    if kinds & {"FAX", "PAGER"} or not number:
        return
    first, second = ("TEL CELL", "TEL") if kinds & {"CELL", "IPHONE"} else ("TEL", "TEL CELL")
    if not cells[first]:
        cells[first] = number
    elif not cells[second]:
        cells[second] = number
    else:
        _add(cells, "TEL more", number)


def _read_email(cells, line) -> None:
    value = re.sub(r"^mailto:", "", _text(line.value), flags=re.IGNORECASE)
    if "PREF" in _kinds(line) and cells["EMAIL"]:
        cells["EMAIL"], value = value, cells["EMAIL"]
    if not cells["EMAIL"]:
        cells["EMAIL"] = value
    elif value != cells["EMAIL"]:
        cells["EMAIL 2"] = "; ".join(filter(None, (cells["EMAIL 2"], value)))


def _read_address(cells, line) -> None:
    address = line.value
    if isinstance(address, str) or cells["ADR street"] or cells["ADR city"]:
        parts = [address] if isinstance(address, str) else map(_text, vars(address).values())
        _add(cells, "ADR more", ", ".join(part for part in parts if part))
        return
    street = " ".join(part for part in (_text(address.box), _text(address.street)) if part)
    cells["ADR street"], cells["ADR extended"] = street, _text(address.extended)
    cells["ADR city"], cells["ADR region"] = _text(address.city), _text(address.region)
    cells["ADR code"], cells["ADR country"] = _text(address.code), _text(address.country)


def _read_company(cells, line) -> None:
    value = line.value
    name, *units = value if isinstance(value, list) and value else [_text(value)]
    cells["ORG"] = cells["ORG"] or _text(name)
    _add(cells, "ORG unit", ", ".join(_text(unit) for unit in units if unit))


def _read_website(cells, line) -> None:
    text = _text(line.value).replace("\\:", ":")  # Apple escapes what needs none
    if cells["URL"] and cells["URL"] != text:
        _add(cells, "URL more", text)
    cells["URL"] = cells["URL"] or text


def _plain(heading: str):
    def read(cells, line) -> None:
        text = _text(line.value)
        joined = heading == "NOTE" and cells[heading] and text
        cells[heading] = f"{cells[heading]}\n{text}" if joined else cells[heading] or text

    return read


_READERS = {
    "n": _read_name, "tel": _read_phone, "email": _read_email, "adr": _read_address,
    "org": _read_company, "fn": _plain("FN"), "title": _plain("TITLE"), "url": _read_website,
    "role": _plain("ROLE"),
    "note": _plain("NOTE"), "rev": _plain("REV"), "categories": _plain("CATEGORIES"),
}  # fmt: skip
