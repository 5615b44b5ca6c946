"""Runs the lines, prints the table, and exits with 1 where a line falls short.

python -m bench SIZE [--write] [LINE…]     --write: into docs/bench.md as well
"""

import importlib
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

import psycopg2

from odoo import release

from . import databases, lines, machine, page, results, table
from .readings import Outcome

DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "bench.md"


def main(arguments: list[str]) -> int:
    """Run what was asked for and give the exit code."""
    write = "--write" in arguments
    size, *wanted = [argument for argument in arguments if argument != "--write"]
    if size not in databases.SIZES:
        sys.exit(f"✗ SIZE is one of {', '.join(databases.SIZES)}, not {size}")
    names, folder = _choose(wanted), Path(os.environ["LEAD_BENCH_FOLDER"])
    done = []
    for name in names:
        line = importlib.import_module(f"bench.lines.{name}")
        if size not in getattr(line, "SIZES", databases.SIZES):
            print(f"· {line.TITLE}: needs SIZE={line.SIZES[0]}\n", flush=True)
            continue
        result = _run(name, line, size)
        print(table.as_text([result]) + "\n", flush=True)
        done.append(result)
        if not databases.is_trial():
            result.save(folder)
    short = [result.name for result in done if not result.outcome.met]
    print(f"{len(done) - len(short)} of {len(done)} lines reach what they must", end="")
    print(f"; short: {', '.join(short)}" if short else "")
    if write:  # all that was run on this machine
        DOCS.write_text(page.put(DOCS.read_text(), table.as_markdown(results.load(folder))))
    return bool(short)


def _choose(wanted: list[str]) -> list[str]:
    """Give the names of the lines to run, all without a wish."""
    there = sorted(module.name for module in pkgutil.iter_modules(lines.__path__))
    if unknown := sorted(set(wanted) - set(there)):
        sys.exit(f"✗ no line {', '.join(unknown)}; there are {', '.join(there)}")
    return wanted or there


def _run(name: str, line, size: str) -> results.Result:
    return results.Result(
        name=name,
        size=size,
        title=line.TITLE,
        needs=line.NEEDS,
        date=f"{datetime.now(timezone.utc):%Y-%m-%d}",
        machine=_describe_machine(),
        outcome=_run_apart(name, size),
    )


def _run_apart(name: str, size: str) -> Outcome:
    """Run a line in a process of its own: its memory is its own, and it can't break the others."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "outcome.json"
        code = subprocess.run([sys.executable, "-m", "bench.one", name, size, file]).returncode
        if code or not file.exists():
            return Outcome({}, [], faults=[f"The line broke off with exit code {code}"])
        return Outcome.from_dict(json.loads(file.read_text()))


def _describe_machine() -> str:
    connection = psycopg2.connect(dbname="postgres")
    version = connection.server_version
    connection.close()
    return machine.describe(version, release.version)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
