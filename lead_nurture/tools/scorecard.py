"""The figures of a show's scorecard out of its sums, and how they stand to its goals."""

from typing import NamedTuple

SMALL_SAMPLE = 30  # leads; with fewer a rate says little


class Figure(NamedTuple):
    """A number, and how many leads it is of.

    ``value`` is None where nothing stands to divide by. ``rate`` (in a hundred) and ``base`` are
    None for what is no part of anything.
    """

    value: float | None
    rate: float | None = None
    base: int | None = None

    @property
    def is_small(self) -> bool:
        """Tell whether a rate or average is of too few leads to say much.

        >>> Figure(3, rate=10.0, base=29).is_small, Figure(3, rate=10.0, base=30).is_small
        (True, False)
        >>> Figure(3).is_small, Figure(0, base=0).is_small
        (False, False)
        """
        return bool(self.base) and self.base < SMALL_SAMPLE


def get_figures(sums: dict) -> dict[str, Figure]:
    """Return ``{name: figure}`` of the sums over a show's leads; a sum left out is nothing.

    >>> figures = get_figures({"lead": 4, "qualified": 1, "touch": 6, "cost": 100.0, "costed": 4})
    >>> figures["qualified"], figures["touches"], figures["cost_per_lead"]
    (Figure(value=1, rate=25.0, base=4), Figure(value=1.5, rate=None, base=4), Figure(value=25.0, \
rate=None, base=4))
    >>> figures["return"], figures["in_time"]
    (Figure(value=-100.0, rate=None, base=4), Figure(value=0, rate=None, base=0))
    >>> get_figures({})["cost"], get_figures({"cost": 0.0, "costed": 2})["return"]
    (Figure(value=None, rate=None, base=None), Figure(value=None, rate=None, base=2))
    """
    leads, due, costed = (sums.get(name, 0) for name in ("lead", "due", "costed"))
    cost = sums.get("cost")

    def part(name, whole):
        count = sums.get(name, 0)
        return Figure(count, divide(100.0 * count, whole), whole)

    return {
        "lead": Figure(leads),
        "qualified": part("qualified", leads),
        "in_time": part("in_time", due),
        "human": part("human", due),
        "automatic": part("automatic", due),
        "touches": Figure(divide(sums.get("touch", 0), leads), base=leads),
        "pipeline": Figure(sums.get("pipeline", 0)),
        "won": part("won", leads),
        "revenue": Figure(sums.get("revenue", 0)),
        "cost": Figure(cost),
        "cost_per_lead": Figure(None if cost is None else divide(cost, costed), base=costed),
        "return": Figure(
            divide(100.0 * (sums.get("costed_revenue", 0) - cost), cost) if cost else None,
            base=costed,
        ),
    }


def divide(part: float, whole: float) -> float | None:
    """Return ``part / whole``, None over nothing.

    >>> divide(1, 2), divide(1, 0)
    (0.5, None)
    """
    return part / whole if whole else None


def judge(value: float | None, goal: float, is_limit: bool = False) -> str | None:
    """Return how ``value`` stands to ``goal``; None where there is no goal or nothing to judge.

    :param is_limit: the goal is not to be exceeded.

    >>> judge(50, 50), judge(49, 50), judge(49, 0), judge(None, 50)
    ('reached', 'below', None, None)
    >>> judge(50, 50, is_limit=True), judge(51, 50, is_limit=True)
    ('within', 'above')
    """
    if value is None or not goal:
        return None
    if is_limit:
        return "above" if value > goal else "within"
    return "below" if value < goal else "reached"
