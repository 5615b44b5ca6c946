"""Runs one line and writes what came of it to a file.

python -m bench.one NAME SIZE FILE
"""

import importlib
import json
import sys
from pathlib import Path

from . import databases, odoo_process
from .readings import Outcome
from .session import Bench, Differs


def main(name: str, size: str, file: str) -> None:
    """Run the line ``name``; what it raises, but for ``Differs``, ends the process."""
    line = importlib.import_module(f"bench.lines.{name}")
    odoo_process.start(databases.base_name(size, "ours"))
    try:
        outcome = line.run(Bench(size))
    except Differs as error:
        outcome = Outcome({}, [], faults=[str(error)])
    Path(file).write_text(json.dumps(outcome.to_dict(), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
