"""A file as a badge scanner writes it: people, some of them twice, one row each."""

import csv
import io
import random
from datetime import datetime, timedelta

HEADINGS = (
    "First Name,Last Name,Title,Company,Email Address,Work Phone,Work Address 1,Work City,"
    "Work State/Province,Work ZIP/Postal Code,Work Country,Captured By,Date Captured,Lead Rating,"
    "What is your budget for this project?,What is your role in the purchase decision?,"
    "When do you plan to buy?,Which products are you interested in?,Comments,OK to email?"
).split(",")
_NAME, _COMPANY, _EMAIL, _PHONE, _COMMENT = slice(0, 2), 3, 4, 5, 18

_FIRST = "Grant Howard Miriam Renee Leland Preston Denise Felix Julian Nadine Clara Dieter".split()
_LAST = "Jessop Hollis Yarrow Quimby Ravenel Netherby Kestrel Gantry Marlowe Whitlock".split()
_FIRM = "Marrowgate Velmora Haldrum Korvane Ostrander Tindlebay Brackwell Dunmere".split()
_KIND = "Energy Packaging Steel Logistics Optics Foods Chemicals Textiles".split()
_TITLES = ("Process Engineer", "Plant Manager", "Purchasing Director", "Technician")
_PLACES = (
    ("Chicago", "Illinois", "60601", "United States"),
    ("Reno", "NV", "89501", "United States"),
    ("Boston", "Massachusetts", "02108", "United States"),
    ("Toronto", "Ontario", "M5H 2N2", "Canada"),
    ("Leipzig", "", "04109", "Germany"),
    ("Lyon", "", "69001", "France"),
    ("Leeds", "", "LS1 4AP", "United Kingdom"),
)
_ANSWERS = (
    ("Hot", "Warm", "Cold"),
    ("Under $10,000", "$10,000 - $50,000", "$50,000 - $250,000", "Over $250,000", "No budget yet"),
    ("Final decision maker", "Recommends / influences", "End user", "No role in purchase"),
    ("0-3 months", "3-6 months", "6-12 months", "12+ months", "Just looking"),
    ("Pump P-200", "Valve V-40", "Control Unit C1; Valve V-40", "Service Contract", ""),
    ("", "", "Send catalogue", "Wants quote for pump line"),
    ("Yes", "Yes", "No", ""),
)


def people(count: int, first: int, last_day: datetime, dice: random.Random) -> list[list[str]]:
    """Give the rows of ``count`` people, from the ``first`` of all there are; each is one only."""
    return [_person(first + index, last_day, dice) for index in range(count)]


def repeats(rows: list[list[str]], count: int, dice: random.Random) -> list[list[str]]:
    """Give ``count`` further rows of these people, known by one of the three keys each."""
    found = []
    for number in range(count):
        row = list(dice.choice(rows))
        row[_COMMENT] = "Came back"
        if number % 3 == 0:
            row[_EMAIL], row[_PHONE] = row[_EMAIL].upper(), ""
        else:
            row[_EMAIL] = ""
            row[_PHONE] = row[_PHONE] if number % 3 == 1 else ""
        found.append(row)
    return found


def as_csv(headings: list[str], rows: list[list[str]]) -> bytes:
    """Give these rows as the bytes of a file."""
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue().encode()


def prepared(rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Give ``(fields, rows)`` as somebody prepares them for Odoo's own import."""
    fields = "name contact_name function partner_name email_from phone street city zip country_id"
    table = [
        [
            f"{' '.join(row[_NAME])}, {row[_COMPANY]}",
            " ".join(row[_NAME]),
            *row[2:8],
            row[9],
            row[10],
            row[_COMMENT],
        ]
        for row in rows
    ]
    return [*fields.split(), "description"], table


def contact(row: list[str]) -> dict[str, str]:
    """Give what a lead that is known already holds of the person of ``row``."""
    name = " ".join(row[_NAME])
    return {
        "name": name,
        "contact_name": name,
        "partner_name": row[_COMPANY],
        "email_from": row[_EMAIL],
        "phone": row[_PHONE],
    }


def _person(number, last_day, dice):
    first, rest = _FIRST[number % len(_FIRST)], number // len(_FIRST)
    last = f"{_LAST[rest % len(_LAST)]}-{_letters(rest // len(_LAST))}"
    firm, kind = _FIRM[number % len(_FIRM)], _KIND[number // 3 % len(_KIND)]
    scanned_at = last_day - timedelta(minutes=dice.randrange(3 * 24 * 60))
    return [
        first,
        last,
        dice.choice(_TITLES),
        f"{firm} {kind}",
        f"{first}.{last}@{firm}-{kind}.example".lower(),
        f"+4930{number % 10**7:07}",
        f"{number % 300} Sample St",
        *dice.choice(_PLACES),
        dice.choice(("Robin Castellane", "Dana Whitlock")),
        f"{scanned_at:%m/%d/%Y %I:%M %p}",
        *map(dice.choice, _ANSWERS),
    ]


def _letters(number):
    """Give a name for each number: a, b, … z, ba, bb, …

    >>> _letters(0), _letters(27)
    ('A', 'Bb')
    """
    text = ""
    while number or not text:
        number, rest = divmod(number, 26)
        text = chr(97 + rest) + text
    return text.capitalize()
