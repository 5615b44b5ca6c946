"""Files as nobody should send them: a sample, bent in one of many ways, told by a seed.

``make_file(seed)`` gives the same bytes each time, so that a file that broke something is had
again by its number.
"""

import io
import random
import zipfile

from rewriting import (
    as_html,
    as_ods,
    as_text,
    as_xls,
    as_xlsx,
    as_xml,
    parts_of,
    records_of,
    zipped,
)

from . import REPO

SAMPLES = REPO / "lead_followup" / "tests" / "data"
ENDINGS = ("csv", "xlsx", "xls", "ods", "vcf", "txt", "pdf", "exe", "")
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp1256", "cp932")
FORMULAS = (
    "=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+1", "-2+3", '=HYPERLINK("http://x.example")',
    "=" * 500, "=A1", '=WEBSERVICE("http://x.example")', "\t=1", "\r=1",
)  # fmt: skip
QUOTES = ('"', '""', '"""', "'", '",', ',"', '"\n', "“", '\\"', '"\r\n"', '";"')
NUMBERS = ("9" * 30, "9" * 5000, "-1", "0", "1e999", "4294967296", "18446744073709551616", "", "x")


def make_file(seed):
    """Return ``(name of the way, content, file name)``."""
    chance = random.Random(f"fuzz {seed}")
    name, content = chance.choice(_read_samples())
    way = chance.choice(WAYS)
    content = way(content, name, chance)
    stem, _dot, ending = name.rpartition(".")
    if chance.random() < 0.15:
        ending = chance.choice(ENDINGS)
    return way.__name__, content, f"{stem}.{ending}"


def flip_bits(content, _name, chance):
    whole = bytearray(content)
    for _turn in range(chance.choice((1, 3, 30))):
        if whole:
            whole[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
    return bytes(whole)


def cut_off(content, _name, chance):
    start = chance.choice((0, 0, 0, chance.randrange(len(content) + 1)))
    return content[start : start + chance.randrange(len(content) + 1)]


def splice(content, _name, chance):
    _other, other = chance.choice(_read_samples())
    at, length = chance.randrange(len(content) + 1), chance.randrange(1, 2000)
    return content[:at] + other[:length] + content[at:]


def repeat_part(content, _name, chance):
    at, length = chance.randrange(len(content) + 1), chance.choice((1, 10, 200, 4000))
    part = content[at : at + length]
    return content[:at] + part * chance.choice((2, 50, 1000)) + content[at:]


def put_nuls(content, _name, chance):
    whole = bytearray(content)
    for _turn in range(chance.choice((1, 5, 100))):
        at = chance.randrange(len(whole) + 1)
        whole[at:at] = chance.choice((b"\0", b"\x1a", b"\x0b", b"\x85", b"\xff", b"\0" * 50))
    return bytes(whole)


def encode_anew(content, name, chance):
    text = as_text(_get_records(content, name), chance.choice(",;\t|"))
    said, meant = chance.choice(ENCODINGS), chance.choice(ENCODINGS)
    encoded = text.encode(said, "replace")
    if chance.random() < 0.3:  # two encodings in one file
        encoded += text.encode(meant, "replace")
    return encoded


def put_in_another_container(content, name, chance):
    records = [[_plain(cell) for cell in row] for row in _get_records(content, name)]
    return chance.choice((as_xlsx, as_xls, as_ods, as_html, as_xml))(records)


def damage_part(content, name, chance):
    """Damage one part of a workbook inside an archive that is whole."""
    parts = _make_parts(content, name, chance)
    part = chance.choice(sorted(parts))
    bend = chance.choice((flip_bits, cut_off, repeat_part, put_nuls))
    return zipped({**parts, part: bend(parts[part], part, chance)})


def bend_numbers(content, name, chance):
    """Put numbers that no reader expects into the markup of a workbook."""
    parts = _make_parts(content, name, chance)
    markup = [part for part in sorted(parts) if part.endswith("xml")]
    part = chance.choice(markup)
    text = parts[part].decode("utf-8", "replace")
    marks = [at for at, sign in enumerate(text) if sign.isdigit()]
    for _turn in range(chance.choice((1, 2, 10)) if marks else 0):
        at = chance.choice(marks)
        text = text[:at] + chance.choice(NUMBERS) + text[at + 1 :]
    return zipped({**parts, part: text.encode()})


def repeat_in_markup(content, name, chance):
    """Let an ODS sheet say that a cell, a row or a space stands there very often."""
    records = [[_plain(cell) for cell in row] for row in _get_records(content, name)[:5]]
    parts = parts_of(as_ods(records))
    count = chance.choice(("2", "300", "100000", "1000000", "2147483647", "9" * 30, "9" * 5000))
    old, new = chance.choice(
        (
            ("<table:table-cell", f'<table:table-cell table:number-columns-repeated="{count}"'),
            ("<table:table-row", f'<table:table-row table:number-rows-repeated="{count}"'),
            ("<text:p>", f'<text:p><text:s text:c="{count}"/>'),
        )
    )
    markup = parts["content.xml"].decode().replace(old, new, chance.choice((1, 3, -1)))
    return zipped({**parts, "content.xml": markup.encode()})


def laugh(content, name, chance):
    """Define words in a workbook's markup that stand for very many others."""
    parts = _make_parts(content, name, chance)
    part = chance.choice([one for one in sorted(parts) if one.endswith(("xml", "rels"))])
    words = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 12))
    head, _mark, body = parts[part].decode("utf-8", "replace").rpartition("?>")
    kind = f'<!DOCTYPE x [<!ENTITY a0 "ha">{words}]>'
    markup = f"{head}?>{kind}{body}".replace("</", "&a11;</", chance.choice((1, 3)))
    encoding = chance.choice(("utf-8", "utf-8", "utf-16"))
    return zipped({**parts, part: markup.encode(encoding)})


def far_cell(content, name, chance):
    """Put one cell of an XLSX sheet where no sheet reaches; merge cells over all of it."""
    records = [[_plain(cell) for cell in row] for row in _get_records(content, name)[:5]]
    parts = parts_of(as_xlsx(records))
    sheet = "xl/worksheets/sheet1.xml"
    place = chance.choice(("XFD1", "A1048576", "XFD1048576", "ZZZZ99999999", "A0", "1A", "A" * 300))
    cell = f'<row><c r="{place}" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    merged = f'<mergeCells count="1"><mergeCell ref="A1:{place}"/></mergeCells></worksheet>'
    markup = parts[sheet].decode().replace("</sheetData>", cell)
    if chance.random() < 0.5:
        markup = markup.replace("</worksheet>", merged)
    return zipped({**parts, sheet: markup.encode()})


def bomb(content, name, chance):
    """Pack far more than the file is long, in a part that a reader opens early or late."""
    parts = _make_parts(content, name, chance)
    names = [*parts, "mimetype", "META-INF/manifest.xml", "xl/sharedStrings.xml", "content.xml"]
    part = chance.choice(sorted(set(names)))
    size = chance.choice((1, 20, 300)) << 20
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for other, data in parts.items():
            if other != part:
                archive.writestr(other, data)
        with archive.open(part, "w") as stream:
            stream.write(parts.get(part, b""))
            for _turn in range(size >> 20):
                stream.write(chance.choice((b" ", b"<", b"A")) * (1 << 20))
    return out.getvalue()


def bend_archive(content, name, chance):
    """Lie in the directory of an archive, or nest one in another."""
    packed = zipped(_make_parts(content, name, chance))
    if chance.random() < 0.3:
        return zipped({"xl/workbook.xml": packed, name: packed})
    whole = bytearray(packed)
    at = whole.rfind(b"PK\x01\x02") + chance.randrange(46)
    whole[at : at + 4] = chance.randbytes(4)
    return bytes(whole)


def huge_cell(content, name, chance):
    rows = _get_records(content, name)
    row = chance.choice(rows)
    sign = chance.choice(("x", "a ", "@", "é", "1", "=", ".", "٠", "\u202e", "🔥"))
    row[chance.randrange(len(row))] = sign * chance.choice((300, 40_000, 70_000, 2_000_000))
    return as_text(rows).encode()


def formulas(content, name, chance):
    rows = _get_records(content, name)
    for row in rows[1:]:
        row[chance.randrange(len(row))] = chance.choice(FORMULAS)
    return as_text(rows).encode()


def quotes(content, name, chance):
    text = as_text(_get_records(content, name))
    for _turn in range(chance.choice((1, 5, 40))):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(QUOTES) + text[at:]
    return text.encode()


def many_columns(content, name, chance):
    rows = _get_records(content, name)
    count = chance.choice((300, 513, 20_000, 1_000_000))
    row = chance.choice(rows)
    row += [chance.choice(("", "x"))] * count
    return as_text(rows).encode()


def long_lines(content, name, chance):
    filler = chance.choice(("a", "a b ", ";", "\t", '"', "\r")) * chance.choice((10_000, 3_000_000))
    at = chance.randrange(len(content) + 1)
    return content[:at] + filler.encode() + content[at:]


def many_rows(content, name, chance):
    rows = _get_records(content, name)
    body = [chance.choice(rows) for _turn in range(chance.choice((50, 2000)))]
    chance.shuffle(body)
    return as_text([*rows[: chance.choice((0, 1))], *body]).encode()


def shuffle_cells(content, name, chance):
    rows = _get_records(content, name)
    for row in rows:
        if chance.random() < 0.5:
            chance.shuffle(row)
        if chance.random() < 0.2:
            del row[chance.randrange(len(row)) :]
    return as_text([row or [""] for row in rows]).encode()


def odd_cards(_content, _name, chance):
    [cards] = [content for name, content in _read_samples() if name.endswith(".vcf")]
    lines = cards.splitlines(keepends=True)
    for _turn in range(chance.choice((1, 5, 30))):
        at = chance.randrange(len(lines))
        turn = chance.randrange(5)
        if turn == 0:
            del lines[at]
        elif turn == 1:
            lines.insert(at, chance.choice(lines))
        elif turn == 2:
            lines[at] = lines[at].replace(b":", chance.choice((b";", b"", b";ENCODING=b:", b"::")))
        elif turn == 3:
            lines[at] = b" " + lines[at]
        else:
            lines[at] = lines[at].rstrip() + b"=\r\n"
    return b"".join(lines)


def random_bytes(_content, _name, chance):
    heads = (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"BEGIN:VCARD\n")
    return chance.choice(heads) + chance.randbytes(chance.choice((0, 1, 30, 5000)))


WAYS = (
    flip_bits, flip_bits, cut_off, splice, repeat_part, put_nuls, encode_anew, encode_anew,
    put_in_another_container, damage_part, damage_part, bend_numbers, bend_numbers,
    repeat_in_markup, far_cell, bend_archive, huge_cell, formulas, quotes, quotes, many_columns,
    long_lines, many_rows, shuffle_cells, shuffle_cells, odd_cards, odd_cards, random_bytes, bomb,
    laugh,
)  # fmt: skip

_samples = []


def _read_samples():
    if not _samples:
        _samples.extend(
            (path.name, path.read_bytes())
            for path in sorted(SAMPLES.iterdir())
            if path.suffix in (".csv", ".xlsx", ".vcf")
        )
    return _samples


def _get_records(content, name):
    """Return the records of a sample; of one that is no text, those of another."""
    if not name.endswith(".csv"):
        content = (SAMPLES / "leadcapture_us.csv").read_bytes()
    return [list(row) or [""] for row in records_of(content)] or [[""]]


def _make_parts(content, name, chance):
    if name.endswith(".xlsx"):
        return parts_of(content)
    records = [[_plain(cell) for cell in row] for row in _get_records(content, name)]
    return parts_of(chance.choice((as_xlsx, as_ods))(records))


def _plain(cell):
    return "".join(sign for sign in cell if sign >= " ")[:900]
