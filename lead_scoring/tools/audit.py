"""What a score was worth afterwards: how often leads were won, with something and without it."""

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

# Below these nothing is said of an effect. 30 on each side is where the normal approximation of a
# log ratio begins to hold; 10 of each outcome keep its standard error from resting on a few deals.
MIN_SIDE = 30
MIN_OUTCOME = 10
MIN_BAND = 10  # a band with fewer leads is not drawn: its interval spans half the chart

BAND_WIDTH = 10


class Tally(NamedTuple):
    """Closed leads, and how many of them were won."""

    leads: int = 0
    won: int = 0

    @property
    def lost(self) -> int:
        return self.leads - self.won

    @property
    def rate(self) -> float:
        """Won of closed; 0.0 where none was closed."""
        return self.won / self.leads if self.leads else 0.0

    def plus(self, other: "Tally") -> "Tally":
        """Count both.

        >>> Tally(40, 20).plus(Tally(60, 15))
        Tally(leads=100, won=35)
        """
        return Tally(self.leads + other.leads, self.won + other.won)

    def minus(self, part: "Tally") -> "Tally":
        """Count the rest.

        >>> Tally(100, 35).minus(Tally(40, 20))
        Tally(leads=60, won=15)
        """
        return Tally(self.leads - part.leads, self.won - part.won)


def sum_tallies(tallies: Iterable[Tally]) -> Tally:
    """Count all; none gives none.

    >>> sum_tallies([Tally(40, 20), Tally(60, 15)]), sum_tallies([])
    (Tally(leads=100, won=35), Tally(leads=0, won=0))
    """
    total = Tally()
    for tally in tallies:
        total = total.plus(tally)
    return total


class Group(NamedTuple):
    """Where leads stood when they became qualified."""

    company: int | None
    threshold: int  # a score from which its company's leads are qualified
    score: int
    points: int = 0  # of it, what the rule or answer gave that is looked at

    def is_qualified_with(self, fewer: float) -> bool:
        """Tell whether so many points fewer would have qualified these leads as well.

        Those below the threshold were qualified for another reason, whatever their points.

        >>> [Group(1, 40, score).is_qualified_with(5) for score in (44, 45, 39)]
        [False, True, True]
        """
        return self.score < self.threshold or self.score - fewer >= self.threshold


class Lift(NamedTuple):
    """How many times as often leads were won, and the bounds of its 95 % interval."""

    ratio: float
    low: float
    high: float


class Band(NamedTuple):
    """Scores from ``low`` to ``high``, both included, and their leads."""

    low: int
    high: int
    tally: Tally


def compare(
    had: Mapping[Group, Tally], everyone: Mapping[Group, Tally], points: float, usual: float = 0.0
) -> tuple[Tally, Tally]:
    """Count the leads that had something and those that had not, like beside like.

    Leads are looked at because they were qualified, and the points in question helped them to it:
    who had them could do with less else, and was the poorer lead for it. That hides what they are
    worth. So of those that had it only they count who would have been qualified with what the
    others got, and of the others only they who would have been with its ``points``.

    :param had: the leads that had it, by the points it gave them then.
    :param everyone: all leads, by groups without points.
    :param points: what it gives; a warning gives less than nothing.
    :param usual: what the others got on average for the same thing; nothing beside a rule.
    :return: (had, had not)

    Fifteen points, a threshold of 40. The lead of 50 had 35 without them: it does not count.

    >>> had = {Group(1, 40, 50, 15): Tally(9, 1), Group(1, 40, 55, 15): Tally(4, 3)}
    >>> everyone = {Group(1, 40, 50): Tally(20, 4), Group(1, 40, 55): Tally(4, 3)}
    >>> compare(had, everyone, points=15)
    (Tally(leads=4, won=3), Tally(leads=11, won=3))

    Source: selection on a common effect, J. Berkson (1946), Limitations of the application of
    fourfold table analysis to hospital data.
    """
    had_by_group: dict[Group, Tally] = {}
    for group, tally in had.items():
        whole = group._replace(points=0)
        had_by_group[whole] = had_by_group.get(whole, Tally()).plus(tally)
    return (
        sum_tallies(
            tally for group, tally in had.items() if group.is_qualified_with(group.points - usual)
        ),
        sum_tallies(
            tally.minus(had_by_group.get(group, Tally()))
            for group, tally in everyone.items()
            if group.is_qualified_with(usual - points)
        ),
    )


def is_enough(part: Tally, rest: Tally) -> bool:
    """Tell whether there are leads enough on both sides, and enough won and lost in all.

    >>> is_enough(Tally(30, 8), Tally(30, 2)), is_enough(Tally(30, 7), Tally(30, 2))
    (True, False)
    >>> is_enough(Tally(29, 15), Tally(500, 100))
    False
    """
    both = part.plus(rest)
    return min(part.leads, rest.leads) >= MIN_SIDE and min(both.won, both.lost) >= MIN_OUTCOME


def lift(part: Tally, rest: Tally, z: float = 1.96) -> Lift:
    """Give the ratio of the two rates of winning, with its interval by the log method.

    ``exp(ln(ratio) ± z * sqrt(1/a - 1/n + 1/c - 1/m))``, a won of n leads beside c won of m.
    Where one of the four counts of won and lost is zero, 0.5 is added to each of them.

    :param part: at least one lead; so ``rest``.
    :raises ValueError: a side without leads.

    Source: D. Katz et al. (1978), Obtaining confidence intervals for the risk ratio in cohort
    studies, Biometrics 34; the correction: J. Haldane (1956), F. Anscombe (1956).

    >>> [round(number, 3) for number in lift(Tally(40, 20), Tally(60, 15))]
    [2.0, 1.169, 3.421]
    >>> [round(number, 3) for number in lift(Tally(40, 0), Tally(40, 10))]
    [0.048, 0.003, 0.786]
    """
    won, leads, won_rest, leads_rest = _corrected(part, rest)
    return _interval(
        won / leads / (won_rest / leads_rest), z * _log_error(won, leads, won_rest, leads_rest)
    )


def lift_over_all(part: Tally, rest: Tally, z: float = 1.96) -> Lift:
    """Give the ratio of the rate of ``part`` to the rate of both together, with its interval.

    The part is in the whole, so both move together: by the delta method the error of the log of
    this ratio is that of part beside rest, times the share of the wins that lie in the rest.

    >>> [round(number, 3) for number in lift_over_all(Tally(40, 20), Tally(60, 15))]
    [1.429, 1.135, 1.798]
    """
    won, leads, won_rest, leads_rest = _corrected(part, rest)
    all_won = won + won_rest
    return _interval(
        won / leads / (all_won / (leads + leads_rest)),
        z * _log_error(won, leads, won_rest, leads_rest) * won_rest / all_won,
    )


def expected_direction(points: float, usual: float = 0.0) -> int:
    """Say what ``points`` claim: won more often (1) than the others, less often (-1), nothing (0).

    :param usual: what the others got on average for the same thing. Three points for “in over a
        year” are a warning where the others got nine for being quicker. Less than half a point
        between them claims nothing, nor do no points at all.

    >>> expected_direction(15, usual=4), expected_direction(3, usual=9), expected_direction(-60)
    (1, -1, -1)
    >>> expected_direction(0, usual=9), expected_direction(4, usual=4.4)
    (0, 0)
    """
    if not points or abs(points - usual) < 0.5:
        return 0
    return 1 if points > usual else -1


def verdict(part: Tally, rest: Tally, expected: int) -> str:
    """Judge an effect, by its interval, against what is ``expected`` of it (1, -1 or 0).

    :return: ``too_little`` data; ``no_effect`` seen, the interval holds 1; ``works``; ``reversed``,
        the wrong way round; where nothing is expected, won ``more`` or ``less`` often.

    >>> more, less = Tally(40, 20), Tally(60, 15)
    >>> verdict(more, less, 1), verdict(less, more, 1), verdict(less, more, -1)
    ('works', 'reversed', 'works')
    >>> verdict(more, less, 0), verdict(less, more, 0)
    ('more', 'less')
    >>> verdict(Tally(40, 20), Tally(60, 27), 1), verdict(Tally(29, 20), Tally(60, 15), 1)
    ('no_effect', 'too_little')
    """
    if not is_enough(part, rest):
        return "too_little"
    _ratio, low, high = lift(part, rest)
    if low <= 1 <= high:
        return "no_effect"
    seen = 1 if low > 1 else -1
    if not expected:
        return "more" if seen > 0 else "less"
    return "works" if seen == expected else "reversed"


def bands(tally_by_score: Mapping[int, Tally], top: int = 100) -> list[Band]:
    """Give the leads by bands of ten points, from the lowest band with leads to the highest.

    The last band takes in the ``top``; scores beyond it (the limits were higher then) raise it.

    >>> scores = {45: Tally(2, 1), 49: Tally(3, 1), 100: Tally(1, 1), 68: Tally(4, 2)}
    >>> [(band.low, band.high, band.tally.leads) for band in bands(scores)]
    [(40, 49, 5), (50, 59, 0), (60, 69, 4), (70, 79, 0), (80, 89, 0), (90, 100, 1)]
    >>> bands({})
    []
    """
    if not tally_by_score:
        return []
    top = max(top, *tally_by_score)
    last = max(0, top - 1) // BAND_WIDTH * BAND_WIDTH
    tally_by_start: dict[int, Tally] = {}
    for score, tally in tally_by_score.items():
        start = min(max(0, score) // BAND_WIDTH * BAND_WIDTH, last)
        tally_by_start[start] = tally_by_start.get(start, Tally()).plus(tally)
    starts = range(min(tally_by_start), max(tally_by_start) + 1, BAND_WIDTH)
    return [
        Band(
            low=start,
            high=top if start == last else start + BAND_WIDTH - 1,
            tally=tally_by_start.get(start, Tally()),
        )
        for start in starts
    ]


def _corrected(part: Tally, rest: Tally) -> tuple[float, float, float, float]:
    """Give (won, leads) of both sides, 0.5 added to won and to lost where any of them is zero."""
    if not part.leads or not rest.leads:
        raise ValueError("there are leads on both sides")
    more = 0.0 if all((part.won, part.lost, rest.won, rest.lost)) else 0.5
    return part.won + more, part.leads + 2 * more, rest.won + more, rest.leads + 2 * more


def _log_error(won: float, leads: float, won_rest: float, leads_rest: float) -> float:
    return math.sqrt(1 / won - 1 / leads + 1 / won_rest - 1 / leads_rest)


def _interval(ratio: float, log_spread: float) -> Lift:
    spread = math.exp(log_spread)
    return Lift(ratio, ratio / spread, ratio * spread)
