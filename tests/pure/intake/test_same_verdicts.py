"""The same rows give the same verdicts, however the file is written."""

import codecs

import lead_followup_tools.intake as intake
import pytest
from expectations import FILES, Result, expected_groups, load, options_of
from rewriting import (
    as_html,
    as_ods,
    as_text,
    as_xls,
    as_xlsx,
    as_xml,
    records_of,
    shuffled_columns,
    shuffled_rows,
)
from translations import HEADINGS

DELIMITED = [
    name for name in FILES if name.endswith(".csv") and load(name)[1]["outcome"] == "import"
]
# What each file's letters can be written in, byte order marks included.
ENCODINGS = {
    "messe_besucher.csv": ["cp1252", "iso-8859-1", "iso-8859-15", "utf-8"],
    "fuar_ziyaretci.csv": ["cp1254", "iso-8859-9", "utf-8"],
    "attendee_report.csv": ["cp1252", "iso-8859-1"],
    "web_form_faults.csv": ["ascii", "cp1252"],
    "leadcapture_us.csv": ["cp1252", "iso-8859-1", "utf-8"],
}
WIDE = {
    "utf-8 with mark": (codecs.BOM_UTF8, "utf-8"),
    "utf-16-le with mark": (codecs.BOM_UTF16_LE, "utf-16-le"),
    "utf-16-be with mark": (codecs.BOM_UTF16_BE, "utf-16-be"),
    "utf-16-le": (b"", "utf-16-le"),
    "utf-16-be": (b"", "utf-16-be"),
}
# A sheet has no ragged rows, so it cannot tell a short row from one with blank cells.
ONLY_IN_TEXT = {"short_row"}


def verdicts(result: Result, order: list[int] | None = None) -> dict:
    """Return per original row what was decided: reason, flags, and the people it is one with."""
    old = (lambda number: order[number - 1]) if order else (lambda number: number)
    people: dict[int, set[int]] = {}
    for number, match in result.matches.items():
        people.setdefault(match.keep, {old(match.keep)}).add(old(number))
    return {
        "rows": {
            old(row.number): (row.reason, sorted(set(row.flags) - ONLY_IN_TEXT))
            for row in result.judged.values()
        },
        "people": sorted(map(sorted, people.values())),
        "leads": result.leads,
    }


@pytest.fixture(scope="module")
def plain():
    """The verdicts on each sample as it is; the expectations already hold for them."""
    return {name: verdicts(import_as_is(name)) for name in DELIMITED}


def import_as_is(name: str) -> Result:
    content, expected = load(name)
    return Result(content, options_of(expected), name)


def import_records(name: str, content: bytes) -> Result:
    return Result(content, options_of(load(name)[1]))


@pytest.mark.parametrize(
    ("name", "encoding"), [(name, one) for name, many in ENCODINGS.items() for one in many]
)
def test_one_byte_encodings(name, encoding, plain):
    text = as_text(records_of(load(name)[0]), ";")

    result = import_records(name, text.encode(encoding))

    assert verdicts(result) == plain[name]


@pytest.mark.parametrize("wide", WIDE)
@pytest.mark.parametrize("name", DELIMITED)
def test_wide_encodings(name, wide, plain):
    mark, encoding = WIDE[wide]
    text = as_text(records_of(load(name)[0]))

    result = import_records(name, mark + text.encode(encoding))

    assert (result.table.encoding, result.table.bom) == (
        "utf-8-sig" if wide == "utf-8 with mark" else encoding,
        bool(mark),
    )
    assert verdicts(result) == plain[name]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~"])
@pytest.mark.parametrize("name", DELIMITED)
def test_delimiters(name, delimiter, plain):
    text = as_text(records_of(load(name)[0]), delimiter)

    result = import_records(name, text.encode())

    assert result.table.delimiter == delimiter
    assert verdicts(result) == plain[name]


@pytest.mark.parametrize("write", [as_xlsx, as_xls, as_ods, as_html, as_xml])
@pytest.mark.parametrize("name", DELIMITED)
def test_containers(name, write, plain):
    content = write(records_of(load(name)[0]))

    result = import_records(name, content)

    assert "as_" + result.table.container == write.__name__
    assert verdicts(result) == plain[name]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", DELIMITED)
def test_row_order_does_not_matter(name, seed, plain):
    records, order = shuffled_rows(records_of(load(name)[0]), seed)

    result = import_records(name, as_text(records).encode())

    assert verdicts(result, order) == plain[name]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", DELIMITED)
def test_column_order_does_not_matter(name, seed, plain):
    records = records_of(load(name)[0])
    width = len(records[0])
    tidy = [record[:width] for record in records]  # cells beyond the headings have no column
    moved, order = shuffled_columns(tidy, seed)

    result = import_records(name, as_text(moved).encode())
    fields = import_as_is(name).fields

    assert result.fields == [fields[index] for index in order]
    rows = {
        number: (reason, [flag for flag in flags if flag != "long_row"])
        for number, (reason, flags) in plain[name]["rows"].items()
    }
    assert verdicts(result) == {**plain[name], "rows": rows}


@pytest.mark.parametrize("wording", range(3))
@pytest.mark.parametrize("language", HEADINGS)
@pytest.mark.parametrize("name", DELIMITED)
def test_headings_in_other_words(name, language, wording, plain):
    records = records_of(load(name)[0])
    before = import_as_is(name)
    words = HEADINGS[language]
    headings = [
        words[field][wording] if field in words else heading
        for field, heading in zip(before.fields, before.table.headings, strict=True)
    ]

    result = import_records(name, as_text([headings, *records[1:]]).encode())

    assert result.fields == before.fields
    assert verdicts(result) == plain[name]


@pytest.mark.parametrize("name", DELIMITED)
def test_without_headings_the_same_people_are_found(name):
    records = records_of(load(name)[0])
    before = import_as_is(name)

    result = import_records(name, as_text(records[1:]).encode())

    assert result.table.heading_row is None
    assert (result.leads, result.rejected) == (before.leads, before.rejected)
    assert result.groups == before.groups


def test_the_sheet_typed_at_the_booth_as_csv():
    content, expected = load("booth_sheet.xlsx")
    rows = intake.read_table(content).rows
    headings = [one["heading"] for one in expected["columns"]]
    by_number = {row.number: row.cells for row in rows}
    records = [headings] + [by_number.get(number, []) for number in range(1, max(by_number) + 1)]

    result = Result(as_text(records, "\t").encode(), options_of(expected))

    assert result.groups == expected_groups(expected)
    assert result.leads == expected["leads_expected"]
    assert result.fields == [one["field"] for one in expected["columns"]]
