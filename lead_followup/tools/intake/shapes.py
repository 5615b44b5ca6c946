"""The values that travel through the import: what was read, what was chosen, what was judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


@dataclass(frozen=True)
class Options:
    """What the user may choose in the import dialog."""

    default_country: str | None = None  # ISO alpha-2, for phones without a country of their own
    tz: str = "UTC"  # zone of times that name none
    date_order: str | None = None  # "DMY", "MDY", "YMD"; None: decide from the file
    calendar: str = "gregorian"  # or "jalali"; a full year tells by itself
    rating_scale: str = "auto"  # "auto", "5_best", "1_best"
    competitors: tuple[str, ...] = ()  # company names
    # of questions that are not asked as a file's usual ones: {text, folded: code} by field
    own_answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Limits:
    """How much a file may hold before it is refused."""

    max_bytes: int = 64 * 1024 * 1024
    max_unpacked_bytes: int = 1024 * 1024 * 1024
    max_rows: int = 500_000
    max_columns: int = 512
    max_cell_chars: int = 65_536  # Excel itself stops at 32,767


class SourceRow(NamedTuple):
    """One data row as text, with what its container said about it."""

    number: int  # 1 = first row below the headings; blank rows have numbers too
    cells: list[str]
    faults: tuple[str, ...] = ()  # "short_row", "long_row", "formula_cell", "truncated_card"


@dataclass
class Table:
    """A file read: its headings and rows as text, and how it was found."""

    container: str  # "text", "xlsx", "xls", "ods", "html", "xml", "vcard"
    headings: list[str] = field(default_factory=list)
    rows: list[SourceRow] = field(default_factory=list)  # blank and footer rows left out
    encoding: str | None = None
    bom: bool = False
    delimiter: str | None = None
    sheet: str | None = None
    heading_row: int | None = None  # from 1; None: the file has no headings
    first_data_row: int = 1
    blank_rows: int = 0  # between data rows; trailing ones do not count
    footer_rows: int = 0
    footers: list[str] = field(default_factory=list)  # their text, for the preview
    sheets_left: list[str] = field(default_factory=list)  # other sheets that look like leads
    versions: list[str] = field(default_factory=list)  # of vCard


@dataclass
class JudgedRow:
    """A row understood: canonical values, warnings, and why it can be no lead, if so."""

    number: int
    values: dict[str, Any]
    flags: list[str] = field(default_factory=list)
    reason: str | None = None  # None, "no_contact", "truncated_card"


class Match(NamedTuple):
    """A surplus row: the first row of the same person, and the key they share."""

    keep: int
    rule: str  # "email", "phone", "name_company"


Values = Mapping[str, Any]
