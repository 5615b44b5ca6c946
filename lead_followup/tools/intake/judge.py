"""One row of a file to canonical values, warnings, and the reason if it can be no lead."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from .answers import authority_code, budget_code, timeframe_code
from .blanks import is_blank
from .cell_faults import has_markup, is_formula
from .clocks import has_clock, with_clock
from .closings import CLOSINGS, closes
from .consent import read_consent, yes_or_no
from .countries import country_code
from .dates import clock_time, is_ambiguous, is_time, read_moment
from .emails import read_email
from .fields import FIELDS
from .folding import clean_line, clean_text, fold_key
from .heading_match import heading_points, is_refusal
from .interests import split_interests
from .names import is_academic_title, is_salutation, join_name
from .phones import NO_PHONE, PhoneReading, read_phone
from .postcodes import postcode
from .ratings import rating_code
from .shapes import JudgedRow, Options, SourceRow
from .states import state_code
from .visitors import is_competitor, is_test_row, kind_by_job, kind_by_ticket

_PLAIN = {  # field: key of the values; one line each, a word for "nothing" is nothing
    "company": "company", "job_title": "job_title", "street": "street", "street2": "street2",
    "city": "city", "captured_by": "captured_by", "device": "device", "source": "source",
    "external_id": "external_id", "lead_title": "subject", "website": "website",
    "salutation": "salutation", "academic_title": "academic_title",
}  # fmt: skip
_VALUE_KEYS = (
    "name", "first_name", "last_name", "salutation", "academic_title", "company", "job_title",
    "email",
    "other_emails", "phone", "phone_extension", "mobile", "website", "street", "street2", "city",
    "zip",
    "state", "state_code", "country_code", "rating", "budget", "authority", "timeframe", "interest",
    "scanned_at", "captured_by", "device", "source", "note", "consent", "visitor_kind", "subject",
    "external_id", "further", *CLOSINGS,
)  # fmt: skip


# Of these, a second column adds to the first; of all others it is a further answer.
_ADDING = frozenset(
    {"email", "other_email", "phone", "mobile", "interest", "note", "consent", *CLOSINGS}
)
_BETWEEN = "; "  # answers below headings that are alike
_REMARK_CHARS = 40  # a longer answer says more than its code
_UTC_HEADING = re.compile(r"\b(?:UTC|GMT)\b(?!\s*[+-])")


class _Plan(NamedTuple):
    """What to do with each column, worked out once a file."""

    columns_by_field: dict[str, tuple[int, ...]]
    further: tuple[tuple[str, int], ...]  # heading, column
    second: tuple[tuple[str, int], ...]  # the same, of columns whose field another column has
    heading_by_field: dict[str, str]
    consents: tuple[tuple[str, int, bool], ...]  # heading, column, asks who does not want mail
    times_are_utc: bool  # the heading says so: "Captured On (UTC)"
    width: int


class _Row:
    """The cells of one row by field, and what has been found out so far."""

    def __init__(self, source: SourceRow, plan: _Plan, options: Options):
        self.cells, self.plan, self.options = source.cells, plan, options
        self.values = dict.fromkeys(_VALUE_KEYS)
        self.values.update(other_emails=[], interest=[], further={})
        self.flags: dict[str, None] = {}

    def text(self, field: str) -> str:
        """Return the first filled cell of a field; blank when it has none."""
        for index in self.plan.columns_by_field.get(field, ()):
            if index < len(self.cells) and self.cells[index].strip():
                return self.cells[index]
        return ""

    def is_first(self, index: int) -> bool:
        """Tell whether the cell is the one its field was read from, or says the same."""
        field = next(one for one, columns in self.plan.columns_by_field.items() if index in columns)
        return fold_key(self.cells[index]) == fold_key(self.text(field))

    def texts(self, field: str) -> list[str]:
        columns = self.plan.columns_by_field.get(field, ())
        return [self.cells[index] for index in columns if index < len(self.cells)]

    def keep_as_further(self, field: str, text: str) -> None:
        """Keep an answer that has no code among the further answers, under its heading."""
        self.keep(self.plan.heading_by_field.get(field) or FIELDS[field], text)

    def keep(self, heading: str, text: str) -> None:
        """Add to the further answers; below a heading that comes twice, both."""
        further, text = self.values["further"], clean_text(text)
        known = further.get(heading)
        if text and text not in (known or "").split(_BETWEEN):
            further[heading] = f"{known}{_BETWEEN}{text}" if known else text


def judge_row(
    row: SourceRow, fields: Sequence[str | None], headings: Sequence[str], options: Options
) -> JudgedRow:
    """Return what a row says, and whether it can become a lead.

    ``values`` has every key always: lists and ``further`` are never None, everything else is
    None when the row does not say. ``scanned_at`` is naive UTC. A row whose ``reason`` is set
    cannot be a lead; its values are there for the user to see.
    """
    found = _Row(row, _plan(tuple(fields), tuple(headings)), options)
    _judge_person(found)
    _judge_place(found)
    _judge_contact(found)
    _judge_answers(found)
    _judge_consent(found)
    _judge_visit(found)
    _judge_visitor(found)
    _judge_cells(found, row)
    if "truncated_card" in row.faults:
        found.flags.clear()  # what it breaks off in the middle of is no mistake of the writer's
    return JudgedRow(row.number, found.values, list(found.flags), _reason(found.values, row))


@lru_cache(maxsize=256)
def _plan(fields: tuple[str | None, ...], headings: tuple[str, ...]) -> _Plan:
    columns: dict[str, list[int]] = {}
    further, second, consents, heading_by_field = [], [], [], {}
    for index, field in enumerate(fields):
        heading = clean_line(headings[index]) if index < len(headings) else ""
        shown = heading or _unnamed(index)
        if field:
            if field in columns and field not in _ADDING:
                second.append((shown, index))
            columns.setdefault(field, []).append(index)
            heading_by_field.setdefault(field, heading)
            if field == "consent":
                consents.append((heading or FIELDS[field], index, is_refusal(heading)))
        elif "ignored" not in heading_points(heading):
            further.append((shown, index))
    return _Plan(
        {field: tuple(indexes) for field, indexes in columns.items()},
        tuple(further),
        tuple(second),
        heading_by_field,
        tuple(consents),
        bool(_UTC_HEADING.search(heading_by_field.get("scanned_at", ""))),
        max(len(fields), len(headings)),
    )


def _judge_person(row: _Row) -> None:
    values = row.values
    for field, key in _PLAIN.items():
        text = row.text(field)
        if text and not is_blank(text):
            values[key] = clean_line(text)
    first, last, full = (
        "" if is_blank(text) else text
        for text in map(row.text, ("first_name", "last_name", "name"))
    )
    person = join_name(first, last, full)
    values.update(person._asdict())
    title = values["job_title"]
    if title and "job_title" in row.plan.columns_by_field:
        if is_salutation(title) and not values["salutation"] and len(title) > 1:
            values["salutation"], values["job_title"] = title, None
        elif is_academic_title(title) and not values["academic_title"]:
            values["academic_title"], values["job_title"] = title, None


def _judge_place(row: _Row) -> None:
    values = row.values
    text = row.text("country")
    if not is_blank(text):
        values["country_code"] = country_code(text)
        if values["country_code"] is None:
            row.flags["unknown_country"] = None
            row.keep_as_further("country", text)
    country = values["country_code"] or row.options.default_country
    state = clean_line(row.text("state"))
    if not is_blank(state):
        values["state"], values["state_code"] = state, state_code(state, country)
    code = row.text("zip")
    if not is_blank(code):
        values["zip"] = postcode(code, country)


def _judge_contact(row: _Row) -> None:
    values = row.values
    _judge_addresses(row)
    country = values["country_code"] or row.options.default_country
    phones = [read_phone(text, country) for text in row.texts("phone")]
    mobiles = [read_phone(text, country) for text in row.texts("mobile")]
    phone = next((one for one in phones if one.number), NO_PHONE)
    landlines = [number for one in phones for number in _numbers(one)]
    numbers = dict.fromkeys(landlines + [number for one in mobiles for number in _numbers(one)])
    values["phone"], values["phone_extension"] = phone.number, phone.extension
    values["mobile"] = next((one.number for one in mobiles if one.number), None) or next(
        (number for number in landlines if number != phone.number), None
    )
    if phone.extension:
        row.flags["phone_extension"] = None
    if any(one.is_invalid for one in (*phones, *mobiles)):
        row.flags["invalid_phone"] = None
    left = [number for number in numbers if number not in (values["phone"], values["mobile"])]
    row.keep("Other phones", ", ".join(left))
    for field, readings in (("phone", phones), ("mobile", mobiles)):
        for text, reading in zip(row.texts(field), readings, strict=True):
            if reading.is_invalid or reading.is_partial:
                row.keep_as_further(field, text)


def _judge_addresses(row: _Row) -> None:
    values = row.values
    cells = [("email", text) for text in row.texts("email")]
    cells += [("other_email", text) for text in row.texts("other_email")]
    readings = [read_email(text) for _field, text in cells]
    addresses = [one for reading in readings for one in (reading.address, *reading.others) if one]
    values["email"] = addresses[0] if addresses else None
    values["other_emails"] = list(dict.fromkeys(one for one in addresses if one != values["email"]))
    row.flags.update(dict.fromkeys(next((one.flags for one in readings if one.flags), ())))
    for (field, text), reading in zip(cells, readings, strict=True):
        if "invalid_email" in reading.flags:
            row.keep_as_further(field, text)


def _numbers(reading: PhoneReading) -> list[str]:
    return [number for number in (reading.number, *reading.others) if number]


def _judge_answers(row: _Row) -> None:
    values = row.values
    for field, read in (
        ("budget", budget_code), ("authority", authority_code), ("timeframe", timeframe_code),
    ):  # fmt: skip
        text = row.text(field).strip()
        if text:
            values[field] = _own_code(field, text, read(text), row.options)
            if values[field] is None or len(text) > _REMARK_CHARS:
                row.keep_as_further(field, text)
    rating = row.text("rating").strip()
    if rating:
        values["rating"] = rating_code(rating, row.options.rating_scale)
        if values["rating"] is None or len(rating) > _REMARK_CHARS:
            row.keep_as_further("rating", rating)
    interests = (one for text in row.texts("interest") for one in split_interests(text))
    values["interest"] = list(dict.fromkeys(interests))


def _own_code(field: str, text: str, code: str | None, options: Options) -> str | None:
    """Return the code that the company's own question has for an answer; ``code`` if it is usual.

    >>> own = Options(own_answers={"budget": {"small": "s", "lt10k": "lt10k"}})
    >>> [_own_code("budget", text, code, own) for text, code in
    ...  (("Small", None), ("5k", "lt10k"), ("90k", "50k_250k"))]
    ['s', 'lt10k', None]
    >>> _own_code("authority", "Final say", "decision_maker", own)
    'decision_maker'
    """
    own = options.own_answers.get(field)
    if own is None:
        return code
    return own.get(fold_key(text)) or (code if code in own.values() else None)


def _judge_consent(row: _Row) -> None:
    """Read who may be written to and called; what is neither yes nor no is kept.

    Of several columns of consent one refusal is enough.
    """
    values, said = row.values, set()
    for heading, index, refuses in row.plan.consents:
        text = row.cells[index] if index < len(row.cells) else ""
        answer = read_consent(text, refuses=refuses)
        said.add(answer)
        if answer is None and yes_or_no(text) is None:
            row.keep(heading, text)
    values["consent"] = False if False in said else True in said or None
    for field in CLOSINGS:
        heading = row.plan.heading_by_field.get(field, "")
        for text in row.texts(field):
            closed = closes(text, heading)
            if closed:
                values[field] = True
                row.flags[field] = None
            elif closed is None and text.strip():
                row.keep_as_further(field, text)


def default_date_order(options: Options) -> str:
    """Return the order in which undecided dates are read: the usual one of the country."""
    return "MDY" if options.default_country == "US" else "DMY"


def _judge_visit(row: _Row) -> None:
    values, options = row.values, row.options
    text, time = row.text("scanned_at").strip(), clock_time(row.text("scanned_time"))
    if time and has_clock(text):  # a moment with an hour of its own
        if time not in text:
            row.keep_as_further("scanned_time", time)
        time = ""
    text = with_clock(text, time) if text else ""
    order = options.date_order or default_date_order(options)
    tz = "UTC" if row.plan.times_are_utc else options.tz
    reading = read_moment(text, tz, order, options.calendar) if text else None
    if reading and not is_time(text):
        values["scanned_at"] = reading.moment
        row.flags.update(dict.fromkeys(reading.flags))
        if options.date_order is None and is_ambiguous(text):
            row.flags["ambiguous_date"] = None
        if reading.moment is None:
            row.keep_as_further("scanned_at", text)
    elif text:
        row.keep_as_further("scanned_at", text)  # a time of day without its day
    if time and not (is_time(time) and values["scanned_at"]):
        row.keep_as_further("scanned_time", time)
    notes = (clean_text(note) for note in row.texts("note"))
    values["note"] = "\n".join(note for note in notes if note) or None


def _judge_visitor(row: _Row) -> None:
    values = row.values
    ticket = clean_line(row.text("attendee_type"))
    kind = kind_by_ticket(ticket) if ticket else None
    if kind is None and is_competitor(values["company"], row.options.competitors):
        kind = "competitor"
    if kind is None and values["job_title"]:
        kind = kind_by_job(values["job_title"])
    values["visitor_kind"] = kind
    if kind:
        row.flags[f"not_a_buyer:{kind}"] = None
    elif ticket:
        row.keep_as_further("attendee_type", ticket)
    if is_test_row(values["name"], values["email"]):
        row.flags["test_row"] = None


def _judge_cells(row: _Row, source: SourceRow) -> None:
    row.flags.update(dict.fromkeys(fault for fault in source.faults if fault != "truncated_card"))
    if any(is_formula(cell) for cell in row.cells):
        row.flags["formula_cell"] = None
    if row.values["note"] and has_markup(row.values["note"]):
        row.flags["html_in_note"] = None
    for heading, index in row.plan.further:
        if index < len(row.cells):
            row.keep(heading, row.cells[index])
    for heading, index in row.plan.second:
        if index < len(row.cells) and not row.is_first(index):
            row.keep(heading, row.cells[index])
    for index in range(row.plan.width, len(row.cells)):
        row.keep(_unnamed(index), row.cells[index])


def _unnamed(index: int) -> str:
    return f"Column {index + 1}"


def _reason(values: dict, row: SourceRow) -> str | None:
    if "truncated_card" in row.faults:
        return "truncated_card"
    if values["email"] or values["phone"] or values["mobile"]:
        return None
    return None if values["name"] and values["company"] else "no_contact"
