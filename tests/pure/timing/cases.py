"""Random questions for planner and oracle, drawn around the traps of the calendar."""

import datetime as dt
from random import Random

from lead_followup_tools.timing import DEFAULT_WINDOWS

from .oracle import Case

PLACES = [
    ("Europe/Berlin", "DE"),
    ("Europe/London", "GB"),
    ("Africa/Casablanca", "MA"),  # off summer time for Ramadan
    ("Asia/Tehran", "IR"),
    ("Asia/Riyadh", "SA"),
    ("Asia/Dhaka", "BD"),
    ("Asia/Kabul", "AF"),
    ("Asia/Brunei", "BN"),
    ("Asia/Jerusalem", "IL"),
    ("Africa/Cairo", "EG"),
    ("Asia/Kathmandu", "NP"),
    ("Asia/Tokyo", "JP"),
    ("America/New_York", "US"),
    ("America/St_Johns", "CA"),
    ("America/Santiago", "CL"),
    ("Australia/Lord_Howe", "AU"),
    ("Pacific/Chatham", "NZ"),
    ("Pacific/Kiritimati", "KI"),
    ("Pacific/Pago_Pago", "AS"),
    ("Europe/Berlin", "SA"),  # works on the Sundays on which the clock jumps
    ("UTC", None),
]
# A few days before each: both jumps north and south, ends of months and years, rows of holidays.
DATES = [
    dt.datetime(2026, 3, 6),
    dt.datetime(2026, 3, 18),
    dt.datetime(2026, 3, 26),
    dt.datetime(2026, 4, 2),
    dt.datetime(2026, 4, 22),
    dt.datetime(2026, 5, 1),
    dt.datetime(2026, 9, 25),
    dt.datetime(2026, 10, 23),
    dt.datetime(2026, 10, 30),
    dt.datetime(2026, 12, 22),
    dt.datetime(2028, 2, 27),
]
HOURS = [
    (("09:00", "12:00"),),
    (("10:00", "12:00"), ("14:00", "17:00")),
    (("22:00", "02:00"),),
    (("01:30", "03:30"),),
    (("02:10", "02:50"),),
    (("23:15", "00:45"), ("06:00", "06:01")),
    (("08:00", "18:30"), ("18:00", "19:00")),
]


def random_case(seed: int) -> Case:
    """Give the case of ``seed``, the same each time; whole minutes everywhere."""
    chance = Random(seed)
    tz, country = chance.choice(PLACES)
    now = chance.choice(DATES) + dt.timedelta(minutes=chance.randrange(7 * 24 * 60))
    channel = chance.choice(sorted(DEFAULT_WINDOWS))
    deadline = None
    if chance.random() < 0.75:
        deadline = now + dt.timedelta(minutes=chance.randrange(-600, 6 * 24 * 60))
    window = DEFAULT_WINDOWS[channel]
    days, hours = window.days, window.hours
    if chance.random() < 0.5:
        days = tuple(sorted(chance.sample(range(1, 6), chance.randint(1, 4))))
        hours = chance.choice(HOURS)
    rep = _random_rep(chance, now) if chance.random() < 0.7 else None
    return Case(channel, now, tz, country, deadline, rep, days, hours)


def random_own_case(seed: int) -> tuple[Case, str]:
    """Give a case whose step has a window of its own, and its hours as somebody types them."""
    chance = Random(seed)
    days = tuple(sorted(chance.sample(range(1, 7), chance.randint(1, 6))))
    hours = []
    for _i in range(chance.choice([1, 1, 2])):
        start = chance.randrange(0, 24 * 60, 5)
        length = chance.choice([5, 60, 150, 240, 700])
        hours.append((_clock(start), _clock(start + length)))
    typed = chance.choice([", ", "; "]).join(_typed(chance, *pair) for pair in hours)
    return random_case(seed)._replace(days=days, hours=tuple(hours)), typed


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _typed(chance: Random, start: str, end: str) -> str:
    dash = chance.choice(["-", " - ", "\u2013", " \u2014 "])
    return dash.join(_typed_time(chance, time) for time in (start, end))


def _typed_time(chance: Random, time: str) -> str:
    hour, minute = time.split(":")
    shapes = [time, f"{hour}.{minute}", f"{int(hour)}:{minute}"]
    shapes += [str(int(hour))] if minute == "00" else []
    shapes.append(f"{int(hour) % 12 or 12}:{minute} {'pm' if int(hour) >= 12 else 'AM'}")
    persian = {ord(str(digit)): chr(0x6F0 + digit) for digit in range(10)}
    shapes.append(time.translate(persian))
    return chance.choice(shapes)


def _random_rep(chance: Random, now: dt.datetime) -> tuple[tuple[dt.datetime, dt.datetime], ...]:
    """Give the hours of a rep somewhere on earth, free days and a leave among them."""
    opens = chance.randrange(0, 24 * 60)
    length = chance.choice([30, 180, 240, 480])
    lunch = chance.randrange(0, length // 2)
    free_days = set(chance.sample(range(7), chance.choice([0, 2, 3, 6])))
    # none, a week, or back on about the tenth working day
    leave = range(0, chance.choice([0, 9, chance.randint(12, 20)]))
    found = []
    for i in range(-2, 40):
        day = dt.datetime.combine(now.date(), dt.time()) + dt.timedelta(days=i, minutes=opens)
        if day.weekday() in free_days or i in leave:
            continue
        noon = day + dt.timedelta(minutes=lunch)
        found.append((day, noon))
        found.append((noon + dt.timedelta(minutes=30), day + dt.timedelta(minutes=length + 30)))
    return tuple((start, end) for start, end in found if start < end)
