"""Installing the three addons where years of leads are."""

import os
import resource
import statistics
import subprocess
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import psycopg2

from .. import databases, proc
from ..readings import Goal, Outcome, Reading, Runs

TITLE = "install on the leads there are"
NEEDS = "≤ 60 s of CPU; crm_lead grows ≤ 5 %"
SIZES = ("100k",)
_ODOO = Path(__file__).resolve().parents[2] / "odoo"
_PARTS = ("table", "indexes", "total")


def run(bench):
    """Install into fresh copies of the database of Odoo's CRM alone, in a process of its own.

    What grew is the table with TOAST and indexes, as ``pg_total_relation_size`` has it, before
    anything is vacuumed; its rows and its indexes are told apart beside it.
    """
    readings, grown, faults = [], {part: [] for part in _PARTS}, []
    for _run in range(bench.runs):
        name = bench.copied(bench.database("core"), "install")
        before = _look(name)
        readings.append(_install(name))
        after = _look(name)
        databases.drop(name)
        for part in _PARTS:
            grown[part].append(100 * (after[part] / before[part] - 1))
        if after["leads"] != before["leads"]:
            faults.append(f"{before['leads']} leads before, {after['leads']} after")
        if after["installed"] != 3:
            faults.append(f"{after['installed']} of 3 addons installed")
    runs = Runs({"install": readings})
    return Outcome(
        ways=runs.medians(),
        goals=[
            Goal("seconds of CPU", runs.middle("install"), at_most=60),
            Goal("crm_lead grows by, in %", statistics.median(grown["total"]), at_most=5),
            Goal("its rows alone, in %", statistics.median(grown["table"])),
            Goal("its indexes alone, in %", statistics.median(grown["indexes"])),
        ],
        same="the three addons installed, every lead still there",
        faults=faults,
        notes=["Queries and memory of that process are not counted."],
    )


def _install(name):
    command = [str(_ODOO), "-d", name, "-i", os.environ["LEAD_ADDONS"].replace(" ", ",")]
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with _Watch(name) as watch:
        subprocess.run(
            [*command, "--stop-after-init", "--no-http", "--log-level=error"],
            check=True,
            capture_output=True,
        )
    wall = time.perf_counter() - start
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    python = now.ru_utime + now.ru_stime - children.ru_utime - children.ru_stime
    return Reading(python, sum(watch.seconds_by_pid.values()), wall, 0, now.ru_maxrss / 1024)


class _Watch:
    """Looks again and again what the backends of a database have cost so far."""

    def __init__(self, name):
        self._name = name
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.seconds_by_pid = {}

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._over.set()
        self._thread.join()

    def _look(self):
        with closing(psycopg2.connect(dbname="postgres")) as connection:
            connection.autocommit = True
            while not self._over.wait(0.2):
                with connection.cursor() as cursor:
                    cursor.execute(
                        "SELECT pid FROM pg_stat_activity WHERE datname = %s", [self._name]
                    )
                    pids = [pid for (pid,) in cursor.fetchall()]
                for pid in pids:
                    with suppress(ProcessLookupError):  # it has just ended
                        self.seconds_by_pid[pid] = proc.cpu_seconds(pid)


def _look(name):
    with closing(psycopg2.connect(dbname=name)) as connection, connection.cursor() as cursor:
        cursor.execute(
            """SELECT pg_table_size('crm_lead'), pg_indexes_size('crm_lead'),
                      pg_total_relation_size('crm_lead'),
                      (SELECT COUNT(*) FROM crm_lead),
                      (SELECT COUNT(*) FROM ir_module_module
                        WHERE name = ANY(%s) AND state = 'installed')""",
            [os.environ["LEAD_ADDONS"].split()],
        )
        return dict(zip((*_PARTS, "leads", "installed"), cursor.fetchone(), strict=True))
