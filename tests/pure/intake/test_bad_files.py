"""A file that cannot be imported is refused in one sentence that says what to do."""

import io
import random
import re
import zipfile

import lead_followup_tools.intake as intake
import openpyxl
import pytest
from lead_followup_tools.intake.extents import check_extent
from rewriting import as_ods, as_text, as_xls, as_xlsx, parts_of, zipped

ROWS = [["Name", "Company", "E-mail"], ["Ann Bell", "Acme", "ann@acme.example"]]
CSV = as_text(ROWS).encode()
SMALL = intake.Limits(
    max_bytes=100_000, max_unpacked_bytes=200_000, max_rows=10, max_columns=20, max_cell_chars=500
)


def code_only(value) -> str:
    """Name a case by its code: the bytes of a workbook hold the time it was made."""
    return value if isinstance(value, str) else "file"


def refusal_of(content, file_name="leads.csv", limits=SMALL) -> intake.FileRefused:
    with pytest.raises(intake.FileRefused) as caught:
        intake.read_table(content, file_name, limits=limits)
    return caught.value


def test_the_plain_file_these_cases_bend_is_read():
    assert len(intake.read_table(CSV, limits=SMALL).rows) == 1
    assert len(intake.read_table(as_xlsx(ROWS), limits=SMALL).rows) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"  \r\n\r\n", b",,,\n,,\n", as_xlsx([]), as_ods([])],
    ids=code_only,
)
def test_nothing_at_all(content):
    assert refusal_of(content).code == "empty"


@pytest.mark.parametrize(
    "content",
    [
        b"Name,E-mail\n",
        b"Name,E-mail\n,,\n\n",
        as_xlsx(ROWS[:1]),
        as_xls(ROWS[:1]),
        as_ods(ROWS[:1]),
    ],
    ids=code_only,
)
def test_headings_and_no_rows(content):
    assert refusal_of(content).code == "headings_only"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<!DOCTYPE html><html><head><title>Sign in</title></head></html>", "web_page"),
        (b"\n  <html lang='en'><body>Please log in</body></html>", "web_page"),
        (b"\xef\xbb\xbf<HTML><HEAD></HEAD></HTML>", "web_page"),
        ("<html><body>é</body></html>".encode("utf-16"), "web_page"),
        (b'<?xml version="1.0"?><leads/>', "format_mismatch"),
        (b'[{"name": "Ann"}]', "format_mismatch"),
        (b"%PDF-1.7 ...", "format_mismatch"),
        (b"\x89PNG\r\n\x1a\n....", "format_mismatch"),
        (b"\x1f\x8b\x08....", "format_mismatch"),
        (zipped({"leads.csv": CSV}), "format_mismatch"),
        (zipped({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<t/>"}), "format_mismatch"),
        (b"Name,E-mail\nAnn\x00Bell,ann@acme.example\n", "binary"),
        (b"Name,E-mail\nAnn\x01\x02Bell,ann@acme.example\n", "binary"),
    ],
    ids=code_only,
)
def test_another_kind_of_file(content, code):
    refusal = refusal_of(content)

    assert refusal.code == code
    assert "leads.csv" in str(refusal)


@pytest.mark.parametrize(
    "content", [b"<b>Name</b>,E-mail\nAnn,ann@acme.example\n", b"Name,E-mail\n<html>,a@b.example\n"]
)
def test_markup_in_a_cell_is_no_web_page(content):
    assert intake.read_table(content).rows


@pytest.mark.parametrize("write", [as_xlsx, as_xls, as_ods, as_text])
@pytest.mark.parametrize("name", ["leads.csv", "leads.xlsx", "leads.vcf", "", "leads"])
def test_the_name_does_not_matter(write, name):
    content = write(ROWS)

    table = intake.read_table(content if isinstance(content, bytes) else content.encode(), name)

    assert [row.cells for row in table.rows] == ROWS[1:]


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("write", [as_xlsx, as_ods])
def test_an_archive_that_breaks_off(write, keep):
    content = write(ROWS)

    assert refusal_of(content[: int(len(content) * keep)]).code == "archive_broken"


def test_an_archive_with_a_wrong_checksum():
    content = bytearray(as_xlsx(ROWS))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    content[info.header_offset + 30 + len(info.filename) + 20] ^= 0xFF

    assert refusal_of(bytes(content)).code == "archive_broken"


def test_a_workbook_without_its_sheet():
    parts = parts_of(as_xlsx(ROWS))
    del parts["xl/worksheets/sheet1.xml"]

    assert refusal_of(zipped(parts)).code in ("archive_broken", "empty")


def test_a_locked_archive():
    locked = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    spreadsheet = parts_of(as_ods(ROWS))
    spreadsheet["META-INF/manifest.xml"] = b"<manifest:encryption-data/>"
    encrypted = bytearray(as_xlsx(ROWS))
    directory = encrypted.index(b"PK\x01\x02")
    encrypted[directory + 8] |= 1

    assert refusal_of(locked).code == "archive_locked"
    assert refusal_of(zipped(spreadsheet)).code == "archive_locked"
    assert refusal_of(bytes(encrypted)).code == "archive_locked"


def test_an_archive_that_explodes():
    parts = parts_of(as_xlsx(ROWS))
    bomb = zipped({**parts, "xl/media/image1.png": b"\x00" * 5_000_000})

    assert len(bomb) < SMALL.max_bytes
    assert refusal_of(bomb).code == "too_large_unpacked"


def test_far_off_cells_do_not_make_a_huge_grid():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1"] = "Name", "x"
    wide = io.BytesIO()
    book.save(wide)
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A1048576"], book.active["BZ2"] = "Name", "x", "y"
    deep = io.BytesIO()
    book.save(deep)

    assert refusal_of(wide.getvalue(), limits=intake.Limits()).code == "too_many_columns"
    assert refusal_of(deep.getvalue(), limits=intake.Limits()).code == "too_many_rows"


@pytest.mark.parametrize("cell", ["<c t='n' r='XFD1048576'>", '<c  s="0"  r="AAA2" t="n">'])
def test_a_far_off_cell_is_seen_however_it_is_written(cell):
    parts = parts_of(as_xlsx(ROWS))
    sheet = "xl/worksheets/sheet1.xml"
    whole = re.sub(r'<c r="C2"[^>]*>', cell, parts[sheet].decode())
    assert cell in whole

    content = zipped({**parts, sheet: whole.encode()})

    assert refusal_of(content, limits=intake.Limits()).code == "too_many_columns"


@pytest.mark.parametrize(
    ("row", "cell", "code"),
    [
        ("20000", "", "too_many_rows"),
        ("", "2000000000", "too_many_columns"),
        ("99", "3", "too_many_rows"),
        ("2", "3", None),
    ],
)
def test_repeated_cells_count_as_often_as_they_are_repeated(row, cell, code):
    content = parts_of(as_ods(ROWS))["content.xml"].decode()
    rows = f' table:number-rows-repeated="{row}"' if row else ""
    cells = f' table:number-columns-repeated="{cell}"' if cell else ""
    content = content.replace("<table:table-row>", f"<table:table-row{rows}>")
    content = content.replace("<table:table-cell ", f"<table:table-cell{cells} ")
    limits = intake.Limits(max_rows=10, max_columns=60)
    if code:
        with pytest.raises(intake.TooLarge) as refusal:
            check_extent(content.encode(), "ods", limits)
        assert refusal.value.code == code
    else:
        check_extent(content.encode(), "ods", limits)


def test_spaces_that_are_only_counted():
    parts = parts_of(as_ods(ROWS))
    content = parts["content.xml"].replace(
        b"<text:p>Name", b'<text:p><text:s text:c="2000000000"/>'
    )

    assert refusal_of(zipped({**parts, "content.xml": content})).code == "too_large_unpacked"


def test_blank_rows_repeated_a_million_times_at_the_end_are_no_rows():
    parts = parts_of(as_ods(ROWS))
    end = b'<table:table-row table:number-rows-repeated="1048000"><table:table-cell/>'
    end += b"</table:table-row>"
    content = parts["content.xml"].replace(b"</table:table>", end + b"</table:table>")

    assert len(intake.read_table(zipped({**parts, "content.xml": content}), limits=SMALL).rows) == 1


def test_a_ring_of_sectors_in_an_old_workbook_is_refused():
    """The reader followed such a ring until the memory of the server was used up."""
    whole = bytearray(as_xls(ROWS))
    table = 512 * (int.from_bytes(whole[76:80], "little") + 1)
    assert int.from_bytes(whole[table : table + 4], "little") == 1  # the first sector leads on

    whole[table + 4 : table + 8] = (0).to_bytes(4, "little")  # and now the second leads back

    assert refusal_of(bytes(whole)).code == "archive_broken"


@pytest.mark.parametrize("size", [8, 100, 511, 512, 600, 1024])
def test_an_old_workbook_that_breaks_off(size):
    assert refusal_of(as_xls(ROWS)[:size]).code in ("archive_broken", "format_mismatch")


@pytest.mark.parametrize(
    ("repeat", "code"),
    [
        (' table:number-rows-repeated="1000000"', "too_many_rows"),
        (' table:number-rows-repeated="2"', None),
    ],
)
def test_repeated_rows_of_an_open_document(repeat, code):
    parts = parts_of(as_ods(ROWS))
    rows = parts["content.xml"].decode().replace("<table:table-row>", f"<table:table-row{repeat}>")
    content = zipped({**parts, "content.xml": rows.encode()})

    if code:
        assert refusal_of(content).code == code
    else:
        assert (
            len(intake.read_table(content, limits=SMALL).rows) == 3
        )  # a heading repeated is a row


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"x" * 100_001, "too_large"),
        (as_text([ROWS[0]] + ROWS[1:] * 11).encode(), "too_many_rows"),
        (as_text([ROWS[0]] + ROWS[1:] * 200).encode(), "too_many_rows"),
        (as_xlsx([ROWS[0]] + ROWS[1:] * 200), "too_many_rows"),
        (as_text([["Name"] + ["x"] * 20, ["Ann"] * 21]).encode(), "too_many_columns"),
        (as_xlsx([["Name"] + ["x"] * 20, ["Ann"] * 21]), "too_many_columns"),
        (as_text([*ROWS, ["Bo", "B" * 501, "bo@b.example"]]).encode(), "cell_too_long"),
        (as_xlsx([*ROWS, ["Bo", "B" * 501, "bo@b.example"]]), "cell_too_long"),
        (b'Name,E-mail\nAnn,"ann@acme.example\n' + b"Bo,bo@b.example\n" * 100, "cell_too_long"),
    ],
    ids=code_only,
)
def test_more_than_the_limits(content, code):
    assert refusal_of(content).code == code


def test_at_the_limits_all_is_well():
    rows = [ROWS[0]] + [["Ann", "A" * 500, "ann@acme.example"]] * 10

    assert len(intake.read_table(as_text(rows).encode(), limits=SMALL).rows) == 10
    assert len(intake.read_table(as_xlsx(rows), limits=SMALL).rows) == 10


def test_a_megabyte_in_a_cell_names_the_place():
    rows = [*ROWS, ["Bo", "Acme", "bo@b.example"], ["Cy", "x" * 1_000_000, "cy@b.example"]]

    refusal = refusal_of(as_text(rows).encode(), limits=intake.Limits())

    assert "Row 4, column 2 holds 1000000 characters" in str(refusal)


@pytest.mark.parametrize("seed", range(40))
def test_noise_is_refused_or_read_but_never_an_error_page(seed):
    noise = random.Random(seed)
    whole = bytearray(noise.choice([CSV, as_xlsx(ROWS), as_xls(ROWS), as_ods(ROWS)]))
    for _ in range(noise.randint(1, 30)):
        whole[noise.randrange(len(whole))] = noise.randrange(256)

    try:
        table = intake.read_table(bytes(whole), "leads.csv")
    except intake.FileRefused as refusal:
        assert str(refusal)
    else:
        assert all(isinstance(cell, str) for row in table.rows for cell in row.cells)
