"""Whatever a file holds: it is refused in a sentence, or each of its rows is judged."""

import datetime
import random

import lead_followup_tools.intake as intake
import pytest
from expectations import EXPORTS as FOLDER
from expectations import FILES, Result
from exports import EXPORTS
from rewriting import as_ods, as_text, as_xls, as_xlsx, parts_of, zipped

SOURCES = [
    *((FOLDER / name).read_bytes() for name in FILES),
    *(export.text.encode(export.encoding) for export in EXPORTS.values()),
]
OPTIONS = [
    intake.Options(),
    intake.Options("US", "America/New_York", "MDY", rating_scale="1_best", competitors=("Acme",)),
    intake.Options("IR", "Asia/Tehran", "YMD", calendar="jalali"),
    intake.Options("XX", "Nowhere/City", "DMY"),
]
# Cells that have broken a parser somewhere.
CELLS = [
    "", " ", "-", "0", "00", "1e400", "-1e-400", "NaN", "inf", "9" * 400, "۹" * 30, "²³", "½", "①",
    "99999999999999999999", "0/0/0", "00/00/0000", "31.02.2026", "2026-02-30T25:61:61Z",
    "1300/13/40", "1404/12/30", "12:99", "24:00", "29.02.1900", "9999-12-31 23:59 -1200",
    "0001-01-01 +1400",
    "2026-03-17 10:00 Etc/Nowhere", "1900-01-01 CET", "46099.99999999", "80000", "4000000000",
    "@", "@@", "a@", "@b", "a@b", "a@b..c", "a" * 70 + "@b.example",
    "ann@" + "b." * 200 + "example",
    "ann@xn--.example", "ann@[127.0.0.1]", '"a b"@c.example', "ü@ü.example", "a@b.example" * 30,
    "+", "++", "+0", "+" + "1" * 30, "tel:", "(", ")(", "ext 5", "x" * 50,
    "+1 202 555 0111 x" + "9" * 40,
    "=", "=1+1", "=cmd|' /C calc'!A0", "<script>", "<", ">", "<![CDATA[", "&amp;", "%s %(x)s {0}",
    "\\", "\\n", "\ufeff", "\u200c", "\u202e", "\U0001f525", "\U0001f1e9", "\ud7ff", "ı", "İ", "ß",
    "ﷺ", "ﬁ", "א", "中文", "ไทย", "नमस्ते", "a\u0301" * 40, "'", '"', "“", ";", ",", "|", "\t", "\n",
    "\r\n",
    "None", "null", "true", "test", "Total", "Name", "E-mail", "123456", "A", "5", "★", "k", "m",
    "€",
    "10-", "-10", "<10", "> k", "10k-", "und", "or", "/", "://", "www.", "http://", "mailto:",
]  # fmt: skip


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return the bytes with some inserted, taken out, changed, doubled, or the end cut off."""
    whole = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(whole) + 1)
        length = chance.choice((1, 1, 2, 7, 100))
        match chance.randrange(5):
            case 0:
                whole[at:at] = chance.randbytes(length)
            case 1:
                del whole[at : at + length]
            case 2:
                whole[at : at + length] = chance.randbytes(length)
            case 3:
                whole[at:at] = whole[at : at + length]
            case _:
                whole[at:at] = chance.choice(b'\x00\n\r",;\t\xff\x1a=').to_bytes(1, "big")
    return bytes(whole[: chance.choice((len(whole), len(whole), chance.randrange(len(whole) + 1)))])


def odd_cell(chance: random.Random) -> str:
    if chance.random() < 0.7:
        return chance.choice(CELLS)
    return "".join(
        chance.choice("a1 @.-/:;+()۱٠é\u200cßIıK€=<>\n") for _ in range(chance.randint(1, 30))
    )


def assert_refused_or_judged(content: bytes, options: intake.Options) -> None:
    try:
        result = Result(content, options, "leads.csv")
    except intake.FileRefused as refusal:
        assert str(refusal).endswith(".")
        assert "%(" not in str(refusal)
        return
    assert len(result.judged) == len(result.table.rows) > 0
    assert len(result.fields) == len(result.table.headings)
    assert set(result.fields) <= {None, *intake.FIELDS}
    assert result.leads >= (1 if len(result.rejected) < len(result.judged) else 0)
    for row in result.judged.values():
        assert row.reason in (None, "no_contact", "truncated_card")
        assert all(isinstance(flag, str) for flag in row.flags)
        assert all(map(is_plain, row.values.values()))


def is_plain(value) -> bool:
    """Tell what a database can hold: text without NUL, a moment Odoo can write, lists of text."""
    if isinstance(value, str):
        return "\x00" not in value and value.encode("utf-8") is not None
    if isinstance(value, datetime.datetime):
        return 1899 <= value.year <= 2101 and value.tzinfo is None
    if isinstance(value, list | tuple):
        return all(map(is_plain, value))
    if isinstance(value, dict):
        return all(is_plain(one) for pair in value.items() for one in pair)
    return value is None or isinstance(value, bool)


@pytest.mark.parametrize("seed", range(100))
def test_damaged_exports(seed):
    chance = random.Random(seed)

    assert_refused_or_judged(damaged(SOURCES[seed % len(SOURCES)], chance), chance.choice(OPTIONS))


@pytest.mark.parametrize("seed", range(60))
def test_workbooks_damaged_inside(seed):
    chance = random.Random(seed)
    write = (as_xls, as_xlsx, as_ods)[seed % 3]
    content = write([["Name", "E-mail"], *(["Ann", f"a{at}@b.example"] for at in range(8))])
    if write is as_xls:
        content = damaged(content, chance)
    else:  # the archive is whole, one of its parts is not
        parts = parts_of(content)
        name = chance.choice(sorted(parts))
        content = zipped({**parts, name: damaged(parts[name], chance)})

    assert_refused_or_judged(content, OPTIONS[0])


@pytest.mark.parametrize("seed", range(70))
def test_odd_cells_below_known_headings(seed):
    chance = random.Random(seed)
    fields = chance.sample(list(intake.FIELDS), 12)
    headings = [intake.FIELDS[field] for field in fields]
    rows = [[odd_cell(chance) for _ in fields] for _ in range(8)]
    table = intake.read_table(as_text([headings, *rows]).encode(), has_headings=True)

    for options in OPTIONS:
        for row in table.rows:
            judged = intake.judge_row(row, fields, headings, options)
            assert all(map(is_plain, judged.values.values()))


@pytest.mark.parametrize("seed", range(60))
def test_odd_headings_and_cells(seed):
    chance = random.Random(seed)
    rows = [[odd_cell(chance) for _ in range(6)] for _ in range(6)]
    write = (as_text, as_xlsx, as_xls, as_ods)[seed % 4]
    # a workbook's own writer refuses signs that a text may hold
    clean = [["".join(sign for sign in cell if sign >= " ")[:900] for cell in row] for row in rows]
    content = write(clean if seed % 4 else rows)

    assert_refused_or_judged(
        content if isinstance(content, bytes) else content.encode(), chance.choice(OPTIONS)
    )
