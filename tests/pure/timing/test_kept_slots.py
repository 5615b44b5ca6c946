"""Slots that many touches ask for are worked out once, and read as often as one likes."""

import datetime as dt
from itertools import islice

from lead_followup_tools import timing

NOW = dt.datetime(2026, 1, 5, 12)
ASKED = {"now": NOW, "place": timing.Place("UTC"), "deadline": NOW + dt.timedelta(days=9)}


def test_two_who_walk_through_them_in_turn_meet_the_same():
    kept = timing.KeptSlots("email", **ASKED)

    first, second = iter(kept), iter(kept)
    met = [(next(first), next(second)) for _turn in range(5)]

    assert all(one == other for one, other in met)
    assert [one for one, _other in met] == list(islice(timing.slots("email", **ASKED), 5))


def test_they_end_where_slots_end():
    kept = timing.KeptSlots("email", **ASKED)

    assert list(kept) == list(kept) == list(timing.slots("email", **ASKED))
