"""The table of ratios, for the terminal and for a page."""

from itertools import groupby

from .readings import Goal
from .results import Result

_HEADS = ("CPU s", "Python", "PostgreSQL", "wall", "queries", "peak MB")


def number(value: float) -> str:
    """Give ``value`` with as many digits as a reader needs.

    >>> [number(value) for value in (0.0123, 1.234, 12.34, 1234.5)]
    ['0.01', '1.23', '12.3', '1234']
    """
    digits = 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
    return f"{value:.{digits}f}"


def goal_text(goal: Goal) -> str:
    """Give a goal in words.

    >>> goal_text(Goal("core ÷ ours", 12.34, at_least=10))
    'core ÷ ours 12.3 (≥ 10)'
    >>> goal_text(Goal("queries more", 4, at_most=3))
    'queries more 4.00 (≤ 3), NOT MET'
    """
    asked = []
    if goal.at_least is not None:
        asked.append(f"≥ {goal.at_least:g}")
    if goal.at_most is not None:
        asked.append(f"≤ {goal.at_most:g}")
    text = f"{goal.name} {number(goal.value)}"
    if asked:
        text += f" ({', '.join(asked)})"
    return text if goal.met else f"{text}, NOT MET"


def as_text(results: list[Result]) -> str:
    """Give the table for a terminal."""
    return "\n\n".join(_line_as_text(result) for result in results)


def _cells(reading):
    cells = [reading.cpu, reading.python, reading.database, reading.wall]
    return [f"{cell:.2f}" for cell in cells] + [
        f"{cell:.0f}" for cell in (reading.queries, reading.peak_mb)
    ]


def _line_as_text(result):
    outcome = result.outcome
    lines = [f"{result.title}, SIZE={result.size}   [needs {result.needs}]"]
    if outcome.ways:
        width = max(len(way) for way in outcome.ways) + 2
        lines.append(" " * (width + 2) + "".join(f"{head:>12}" for head in _HEADS))
    for way, reading in outcome.ways.items():
        lines.append(f"  {way:<{width}}" + "".join(f"{cell:>12}" for cell in _cells(reading)))
    lines += [f"  {'✓' if goal.met else '✗'} {goal_text(goal)}" for goal in outcome.goals]
    if outcome.same:
        lines.append(f"  same work: {outcome.same}")
    lines += [f"  ✗ {fault}" for fault in outcome.faults]
    lines += [f"  · {note}" for note in outcome.notes]
    return "\n".join(lines)


def as_markdown(results: list[Result]) -> str:
    """Give the tables for a page: one of ratios, then what each way cost, then what was said."""
    lines = ["| line | SIZE | needs | measured | met |", "|---|---|---|---|---|"]
    for result in results:
        measured = "; ".join(
            f"{goal.name} **{number(goal.value)}**" for goal in result.outcome.goals
        )
        met = "yes" if result.outcome.met else "**no**"
        lines.append(f"| {result.title} | {result.size} | {result.needs} | {measured} | {met} |")
    lines += [
        "",
        f"| line | way | {' | '.join(_HEADS)} |",
        "|---|---|" + "--:|" * len(_HEADS),
    ]
    for result in results:
        title = f"{result.title}, {result.size}"
        for way, reading in result.outcome.ways.items():
            lines.append(f"| {title} | {way} | {' | '.join(_cells(reading))} |")
            title = ""
    for result in results:
        outcome = result.outcome
        said = [outcome.same and f"Same work: {outcome.same}", *outcome.faults, *outcome.notes]
        if text := " ".join(f"{part.rstrip('.')}." for part in said if part):
            lines += ["", f"**{result.title}, {result.size}.** {text}"]
    for (date, machine), same in groupby(results, lambda result: (result.date, result.machine)):
        names = ", ".join(f"{result.name} {result.size}" for result in same)
        lines += ["", f"Measured on {date} ({names}): {machine}."]
    return "\n".join(lines)
