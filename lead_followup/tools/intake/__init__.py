"""From an export to judged rows, in plain Python.

``read_table`` reads a file, ``suggest_fields`` says which column is which, ``guess_options``
fills in what the file decides, ``judge_row`` understands one row, ``match_rows`` finds the same
person twice. Nothing here knows a database, reads a clock or opens a file.

>>> table = read_table(b"Name,E-mail\\nAnn Bell,ann@acme.example\\n")
>>> fields = suggest_fields(table, Options())
>>> fields
['name', 'email']
>>> judge_row(table.rows[0], fields, table.headings, Options()).values["name"]
'Ann Bell'
"""

from .capture import WORDS, as_text, lay_out, typed_words
from .codes import Code, read_code
from .corrections import meets_still, replaced_keys, settle
from .errors import (
    ArchiveBroken,
    ArchiveLocked,
    BinaryContent,
    CellTooLong,
    FileEmpty,
    FileRefused,
    FormatMismatch,
    HeadingsOnly,
    TooLarge,
    TooLargeUnpacked,
    TooManyColumns,
    TooManyRows,
    WebPage,
)
from .fields import FIELDS
from .folding import fold_compact, fold_key
from .guessing import guess_options
from .judge import default_date_order, judge_row
from .keys import email_key, name_company_key, name_key, phone_keys
from .mapping import suggest_fields
from .matching import match_rows
from .merging import merge_values
from .reading import read_table
from .remarks import new_lines
from .shapes import JudgedRow, Limits, Match, Options, SourceRow, Table

__all__ = [
    "FIELDS", "WORDS", "ArchiveBroken", "ArchiveLocked", "BinaryContent", "CellTooLong", "Code",
    "FileEmpty", "FileRefused", "FormatMismatch", "HeadingsOnly", "JudgedRow", "Limits", "Match",
    "Options", "SourceRow", "Table", "TooLarge", "TooLargeUnpacked", "TooManyColumns",
    "TooManyRows", "WebPage", "as_text", "default_date_order", "email_key", "fold_compact",
    "fold_key", "guess_options", "judge_row", "lay_out", "match_rows", "meets_still",
    "merge_values", "name_company_key", "name_key", "new_lines", "phone_keys", "read_code",
    "read_table", "replaced_keys", "settle", "suggest_fields", "typed_words",
]  # fmt: skip
