"""A PostgreSQL cluster of the torture's own: what is killed in it harms nobody else."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg2

# A server is killed, the machine is not: what was written is not lost without fsync.
_SETTINGS = """
listen_addresses = ''
dynamic_shared_memory_type = mmap
max_connections = 100
shared_buffers = 128MB
fsync = off
deadlock_timeout = 300ms
log_min_messages = fatal
"""
_PORT = 5432  # of the socket; PGPORT may be another server's
_BACK = 300  # seconds until PostgreSQL must have recovered from a crash
_AWAY = (psycopg2.InterfaceError, psycopg2.OperationalError)
_BINARIES = sorted(
    Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name)
)


class Cluster:
    """Use it as a context: made at the beginning, gone at the end."""

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="lead-torture."))
        self.socket = str(self.folder)
        self._owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
        if self._owner:
            os.chown(self.folder, self._owner.pw_uid, self._owner.pw_gid)
        init = ("initdb", "-D", self.folder / "data", "-U", "odoo", "--auth=trust")
        self._run(*init, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        with (self.folder / "data/postgresql.conf").open("a") as settings:
            settings.write(_SETTINGS)
        self._control("start", "-o", f"-k {self.socket}", "-l", self.folder / "log")
        return self

    def __exit__(self, *_error):
        self._control("stop", "-m", "immediate")
        shutil.rmtree(self.folder)

    def _control(self, *words):
        self._run("pg_ctl", "-D", self.folder / "data", "-w", *words)

    def _run(self, program, *words):
        ids = {"user": self._owner.pw_uid, "group": self._owner.pw_gid} if self._owner else {}
        if self._owner:
            ids["extra_groups"] = []
        done = subprocess.run(
            [_BINARIES[-1] / program, *words],
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=self.environ,
            text=True,
            **ids,
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.strip()}")

    @property
    def environ(self):
        """What points ``dev/odoo`` and psql at this cluster."""
        foreign = ("PG", "PYTHON")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        return {**kept, "PGHOST": self.socket, "PGUSER": "odoo"}

    def copy_in(self, source, host, name):
        """Make the database ``name`` from ``source`` of the server at ``host``.

        ``PGUSER`` and its fellows say how to enter that one.
        """
        self.execute("postgres", f'CREATE DATABASE "{name}"')
        dump = subprocess.Popen(
            [_BINARIES[-1] / "pg_dump", "-h", host, "--no-owner", source], stdout=subprocess.PIPE
        )
        load = [_BINARIES[-1] / "psql", "-q", "-d", name]
        quiet = {"stdin": dump.stdout, "stdout": subprocess.DEVNULL}
        subprocess.run(load, env=self.environ, check=True, **quiet)
        if dump.wait():
            raise RuntimeError(f"the database {source} could not be copied")

    @contextmanager
    def connect(self, database):
        connection = psycopg2.connect(dbname=database, host=self.socket, user="odoo", port=_PORT)
        connection.autocommit = True
        try:
            yield connection
        finally:
            connection.close()

    def execute(self, database, statement, params=None):
        """Run ``statement`` and return its rows, none where it has none.

        After a crash the cluster comes back within seconds; until then it is asked again.
        """
        end = time.monotonic() + _BACK
        while time.monotonic() < end:
            with suppress(*_AWAY), self.connect(database) as connection:
                with connection.cursor() as cursor:
                    cursor.execute(statement, params)
                    return cursor.fetchall() if cursor.description else []
            time.sleep(0.25)
        raise RuntimeError(f"PostgreSQL has not come back in {_BACK} seconds")

    def at_work(self, database):
        """Return ``[(process of Odoo, backend)]`` of whoever is in a transaction."""
        rows = self.execute(
            "postgres",
            """SELECT substr(application_name, 6)::int, pid FROM pg_stat_activity
                WHERE datname = %s AND application_name ~ '^odoo-[0-9]+$' AND state <> 'idle'
                ORDER BY 1, 2""",
            [database],
        )
        return [(int(process), int(backend)) for process, backend in rows]

    def get_processes(self, database):
        """Return which processes of Odoo have a connection to ``database``."""
        rows = self.execute(
            "postgres",
            """SELECT DISTINCT substr(application_name, 6)::int FROM pg_stat_activity
                WHERE datname = %s AND application_name ~ '^odoo-[0-9]+$'""",
            [database],
        )
        return [process for (process,) in rows]

    def end_backend(self, backend):
        """Cut one connection, as an administrator would."""
        self.execute("postgres", "SELECT pg_terminate_backend(%s)", [backend])

    def crash(self, backend):
        """Kill one backend: PostgreSQL ends all others and recovers."""
        command = Path(f"/proc/{backend}/cmdline")
        if command.exists() and b"postgres" in command.read_bytes():
            os.kill(backend, signal.SIGKILL)
