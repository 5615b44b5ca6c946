"""A file imported in plain Python, in the shape of the ``.expect.json`` beside it."""

import json
from pathlib import Path

import lead_followup_tools.intake as intake

EXPORTS = Path(__file__).resolve().parents[3] / "lead_followup" / "tests" / "data"
FILES = sorted(path.name.removesuffix(".expect.json") for path in EXPORTS.glob("*.expect.json"))


def load(name: str) -> tuple[bytes, dict]:
    """Return a sample's bytes and what is expected of it."""
    expected = json.loads((EXPORTS / f"{name}.expect.json").read_text(encoding="utf-8"))
    return (EXPORTS / name).read_bytes(), expected


def options_of(expected: dict) -> intake.Options:
    """Return the choices an expectation assumes."""
    assume = expected.get("assume", {})
    return intake.Options(
        default_country=assume.get("default_country"),
        tz=assume.get("timezone", "UTC"),
        date_order=assume.get("date_order"),
        calendar=assume.get("calendar", "gregorian"),
        rating_scale=assume.get("rating_scale", "auto"),
        competitors=tuple(assume.get("competitors", ())),
    )


class Result:
    """What the import makes of one file."""

    def __init__(self, content: bytes, options: intake.Options, file_name: str = "", **reading):
        self.table = intake.read_table(content, file_name, **reading)
        self.fields = intake.suggest_fields(self.table, options)
        self.options, self.questions = intake.guess_options(self.table, self.fields, options)
        self.judged = {
            row.number: intake.judge_row(row, self.fields, self.table.headings, self.options)
            for row in self.table.rows
        }
        self.matches = intake.match_rows(self.judged.values())

    @property
    def rejected(self) -> list[tuple[int, str]]:
        return [(row.number, row.reason) for row in self.judged.values() if row.reason]

    @property
    def flags(self) -> list[tuple[int, str]]:
        return sorted((row.number, flag) for row in self.judged.values() for flag in row.flags)

    @property
    def groups(self) -> list[tuple[int, str, list[int]]]:
        """(kept row, rule, all rows) of each group."""
        rows: dict[tuple[int, str], list[int]] = {}
        for number, match in self.matches.items():
            rows.setdefault((match.keep, match.rule), [match.keep]).append(number)
        return sorted((keep, rule, sorted(numbers)) for (keep, rule), numbers in rows.items())

    @property
    def leads(self) -> int:
        return len(self.judged) - len(self.rejected) - len(self.matches)

    def picked(self, number: int) -> dict:
        """Return a row's values under the names of the expectations."""
        values = self.judged[number].values
        shown = {
            **values,
            "bant": {key: values[key] for key in ("budget", "authority", "timeframe")},
        }
        shown["bant"]["need"] = values["interest"]
        moment = values["scanned_at"]
        shown["scanned_at_utc"] = moment and moment.isoformat() + "Z"
        return shown


def expected_groups(expected: dict) -> list[tuple[int, str, list[int]]]:
    return sorted((one["keep"], one["rule"], one["rows"]) for one in expected["duplicates"])
