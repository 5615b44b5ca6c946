"""The invented people of a year, and what became of each: dice with a fixed seed."""

import random
from datetime import datetime, timedelta
from typing import NamedTuple

FIRST = (
    "Ada Bruno Carla Deniz Edda Faruk Gilda Hugo Ines Jonas Keiko Lars Mina Nils Olga Pedro "
    "Quentin Rania Sven Tara Ulla Viktor Wanda Yusuf"
).split()
LAST = (
    "Abendroth Bellweather Corvane Dunmore Elsgaard Farrow Greenhalt Hollowell Ingram Jorvik "
    "Kestrel Lindqvist Marchetti Northgate Oakhurst Pemberly"
).split()
FIRMS = (
    "Alder Waterworks|Brightmoor Chemicals|Calder Foods|Dovetail Paper|Elmstead Dairy|Fenwick "
    "Breweries|Glenrock Mining|Harrow Textiles|Ironvale Steel|Juniper Pharma|Kingsbarn Glass|"
    "Larkfield Sugar|Mossgate Ceramics|Netherby Energy|Orchard Juices|Pinecrest Timber|"
    "Quarrybank Cement|Redwater Utilities|Saltmarsh Marine|Thornbury Plastics"
).split("|")
COUNTRIES = ("us", "us", "us", "ca", "de", "de", "gb", "nl", "fr")
# Of a hundred: who qualifies, who of those is accepted, who of those is won; and the usual sale.
WAYS = {
    "show": (46, 72, 34, 24000),
    "web": (38, 66, 28, 15000),
    "referral": (74, 86, 52, 31000),
}


class Person(NamedTuple):
    """Somebody who turned to us, and the moments of the road; None where it was not gone."""

    name: str
    firm: str
    email: str
    country: str
    way: str  # show, web, referral
    show: int | None  # which of the year's shows, from 0
    made_at: datetime
    touched_at: datetime | None
    touches: int
    mql_at: datetime | None
    sql_at: datetime | None
    closed_at: datetime | None
    ending: str  # won, lost, back (lost and taken up again), returned, nurture, open
    value: int

    @property
    def is_offered(self):
        """Whether somebody is asked to take this lead right now."""
        return self.ending == "open" and bool(self.mql_at) and not self.sql_at


def make_year(now, show_days, seed=2026):
    """Return the people of the twelve months before ``now``, oldest first.

    :param now: naive UTC.
    :param show_days: ``[(last day of the show as a date, how many it brought)…]``.
    """
    dice = random.Random(seed)
    moments = []
    for index, (day, count) in enumerate(show_days):
        noon = datetime(day.year, day.month, day.day, 17)
        moments += [
            (noon - timedelta(hours=dice.uniform(0, 50)), "show", index) for _ in range(count)
        ]
    for way, a_month in (("web", 9), ("referral", 3)):
        moments += [
            (now - timedelta(days=30 * month + dice.uniform(1, 29), hours=5), way, None)
            for month in range(12)
            for _ in range(a_month + dice.randrange(-2, 4))
        ]
    pairs = [(first, last) for last in LAST for first in FIRST]
    dice.shuffle(pairs)
    return [
        _make_person(dice, now, pair, *moment)
        for pair, moment in zip(pairs, sorted(moments, key=lambda one: one[0]), strict=False)
    ]


def _make_person(dice, now, pair, made_at, way, show):
    first, last = pair
    firm = dice.choice(FIRMS)
    qualified, accepted, won, value = WAYS[way]
    touched_at = made_at + timedelta(hours=dice.choice((3, 9, 20, 26, 40, 61)))
    mql_at = sql_at = closed_at = None
    ending = "nurture"
    if dice.randrange(100) < qualified:
        mql_at = made_at + timedelta(days=dice.uniform(0.1, 6))
        ending = "returned"
        if dice.randrange(100) < accepted:
            sql_at = mql_at + timedelta(days=dice.uniform(0.2, 4))
            ending = "won" if dice.randrange(100) < won else dice.choice(("lost", "lost", "back"))
            closed_at = sql_at + timedelta(days=dice.uniform(12, 75))
    elif dice.randrange(100) < 20:
        ending, closed_at = "lost", made_at + timedelta(days=dice.uniform(20, 60))
    ending, mql_at, sql_at, closed_at = _until(now, ending, mql_at, sql_at, closed_at)
    return Person(
        name=f"{first} {last}",
        firm=firm,
        email=f"{first}.{last}@{firm.replace(' ', '-')}.example".lower(),
        country=dice.choice(COUNTRIES),
        way=way,
        show=show,
        made_at=made_at,
        touched_at=touched_at if touched_at < now else None,
        touches=dice.choice((1, 2, 3, 3, 4, 5)) + (2 if sql_at else 0),
        mql_at=mql_at,
        sql_at=sql_at,
        closed_at=closed_at,
        ending=ending,
        value=round(value * dice.uniform(0.4, 2.1), -2),
    )


def _until(now, ending, mql_at, sql_at, closed_at):
    """Return what of a road has been gone by ``now``."""
    past = [moment if moment and moment < now else None for moment in (mql_at, sql_at, closed_at)]
    if (closed_at and not past[2]) or (mql_at and not past[0]) or (sql_at and not past[1]):
        ending = "open"
    return ending, *past
