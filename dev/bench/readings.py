"""What was measured, and what it says: plain numbers in, plain numbers out."""

from dataclasses import asdict, dataclass, field
from statistics import median

MIN_CPU = 0.01  # seconds; what costs less can't be told from nothing


@dataclass(frozen=True)
class Reading:
    """What one way cost once: seconds of CPU and by the clock, statements, megabytes."""

    python: float
    database: float
    wall: float
    queries: int
    peak_mb: float
    grown_mb: float = 0.0  # of the peak, what was not there before

    @property
    def cpu(self) -> float:
        """Seconds of CPU of Python and of the PostgreSQL backends together."""
        return self.python + self.database


class Runs:
    """Several ways, measured several times in turn: ``{way: [reading of run 1, run 2, …]}``.

    >>> once = {"cpu": Reading(1.0, 1.0, 9.0, 3, 80.0), "slow": Reading(5.0, 1.0, 9.0, 3, 80.0)}
    >>> Runs({way: [reading] for way, reading in once.items()}).ratio("slow", "cpu")
    3.0
    """

    def __init__(self, readings_by_way: dict[str, list[Reading]]):
        self.readings_by_way = readings_by_way

    def ratio(self, dearer: str, cheaper: str, figure: str = "cpu") -> float:
        """Give the median over the runs of what ``dearer`` costs for one of ``cheaper``."""
        pairs = zip(self.readings_by_way[dearer], self.readings_by_way[cheaper], strict=True)
        return median(
            max(getattr(dear, figure), MIN_CPU) / max(getattr(cheap, figure), MIN_CPU)
            for dear, cheap in pairs
        )

    def middle(self, way: str, figure: str = "cpu") -> float:
        """Give the median over the runs of one figure of ``way``."""
        return median(getattr(reading, figure) for reading in self.readings_by_way[way])

    def medians(self) -> dict[str, Reading]:
        """Give ``{way: Reading}`` of the medians, each figure by itself."""
        figures = [name for name in Reading.__dataclass_fields__]
        return {
            way: Reading(*(self.middle(way, figure) for figure in figures))
            for way in self.readings_by_way
        }


@dataclass(frozen=True)
class Goal:
    """One figure that a line must reach: at least so much, or at most.

    >>> Goal("core ÷ ours", 12.0, at_least=10).met, Goal("ours ÷ SQL", 2.5, at_most=2).met
    (True, False)
    """

    name: str
    value: float
    at_least: float | None = None
    at_most: float | None = None

    @property
    def met(self) -> bool:
        """Tell whether the figure is as good as asked; one that nothing is asked of is."""
        return (self.at_least is None or self.value >= self.at_least) and (
            self.at_most is None or self.value <= self.at_most
        )


@dataclass
class Outcome:
    """What came of one line.

    ``ways`` holds the medians by way, ``goals`` what was asked, ``same`` in words how the ways
    were found to have done the same work, ``faults`` where they were not, ``notes`` what else is
    worth knowing.
    """

    ways: dict[str, Reading]
    goals: list[Goal]
    same: str = ""
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def met(self) -> bool:
        """Tell whether all goals are reached by ways that did the same work."""
        return not self.faults and all(goal.met for goal in self.goals)

    def to_dict(self) -> dict:
        """Give it as plain lists and dicts, which ``from_dict`` takes back."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict) -> "Outcome":
        """Give back what ``to_dict`` gave."""
        return cls(
            **{
                **values,
                "ways": {way: Reading(**reading) for way, reading in values["ways"].items()},
                "goals": [Goal(**goal) for goal in values["goals"]],
            }
        )
