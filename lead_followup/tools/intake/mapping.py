"""Which column is which: headings first, then the contents, then what the other columns are."""

from collections.abc import Sequence

from .cards import CARD_COLUMNS
from .closings import CLOSINGS
from .consent import names_leave, names_refusal
from .evidence import Column
from .heading_match import KEYWORD, heading_points, heading_says_work
from .shapes import Options, Table

_SAMPLE_ROWS = 400
_MIN_CELLS = 3  # fewer filled cells prove nothing against a heading
# A heading is not believed when fewer of its cells than this look the part.
_CONTENT_OF = {
    "email": ("addresses_meant", 0.2), "other_email": ("addresses_meant", 0.2),
    "phone": ("digits", 0.25), "mobile": ("digits", 0.25), "scanned_at": ("dates", 0.25),
    "scanned_time": ("times", 0.5), "rating": ("ratings", 0.3), "consent": ("consents", 0.2),
    "country": ("countries", 0.2), "website": ("websites", 0.2), "salutation": ("salutations", 0.3),
    "academic_title": ("academic_titles", 0.3),
}  # fmt: skip
# Believed only where yes and no stand below it: "No phone" may as well be a phone number's.
_CLOSING_SHARE = 0.2
# Words, never numbers or addresses.
_WORDY = frozenset(
    "name first_name last_name company job_title city captured_by bare_name bare_title".split()
)
# Found by contents alone: (field, share, least share, points); words before marks and numbers.
_BY_CONTENT = (
    ("email", "emails", 0.5, 70), ("scanned_at", "dates", 0.7, 62),
    ("website", "websites", 0.7, 62), ("phone", "phones", 0.6, 64),
    ("country", "country_names", 0.7, 60), ("budget", "budgets", 0.7, 58),
    ("timeframe", "timeframes", 0.7, 58), ("authority", "authorities", 0.7, 58),
    ("rating", "rating_words", 0.8, 56), ("rating", "grades", 1.0, 54),
    ("salutation", "salutations", 0.9, 56),
)  # fmt: skip
_CLOCK_SHARE, _MIXED_SHARE = 0.7, 0.2
_CHOICES = frozenset({"budget", "timeframe", "authority", "rating"})  # given answers, not remarks
# Without a value these say nothing and may be meant otherwise: left alone while empty.
_NEED_VALUES = frozenset(
    "salutation academic_title street2 other_email scanned_time bare_title".split()
)
_NO_FIELD = frozenset({"ignored", "kept"})
_PHONE_FAMILY = ("phone", "mobile")
_MARKED = frozenset({"interest", "rating", "attendee_type"})  # "Interest (1-5)" is a rating


def suggest_fields(table: Table, options: Options = Options()) -> list[str | None]:  # noqa: B008 - frozen
    """Return one field word a column, None for a column to leave alone or keep as an answer.

    No field but consent is suggested twice. ``options`` may hold a default country;
    nothing else counts.
    """
    if table.container == "vcard":
        return [CARD_COLUMNS[heading] for heading in table.headings]
    columns = _columns(table)
    points = [_column_points(column) for column in columns]
    fields: list[str | None] = [None] * len(columns)
    _assign_best(columns, points, fields)
    _assign_phones(columns, points, fields)
    _assign_bare_titles(columns, points, fields)
    _assign_bare_names(columns, points, fields)
    if not any(table.headings):
        _assign_unnamed_people(columns, fields)
    else:
        _assign_unknown_people(columns, fields)
    _assign_unnamed_note(columns, fields)
    _assign_clock(columns, fields)
    return fields


def _columns(table: Table) -> list[Column]:
    rows = table.rows[:_SAMPLE_ROWS]
    return [
        Column(heading, (row.cells[index] for row in rows if index < len(row.cells)))
        for index, heading in enumerate(table.headings)
    ]


def _column_points(column: Column) -> dict[str, float]:
    """Return {field: points} of one column, contents weighed in."""
    by_heading = heading_points(column.heading)
    if by_heading.keys() & _NO_FIELD:
        return {}
    if "scanned_at" in by_heading and column.times >= 0.5:  # "Scan Time" beside "Scan Date"
        return {"scanned_time": by_heading["scanned_at"]}
    points = {field: value for field, value in by_heading.items() if _fits(column, field)}
    if column.marks >= 0.6 and by_heading.keys() & _MARKED:
        points = {"rating": KEYWORD}
    if "job_title" in points and column.authorities >= 0.6:
        points["authority"] = points["job_title"] - 1
        del points["job_title"]
    if by_heading.keys() & {"email", "other_email"} and _is_status(column):
        points = {"consent": KEYWORD}  # "Email status": subscribed, unsubscribed
    if not points and (found := _field_by_content(column)):
        points = {found[0]: found[1]}
    if "email" in points and column.emails > 0.5:
        points["email"] += 5  # of two headings for addresses, the one that has them
        if heading_says_work(column.heading):
            points["email"] += 10  # "Email Address" beside "Work Email" is a private one
    if "scanned_at" in points and column.clocks > 0.5:
        points["scanned_at"] += 5  # of two moments, the one that names the hour
    if column.is_empty:  # a column without a cell leaves its field to one that has some
        points = {field: value / 2 for field, value in points.items()}
    return points


def _field_by_content(column: Column) -> tuple[str, int] | None:
    """Return the field the cells alone speak for the most, and its points."""
    found = [
        (points, field)
        for field, share, least, points in _BY_CONTENT
        if getattr(column, share) >= least
        and len(column.cells) >= (1 if field == "email" else 2)
        and (field not in _CHOICES or column.is_choice
             or (field == "rating" and column.is_short_choice))
    ]  # fmt: skip
    points, field = max(found, default=(0, ""))
    return (field, points) if field else None


def _fits(column: Column, field: str) -> bool:
    """Tell whether the contents allow what the heading says."""
    if column.is_empty:
        return field not in _NEED_VALUES
    if field in CLOSINGS:
        return column.consents >= _CLOSING_SHARE
    if field == "other_email" and not column.addresses_meant:
        return False
    if len(column.cells) < _MIN_CELLS:
        return True
    if field in _CONTENT_OF:
        share, least = _CONTENT_OF[field]
        return getattr(column, share) >= least
    if field in _WORDY:
        return column.emails < 0.5 and column.dates < 0.7 and column.numbers < 0.7
    if field == "interest":
        return column.marks < 0.6
    return True


def _is_status(column: Column) -> bool:
    """Tell whether all cells say by themselves that somebody may be written to, or may not."""
    return bool(column.cells) and all(
        names_leave(cell) or names_refusal(cell) for cell in column.cells
    )


def _assign_best(columns, points: list[dict[str, float]], fields: list[str | None]) -> None:
    """Give each field to the column with the most points, the left one on a tie."""
    ranked = sorted(
        (-value, index, field)
        for index, by_field in enumerate(points)
        for field, value in by_field.items()
        if field not in _PHONE_FAMILY and not field.startswith("bare_")
    )
    taken: set[str] = set()
    for _value, index, field in ranked:
        if fields[index] is None and field not in taken:
            fields[index] = field
            taken.add(field)
    for index, by_field in enumerate(points):
        if fields[index] is not None:
            continue
        if (
            "email" in by_field
            and "other_email" not in taken
            and (columns[index].is_empty or columns[index].addresses_meant)
        ):
            fields[index] = "other_email"
            taken.add("other_email")
        elif _best_of(by_field) == "consent" and not columns[index].is_empty:
            fields[index] = "consent"  # one refusal among several answers is enough


def _assign_phones(columns, points, fields: list[str | None]) -> None:
    """Give phone and mobile away: the only number a file has is the phone, whatever its kind.

    A column without a cell comes last: an address book has a dozen kinds of numbers.
    """
    free = [index for index, field in enumerate(fields) if field is None]
    fixed = [index for index in free if _best_of(points[index]) == "phone"]
    mobile = [index for index in free if _best_of(points[index]) == "mobile"]
    mobile.sort(key=lambda index: (-points[index]["mobile"], index))
    fixed.sort(key=lambda index: (-points[index]["phone"], index))
    phones = [*fixed[:1], *mobile, *fixed[1:]]
    phones.sort(key=lambda index: columns[index].is_empty)
    for index, field in zip(phones, _PHONE_FAMILY, strict=False):
        fields[index] = field


def _best_of(by_field: dict[str, float]) -> str | None:
    return max(by_field, key=by_field.__getitem__, default=None)


def _assign_bare_titles(columns, points, fields: list[str | None]) -> None:
    """Settle "Title": a form of address, a degree, or a job."""
    for index, column in enumerate(columns):
        if fields[index] is not None or "bare_title" not in points[index]:
            continue
        for field, share in (("academic_title", "academic_titles"), ("salutation", "salutations")):
            if getattr(column, share) >= 0.5 and field not in fields:
                fields[index] = field
                break
        else:
            if column.companies >= 0.3 and "company" not in fields:
                fields[index] = "company"
            elif (
                max(column.academic_titles, column.salutations) < 0.5 and "job_title" not in fields
            ):
                fields[index] = "job_title"


def _assign_bare_names(columns, points, fields: list[str | None]) -> None:
    """Settle "Name": the missing part of a name, the person, the company, or the subject."""
    for index, column in enumerate(columns):
        if fields[index] is not None or "bare_name" not in points[index]:
            continue
        if "company" not in fields and column.companies >= 0.3:
            fields[index] = "company"
        elif "first_name" in fields and "last_name" not in fields:
            fields[index] = "last_name"
        elif "last_name" in fields and "first_name" not in fields:
            fields[index] = "first_name"
        elif "name" not in fields and "first_name" not in fields:
            fields[index] = "name"
        elif "company" not in fields:
            fields[index] = "company"
        elif "lead_title" not in fields and "name" in fields:
            fields[index] = "lead_title"


def _assign_unnamed_people(columns: Sequence[Column], fields: list[str | None]) -> None:
    """In a file without headings, find company and name among the columns of words."""
    fullest = max((len(column.cells) for column in columns), default=0)
    free = [
        index
        for index, column in enumerate(columns)
        if fields[index] is None and column.words > 0.6 and len(column.cells) * 2 > fullest
    ]
    company = max(free, key=lambda index: columns[index].companies, default=None)
    if company is not None and columns[company].companies >= 0.3:
        fields[company] = "company"
        free.remove(company)
    for index in free:
        if index + 1 in free and _is_name_pair(columns[index], columns[index + 1]):
            fields[index], fields[index + 1] = "first_name", "last_name"
            return
    full = [index for index in free if columns[index].several_words > 0.7]
    if full:
        fields[max(full, key=lambda index: (columns[index].variety > 0.5, -index))] = "name"


def _assign_unknown_people(columns: Sequence[Column], fields: list[str | None]) -> None:
    """Under headings that say nothing, find the company and the name that no other column has."""
    free = [
        index
        for index, column in enumerate(columns)
        if fields[index] is None
        and len(column.cells) >= _MIN_CELLS
        and column.words > 0.8
        and not heading_points(column.heading)
    ]
    if "company" not in fields:
        company = max(free, key=lambda index: columns[index].companies, default=None)
        if company is not None and columns[company].companies >= 0.3:
            fields[company] = "company"
            free.remove(company)
    if not {"name", "first_name", "last_name"} & set(fields):
        names = [index for index in free if columns[index].person_like > 0.8]
        if names:
            fields[names[0]] = "name"


def _assign_clock(columns: Sequence[Column], fields: list[str | None]) -> None:
    """Take the times of day beside bare dates for their hours, whatever stands above them."""
    if "scanned_at" not in fields or "scanned_time" in fields:
        return
    day = fields.index("scanned_at")
    for index in (day + 1, day - 1):
        if (
            0 <= index < len(columns)
            and fields[index] is None
            and columns[index].times >= _CLOCK_SHARE
            and columns[day].clocks < _MIXED_SHARE
            and not heading_points(columns[index].heading)
        ):
            fields[index] = "scanned_time"
            return


def _is_name_pair(first: Column, last: Column) -> bool:
    """Tell first and last names from other single words: together they hardly ever repeat."""
    if max(first.several_words, last.several_words) > 0.2:
        return False
    pairs = list(zip(first.cells, last.cells, strict=False))
    return bool(pairs) and len(set(pairs)) > 0.6 * len(pairs)


def _assign_unnamed_note(columns: Sequence[Column], fields: list[str | None]) -> None:
    """Take the column of sentences without a heading for the notes."""
    if "note" in fields:
        return
    unnamed = [
        index for index, column in enumerate(columns)
        if fields[index] is None and not column.heading and column.sentences >= 0.5
    ]  # fmt: skip
    if unnamed:
        fields[max(unnamed, key=lambda index: (columns[index].mean_length, -index))] = "note"
