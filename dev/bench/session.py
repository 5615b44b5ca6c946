"""What a line is given: the databases, and the measuring of several ways in turn."""

import os
from collections.abc import Callable

from odoo import sql_db

from . import databases, odoo_process
from .meter import Backends, Meter
from .readings import Runs

RUNS = int(os.environ.get("LEAD_BENCH_RUNS") or 3)


class Bench:
    """Hands a line its databases and measures what it does there.

    ``size`` is ``"100k"`` or ``"1m"``, ``count`` the leads in the databases. ``share`` is below 1
    in a trial run: a line does ``part(10_000)`` things where it would do 10,000.
    """

    def __init__(self, size: str, runs: int = RUNS):
        self.size = size
        self.runs = runs
        self.count = databases.lead_count(size)
        self.share = self.count / databases.SIZES[size]
        self._backends = None
        self._copies = []

    def part(self, number: int) -> int:
        """Give ``number``, or its share in a trial run."""
        return max(round(number * self.share), 1)

    def sample(self, number: int) -> int:
        """Give how many of ``number`` things core's way does where each costs it the same.

        A tenth of them, or all with ``LEAD_BENCH_FULL`` set: some take it a quarter of an hour.
        """
        return self.part(number if os.environ.get("LEAD_BENCH_FULL") else number // 10)

    def database(self, kind: str = "ours", size: str = "") -> str:
        """Give the name of the filled database of this kind, made now if it is not there."""
        return databases.ensure(size or self.size, kind)

    def copied(self, name: str, suffix: str = "copy") -> str:
        """Give the name of a fresh copy of a database, there until ``drop_copies``."""
        sql_db.close_db(name)
        target = f"{name}_{suffix}"
        databases.copy(name, target)
        self._copies.append(target)
        return target

    def drop_copies(self) -> None:
        """Remove the copies there are."""
        for name in self._copies:
            sql_db.close_db(name)
            databases.drop(name)
        self._copies.clear()

    def meter(self) -> Meter:
        """Give a meter for one reading, for a line that does its runs itself."""
        if not self._backends:
            self._backends = Backends(odoo_process.application_name())
        return Meter(self._backends)

    def compare(
        self,
        ways: dict[str, tuple[str, Callable]],
        check: Callable[[dict], None] = lambda results: None,
        commit: bool = False,
    ) -> Runs:
        """Do each way in turn, several times over, and give what each cost.

        Each starts in a transaction of its own that is rolled back after it, with the dead rows
        vacuumed away, so that all find the same.

        :param ways: ``{name: (database, way)}``; ``way(env, meter)`` does the work to be measured
            inside ``with meter:``, prepares it before, and gives what is to be compared.
        :param check: is given ``{name: what the way gave}`` of a run and raises ``Differs`` where
            the ways did not do the same.
        :param commit: let ways commit what they do, in copies (``copied``): work that is cut in
            transactions costs more in one. Each has to prepare what it finds anew.
        """
        transaction = odoo_process.environment if commit else odoo_process.never_committed
        readings = {name: [] for name in ways}
        for _run in range(self.runs):
            results = {}
            for name, (database, way) in ways.items():
                meter = self.meter()
                with transaction(database) as env:
                    results[name] = way(env, meter)
                readings[name].append(meter.reading)
                databases.vacuum(database)
            check(results)
        return Runs(readings)


class Differs(Exception):
    """Two ways did not do the same work; the text says what differs."""
