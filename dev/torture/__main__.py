"""``python -m torture SOURCE HOST``: all scenarios, one table; exits 1 at any breach.

SOURCE is a database with the addons on the PostgreSQL at HOST; it is copied, never touched. From
the environment: ``MINUTES`` and ``KILLS`` (of all scenarios together), ``SEED``, ``ONLY`` (names of
scenarios, with commas).
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from .laws import KINDS
from .scenarios import SCENARIOS
from .trial import Trial
from .world import World

_NAMES = ",".join(scenario.name for scenario in SCENARIOS)
_KILLING = 0.5  # of the time of a scenario


def main():
    source, host = sys.argv[1:3]
    minutes, kills = float(os.environ.get("MINUTES", 20)), int(os.environ.get("KILLS", 100))
    seed = int(os.environ.get("SEED") or time.time())
    names = os.environ.get("ONLY") or _NAMES
    chosen = [scenario for scenario in SCENARIOS if scenario.name in names.split(",")]
    if not chosen:
        sys.exit(f"✗ ONLY={names} names no scenario. There are: {_NAMES}")
    shares = sum(scenario.share for scenario in chosen)
    folder = Path(tempfile.mkdtemp(prefix="lead-torture-logs."))
    _say(f"{kills} kills in at most {minutes:g} minutes, SEED={seed}, logs in {folder}")
    results = []
    with World(source, host, seed, folder) as world:
        started, known = time.monotonic(), set()
        for scenario in chosen:
            left = minutes * 60 - (time.monotonic() - started)
            if left < 0:
                _say(f"{scenario.name}: not reached, the time is over; ask for more MINUTES")
                continue
            share = scenario.share / shares
            shares -= scenario.share
            wanted = round(kills * share)
            # half of the time for the kills, the rest for errors alone and to settle
            result = Trial(world, scenario, known).run(wanted, max(left * share * _KILLING, 10))
            kills -= result.kills  # what one could not take, the next ones get
            results.append(result)
            _say(_line(result))
    _print_table(results)
    stories = [story for result in results for story in result.stories]
    for story in stories[:30]:
        sys.stdout.write(f"\n{story}\n")
    return 1 if stories else 0


_HEADS = ("scenario", "servers", "kills", "errors", "mails")
_HEADS += (*KINDS, "doubtful", "late", "seed")


def _cells(result):
    counts = [result.counts.get(kind, 0) for kind in KINDS]
    return (
        result.title,
        result.servers,
        result.kills,
        result.errors,
        result.mails,
        *counts,
        result.doubtful,
        result.late,
        result.seed,
    )


def _line(result):
    return ", ".join(f"{head} {cell}" for head, cell in zip(_HEADS, _cells(result), strict=True))


def _print_table(results):
    rows = [_HEADS, tuple("---" for _head in _HEADS), *map(_cells, results)]
    table = "".join(f"| {' | '.join(map(str, row))} |\n" for row in rows)
    sys.stdout.write(f"\n{table}")


def _say(words):
    sys.stdout.write(f"· {time.strftime('%H:%M:%S')} {words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
