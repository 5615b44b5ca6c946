"""Rows out of delimited text: which sign parts the columns, and the records it gives."""

import csv
import io
import re
from collections import Counter

from .errors import BinaryContent, CellTooLong, TooManyRows
from .shapes import Limits

_DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x1f", ":")
_SEP_LINE = re.compile(r"\A\"?sep=(.)\"?\r?\n", re.IGNORECASE)
_BAD = re.compile("[\x00-\x08\x0e-\x1e]")
_SAMPLE_CHARS = 200_000
_SAMPLE_ROWS = 200
_HARD_CELL_CHARS = 1 << 28  # the csv module's own limit must not speak before ours


def check_text(text: str, file_name: str) -> None:
    """Refuse text that holds NUL bytes or other signs no text has.

    :raises BinaryContent: with the position of the first one.
    """
    if found := _BAD.search(text):
        raise BinaryContent(file_name=file_name, position=found.start() + 1)


def split_rows(text: str, limits: Limits) -> tuple[str | None, list[list[str]]]:
    r"""Return the delimiter (None for a single column) and all records, blank ones too.

    :raises FileRefused: more rows than the limit, or a cell longer than the limit.

    >>> split_rows("a;b\n1,5;2\n", Limits())
    (';', [['a', 'b'], ['1,5', '2']])
    """
    if found := _SEP_LINE.match(text):
        delimiter = found.group(1)
        text = text[found.end() :]
    else:
        delimiter = guess_delimiter(text)
    return delimiter, _read_records(text, delimiter or ",", limits)


def _read_records(text: str, delimiter: str, limits: Limits) -> list[list[str]]:
    csv.field_size_limit(_HARD_CELL_CHARS)
    records = []
    for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        if len(records) >= limits.max_rows + 100:  # room for titles, headings, totals
            raise TooManyRows(limit=limits.max_rows)
        records.append(record)
        if record and len(max(record, key=len)) > limits.max_cell_chars:
            column = max(range(len(record)), key=lambda index: len(record[index]))
            raise CellTooLong(
                row=len(records),
                column=column + 1,
                size=len(record[column]),
                limit=limits.max_cell_chars,
            )
    return records


def guess_delimiter(text: str) -> str | None:
    r"""Return the sign that parts most rows into the same number of columns, above one.

    >>> guess_delimiter("a\tb, c\td\n1\t2\t3\n")
    '\t'
    >>> guess_delimiter("email\na@b.example\n") is None
    True
    """
    sample = text[:_SAMPLE_CHARS]
    scored = [(_evenness(sample, sign), sign) for sign in _DELIMITERS if sign in sample]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] > 0 else None


def _evenness(sample: str, sign: str) -> float:
    """Return a number that grows with how even, and how many, the columns are; 0 for none."""
    rows = []
    for row in csv.reader(io.StringIO(sample, newline=""), delimiter=sign):
        if any(row):
            rows.append(row)
        if len(rows) >= _SAMPLE_ROWS:
            break
    widths = Counter(len(row) for row in rows)
    wide = [(count, width) for width, count in widths.items() if width > 1]
    if not wide:
        return 0.0
    count, width = max(wide)
    share = count / len(rows)
    if share < 0.5 and sign in ":^~":
        return 0.0
    # a quoted cell that does not open at a cell's edge means the sign cuts through cells
    torn = sum(1 for row in rows for cell in row if cell.count('"') % 2)
    rarity = 0.5 if sign in ":^~" else 1.0
    return max(share * share * min(width, 12) ** 0.5 * rarity - torn / (10 * len(rows)), 0.01)
