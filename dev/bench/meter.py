"""The meter: what the block in it costs in this process and in its PostgreSQL backends."""

import gc
import time
from contextlib import contextmanager

import psycopg2

from odoo import sql_db

from . import proc
from .readings import Reading


class Backends:
    """The PostgreSQL processes that serve this one: CPU seconds, from the same machine's /proc.

    A query that is spread over parallel workers would escape it, so none is (see ``PGOPTIONS`` in
    ``dev/bench.sh``).
    """

    def __init__(self, application_name: str):
        self._connection = psycopg2.connect(dbname="postgres", application_name="lead-bench")
        self._connection.autocommit = True
        self._application_name = application_name

    def cpu_seconds(self) -> dict[int, float]:
        """Give ``{pid: CPU seconds}`` of the backends there are now."""
        with self._connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE application_name = %s",
                [self._application_name],
            )
            return {pid: proc.cpu_seconds(pid) for (pid,) in cursor.fetchall()}


class Meter:
    """Measures what runs inside ``with meter:``; ``meter.reading`` holds it afterwards.

    What a way prepares and what it looks up to show that it did its work stays outside the block.
    ``with meter.paused():`` inside it leaves out what is no part of the work.
    """

    def __init__(self, backends: Backends):
        self._backends = backends
        self.reading = None

    def __enter__(self):
        gc.collect()
        proc.forget_peak()
        self._memory = proc.memory_mb("VmRSS")
        self._sums = [0.0, 0.0, 0.0, 0]
        self._start()
        return self

    def __exit__(self, *error):
        self._stop()
        peak = proc.memory_mb("VmHWM")
        self.reading = Reading(*self._sums, peak, max(peak - self._memory, 0.0))

    @contextmanager
    def paused(self):
        """Leave out of the reading what is done in this block."""
        self._stop()
        yield
        self._start()

    def _start(self):
        self._database = self._backends.cpu_seconds()
        self._queries = sql_db.sql_counter
        self._wall = time.perf_counter()
        self._python = time.process_time()

    def _stop(self):
        python = time.process_time() - self._python
        wall = time.perf_counter() - self._wall
        queries = sql_db.sql_counter - self._queries
        database = sum(
            seconds - self._database.get(pid, 0.0)
            for pid, seconds in self._backends.cpu_seconds().items()
        )
        spent = (python, database, wall, queries)
        self._sums = [total + part for total, part in zip(self._sums, spent, strict=True)]
