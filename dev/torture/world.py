"""What all scenarios share: a cluster, a database with people in it, a mail server, servers."""

import time
from contextlib import ExitStack
from pathlib import Path

from . import crossing
from .cluster import Cluster
from .laws import JOBS, Laws
from .office import Office
from .receiver import Receiver
from .scenarios import A_MINUTE, COMMON, MAIL_SERVER
from .worker import Worker

DATABASE = "lead_torture"
_READY = 600  # seconds; on a machine with much else to do it takes minutes
_PULSE = 0.4  # seconds; in it a minute passes for the scheduler


class World:
    """Use it as a context.

    :param source: a database with the addons in it, at ``host``; it is copied.
    :param folder: where the servers write their logs.
    """

    def __init__(self, source, host, seed, folder: Path):
        self.source, self.host, self.seed, self.folder = source, host, seed, folder
        self.workers, self.turn = [], 0

    def __enter__(self):
        with ExitStack() as stack:
            self.cluster = stack.enter_context(Cluster())
            self.cluster.copy_in(self.source, self.host, DATABASE)
            self.receiver = stack.enter_context(Receiver(self.seed))
            office = Office(self.cluster, DATABASE, self.folder / "office.log")
            self.office = stack.enter_context(office)
            self.office.act(COMMON)
            self.office.act(MAIL_SERVER, {"port": self.receiver.port})
            crossing.install_dice(self.cluster, DATABASE)
            self.laws = Laws(self.cluster, DATABASE, self.receiver)
            stack.callback(self.keep_servers, 0)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error):
        return self._stack.__exit__(*error)

    def keep_servers(self, number, shift_hours=0):
        """Have ``number`` servers run, the clock of the last one off by so much."""
        wanted = [0] * max(number - 1, 0) + [shift_hours] * bool(number)
        for worker in self.workers:
            if worker.shift_hours in wanted:
                wanted.remove(worker.shift_hours)
            else:
                worker.kill()
                worker.is_dismissed = True
        self.workers = [worker for worker in self.workers if not worker.is_dismissed]
        for shift in wanted:
            self.turn += 1
            log = self.folder / f"server-{self.turn}.log"
            worker = Worker(self.cluster, DATABASE, log, shift_hours=shift)
            self.workers.append(worker)
            worker.start()
        self._wait_until_ready()

    def _wait_until_ready(self):
        """Wait until every server has a process that listens for jobs."""
        end = time.monotonic() + _READY
        while time.monotonic() < end:
            listening = self.cluster.get_processes("postgres")
            ready = [worker for worker in self.workers if any(map(worker.owns, listening))]
            if len(ready) == len(self.workers):
                return
            time.sleep(0.5)
        raise RuntimeError(f"the servers were not ready in {_READY} seconds, see their logs")

    def give_work(self, scripts):
        """Let people do what ``scripts`` say, each another time."""
        self.turn += 1
        for script in scripts:
            self.office.act(script, {"turn": self.turn, "seed": self.seed})

    def pass_time(self, passing):
        """Wake the scheduler, let planned moments come, start anew whoever has died."""
        for table, change, condition in (*passing, A_MINUTE):
            self.execute(
                f"""UPDATE {table} SET {change} WHERE id IN (
                        SELECT id FROM {table} WHERE {condition} FOR UPDATE SKIP LOCKED)"""
            )
        self.execute(f"NOTIFY cron_trigger, '{DATABASE}'", "postgres")
        for worker in self.workers:
            if not worker.is_alive:
                worker.start()
            worker.take_turns()
        time.sleep(_PULSE)

    def let_an_hour_pass(self):
        """Have each job run that runs of itself within the hour."""
        self.execute(
            f"""UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'utc' WHERE id IN (
                    SELECT c.id FROM {JOBS} FOR UPDATE OF c SKIP LOCKED)"""
        )

    def is_busy(self):
        """Tell whether somebody is at work, or a job ready to be run."""
        return bool(self.at_work()) or bool(
            self.execute(
                """SELECT 1 FROM ir_cron c WHERE active AND (nextcall <= now() AT TIME ZONE 'utc'
                    OR EXISTS (SELECT FROM ir_cron_trigger t WHERE t.cron_id = c.id
                        AND t.call_at <= now() AT TIME ZONE 'utc')) LIMIT 1"""
            )
        )

    def at_work(self):
        """Return ``[(server, process, backend)]`` of whose job is in a transaction."""
        return [
            (worker, process, backend)
            for process, backend in self.cluster.at_work(DATABASE)
            for worker in self.workers
            if worker.owns(process) and process != worker.process.pid
        ]

    def set_trouble(self, chance):
        """Throw errors with this chance a statement; with any, the mail server misbehaves too."""
        self.execute("UPDATE torture_dice SET chance = %s", params=[chance])
        self.receiver.misbehaves = self.receiver.stalls_once = bool(chance)

    def count_errors(self):
        """Return how many errors were thrown at servers and mails by now."""
        [(thrown,)] = self.execute(
            "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM torture_thrown"
        )
        return thrown + sum(self.receiver.faults.values())

    def execute(self, statement, database=DATABASE, params=None):
        return self.cluster.execute(database, statement, params)
