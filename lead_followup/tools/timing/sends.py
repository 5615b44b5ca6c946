"""Many sends at once: each in its slots, spread, paced and capped per sender and day."""

import datetime as dt
from bisect import bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import NamedTuple

from .clock import to_local, to_utc
from .slots import Blocked, Slot

_DAY = dt.timedelta(days=1)
_SECOND = dt.timedelta(seconds=1)

Day = tuple[Hashable, dt.date]  # a sender and a day of its own calendar


class SendRequest(NamedTuple):
    """A message that wants a moment."""

    key: Hashable
    sender: Hashable
    slots: Iterable[Slot] | Blocked  # from ``slots()``; read only as far as needed
    house: Hashable = None  # who share one mail server, whoever writes to them; none: nobody


class Send(NamedTuple):
    """The moment a message got."""

    at: dt.datetime  # naive UTC, inside the slot
    slot: Slot
    moved_by: str = ""  # what was full before: "cap", "pace" (the sender's) or "house"
    put_off: str = ""  # the caller's word for why it may not be earlier

    @property
    def late(self) -> bool:
        """Whether it misses its deadline."""
        return self.slot.late


def place_sends(
    requests: Iterable[SendRequest],
    *,
    cap_per_day: int | None,
    pace_seconds: int = 0,
    house_pace_seconds: int = 0,
    taken: Mapping[Day, int] | None = None,
    busy: Mapping[Hashable, Iterable[dt.datetime]] | None = None,
    house_busy: Mapping[Hashable, Iterable[dt.datetime]] | None = None,
    tz: str = "UTC",
) -> dict[Hashable, Send | Blocked]:
    """Give each request its moment: in its first slot on a day whose cap has room.

    Earlier requests choose first. The n-th send of a sender's day stands at the n-th point of the
    van der Corput sequence (0, 1/2, 1/4, 3/4, ...) of its slot, so that a day is spread evenly
    whether it is planned at once or one by one, and a later run moves nobody. The cap and the pace
    beat the deadline: look at ``late`` and ``moved_by``. That is what its first slot was full for,
    and "house" as well where the others of its house moved it within its slot.

    :param cap_per_day: sends of one sender in one day; none is no cap.
    :param pace_seconds: least distance of two sends of one sender, >= 0.
    :param house_pace_seconds: least distance of two sends to one house, >= 0.
    :param taken: ``{(sender, day): count}`` of sends that stand already, days in ``tz``.
    :param busy: ``{sender: moments}`` of those sends; only the pace looks at them.
    :param house_busy: ``{house: moments}`` of the sends that stand, whoever's they are.
    :param tz: zone in which the sender's day begins and ends.
    :return: ``{key: Send or Blocked}`` in the order of ``requests``. Blocked says "no_capacity"
        where all slots of a year are full, "no_slot" where there was none.
    :raises ValueError: a negative cap or pace, or two requests with one key.

    >>> nine, noon = dt.datetime(2026, 1, 6, 9), dt.datetime(2026, 1, 6, 12)
    >>> asks = [SendRequest(key, "ann", [Slot(nine, noon, "window")]) for key in "abc"]
    >>> got = place_sends(asks, cap_per_day=2)
    >>> str(got["a"].at), str(got["b"].at), got["c"]
    ('2026-01-06 09:00:00', '2026-01-06 10:30:00', Blocked(reason='no_capacity'))
    """
    if (cap_per_day or 0) < 0 or pace_seconds < 0 or house_pace_seconds < 0:
        raise ValueError("cap and pace are zero or more")
    diary = _Diary(
        cap_per_day,
        _Calendar(pace_seconds, busy),
        _Calendar(house_pace_seconds, house_busy),
        taken or {},
        tz,
    )
    placed: dict[Hashable, Send | Blocked] = {}
    for request in requests:
        if request.key in placed:
            raise ValueError(f"two requests with one key: {request.key!r}")
        placed[request.key] = diary.place(request)
    return placed


class _Diary:
    """What every sender has on every day."""

    def __init__(self, cap, senders, houses, taken, tz):
        self.cap, self.tz = cap, tz
        self.senders, self.houses = senders, houses
        self.count_by_day = Counter(taken)
        self.midnights: dict[dt.date, dt.datetime] = {}
        self.pieces_by_slot: dict[Slot, list[tuple[dt.datetime, dt.datetime, dt.date]]] = {}

    def place(self, request: SendRequest) -> Send | Blocked:
        if isinstance(request.slots, Blocked):
            return request.slots
        moved_by = ""
        for slot in request.slots:
            for start, end, day in self._get_pieces(slot):
                at, word = self._take(request, start, end, day)
                moved_by = moved_by or word
                if at:
                    return Send(at, slot, moved_by)
        return Blocked("no_capacity" if moved_by else "no_slot")

    def _get_pieces(self, slot: Slot) -> list[tuple[dt.datetime, dt.datetime, dt.date]]:
        if slot not in self.pieces_by_slot:
            self.pieces_by_slot[slot] = list(self._pieces(slot))
        return self.pieces_by_slot[slot]

    def _pieces(self, slot: Slot) -> Iterator[tuple[dt.datetime, dt.datetime, dt.date]]:
        """Cut ``slot`` at the sender's midnights."""
        start = slot.start
        while start < slot.end:
            day = to_local(start, self.tz).date()
            midnight = self._midnight_after(day)
            # A clock set back over midnight shows the old day again: that rest is not cut.
            end = min(slot.end, midnight) if midnight > start else slot.end
            yield start, end, day
            start = end

    def _midnight_after(self, day: dt.date) -> dt.datetime:
        found = self.midnights.get(day)
        if not found:
            midnight = dt.datetime.combine(day + _DAY, dt.time())
            found = self.midnights[day] = to_utc(midnight, self.tz)
        return found

    def _take(self, request, start, end, day) -> tuple[dt.datetime | None, str]:
        """Take a moment from ``start``, before ``end``; give it, and what stood in the way."""
        sender, house = request.sender, request.house
        count = self.count_by_day[sender, day]
        if self.cap is not None and count >= self.cap:
            return None, "cap"
        if word := self._get_full(request, start, end):
            return None, word
        wanted = start + (end - start) * spread_point(count)
        wanted = max(start, wanted.replace(microsecond=0))
        at = self._gap(request, wanted, end) or self._gap(request, start, wanted)
        if not at:
            return None, self._find_full(request, start, end)
        alone = self.senders.gap(sender, wanted, end) or self.senders.gap(sender, start, wanted)
        self.senders.note(sender, at)
        self.houses.note(house, at)
        self.count_by_day[sender, day] += 1
        return at, "" if at == alone else "house"

    def _get_full(self, request, start, end) -> str:
        """Give what is known to have no room from ``start`` to ``end``."""
        if (request.sender, start, end) in self.senders.full:
            return "pace"
        return "house" if (request.house, start, end) in self.houses.full else ""

    def _find_full(self, request, start, end) -> str:
        """Give what has no room from ``start`` to ``end``, and know it from now on."""
        if not self.senders.gap(request.sender, start, end):
            self.senders.full.add((request.sender, start, end))
            return "pace"
        if not self.houses.gap(request.house, start, end):
            self.houses.full.add((request.house, start, end))
        return "house"  # where both have room, but none in common, it is the house's as well

    def _gap(self, request, start, end) -> dt.datetime | None:
        """Give the first moment from ``start``, before ``end``, that keeps both paces."""
        at = start
        while at:
            free = self.senders.gap(request.sender, at, end)
            at = free and self.houses.gap(request.house, free, end)
            if at == free:
                break
        return at


class _Calendar:
    """The moments that stand for each of some parties, and the distance they keep."""

    def __init__(self, pace_seconds, busy):
        self.pace = pace_seconds * _SECOND
        self.moments_by_party = defaultdict(list)
        for party, moments in (busy or {}).items():
            self.moments_by_party[party] = sorted(moments)
        self.full: set[tuple[Hashable, dt.datetime, dt.datetime]] = set()  # no room at this pace

    def note(self, party, at):
        insort(self.moments_by_party[party], at)

    def gap(self, party, start, end) -> dt.datetime | None:
        """Give the first moment from ``start``, before ``end``, that keeps the pace."""
        if not self.pace or party is None:
            return start if start < end else None
        moments = self.moments_by_party[party]
        at = start
        for i in range(bisect_right(moments, start - self.pace), len(moments)):
            if moments[i] - at >= self.pace:
                break
            at = moments[i] + self.pace
        return at if at < end else None


def spread_point(index: int) -> float:
    """Give the ``index``-th point of the van der Corput sequence, base 2, in 0 <= x < 1.

    Any first n points lie spread over the whole range.

    >>> [spread_point(i) for i in range(5)]
    [0.0, 0.5, 0.25, 0.75, 0.125]
    """
    point, step = 0.0, 0.5
    while index:
        point += step * (index & 1)
        index >>= 1
        step /= 2
    return point
