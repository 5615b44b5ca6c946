"""What holds for whatever stands in a cell."""

import examples  # noqa: F401 - few examples, or many
import lead_followup_tools.intake as intake
from hypothesis import given
from hypothesis import strategies as st
from lead_followup_tools import plain_cells
from lead_followup_tools.intake import folding
from lead_followup_tools.intake.emails import read_email
from lead_followup_tools.intake.phones import read_phone
from lead_followup_tools.intake.shapes import SourceRow
from rewriting_of_rows import as_csv

TEXT = st.text(max_size=60)
# what cells are made of more often than of anything
CELL = TEXT | st.text(alphabet="0123456789+-/.:@ ()xX=ab\u200c\u06f1٢\n\t'\"", max_size=40)
FIELDS = sorted(intake.FIELDS)


@given(CELL)
def test_what_is_quoted_for_a_spreadsheet_comes_back(text):
    written = plain_cells.quoted(text)

    assert plain_cells.unquoted(written) == text
    assert plain_cells.unquoted(plain_cells.quoted_if_quoted(text)) == text
    assert not written.lstrip("'").strip(" ").startswith(("=", "@")) or written.startswith("'")


@given(CELL)
def test_cleaning_twice_is_cleaning_once(text):
    for clean in (folding.clean_line, folding.clean_text, folding.ascii_digits):
        assert clean(clean(text)) == clean(text)


@given(CELL)
def test_a_phone_is_dialled_or_said_to_be_none(cell):
    for country in (None, "US", "IR", "XX"):
        reading = read_phone(cell, country)
        for number in filter(None, (reading.number, *reading.others)):
            assert number[0] == "+"
            assert number[1:].isascii()
            assert number[1:].isdigit()
            assert 8 <= len(number) <= 20
        assert not (reading.is_invalid and reading.number)
        if reading.number:  # read again, it is itself
            assert read_phone(reading.number, country).number == reading.number


@given(CELL | st.emails())
def test_an_address_is_one_or_said_to_be_none(cell):
    reading = read_email(cell)

    if reading.address:
        assert "@" in reading.address
        assert not reading.address.split()[1:]
        assert read_email(reading.address).address == reading.address


@given(
    st.lists(CELL, min_size=4, max_size=4), st.permutations(FIELDS), st.sampled_from(["DMY", "MDY"])
)
def test_any_row_is_judged(cells, fields, order):
    fields = list(fields)[:4]
    headings = [intake.FIELDS[field] for field in fields]

    source = SourceRow(1, cells)

    judged = intake.judge_row(source, fields, headings, intake.Options("US", date_order=order))

    assert judged.reason in (None, "no_contact", "truncated_card")
    assert "\x00" not in "".join(v for v in judged.values.values() if isinstance(v, str))


NAMES = st.sampled_from(["Ann", "Bo", "Cy"])
EMAILS = st.sampled_from(["", "a@b.example", "c@d.example"])
PHONES = st.sampled_from(["", "+12025550111", "+12025550122"])


@given(st.lists(st.tuples(NAMES, EMAILS, PHONES), min_size=1, max_size=12), st.randoms())
def test_how_many_people_a_file_holds_does_not_hang_on_its_order(people, dice):
    def count(rows):
        table = intake.read_table(as_csv([("Name", "E-mail", "Phone"), *rows]), has_headings=True)
        fields = intake.suggest_fields(table, intake.Options())
        judged = [
            intake.judge_row(row, fields, table.headings, intake.Options("US"))
            for row in table.rows
        ]
        matches = intake.match_rows(judged)
        rejected = [row for row in judged if row.reason]
        assert not {row.number for row in rejected} & set(matches)
        return len(judged) - len(rejected), {match.keep for match in matches.values()}

    kept, keepers = count(people)
    shuffled, others = count(dice.sample(people, len(people)))

    assert kept == shuffled
    assert bool(keepers) == bool(others)


@given(st.binary(max_size=400) | TEXT.map(str.encode))
def test_any_bytes_are_refused_or_read(content):
    try:
        table = intake.read_table(content, "leads.csv")
    except intake.FileRefused as refusal:
        assert str(refusal).endswith(".")
    else:
        assert table.rows
        assert table.headings
