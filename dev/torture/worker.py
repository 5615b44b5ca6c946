"""One Odoo server: a master and the processes that run its scheduled actions."""

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

from servers import REPO

_SHIFT = Path(__file__).parent / "shifted"


class Worker:
    """A real server, in a session of its own so that it can be killed as a machine dies.

    :param crons: how many of its processes run scheduled actions.
    :param shift_hours: by how much its clock is off.
    """

    def __init__(self, cluster, database, log: Path, crons=2, shift_hours=0):
        self.cluster, self.database, self.log = cluster, database, log
        self.crons, self.shift_hours = crons, shift_hours
        self.process, self.is_dismissed = None, False

    def start(self):
        environ = dict(self.cluster.environ)
        if self.shift_hours:
            environ["TORTURE_SHIFT_HOURS"] = str(self.shift_hours)
            environ["PYTHONPATH"] = str(_SHIFT)
        command = [REPO / "dev/odoo", "server", "-d", self.database, "--no-http"]
        command += ["--db_host", self.cluster.socket, "--workers", "1"]
        command += ["--max-cron-threads", str(self.crons), "--logfile", str(self.log)]
        self.process = subprocess.Popen(
            command, env=environ, start_new_session=True, stderr=subprocess.DEVNULL
        )

    @property
    def is_alive(self):
        return self.process is not None and self.process.poll() is None

    def take_turns(self):
        """Give its jobs their share of the processor, which Odoo gives to everybody else first.

        On a machine with much else to do nothing would be at work that could be killed. It takes
        root; without, the jobs are as slow as they are.
        """
        with suppress(OSError):  # ended meanwhile, or not allowed
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
            for child in children.read_text().split():
                os.setpriority(os.PRIO_PROCESS, int(child), 0)

    def owns(self, process_id):
        """Tell whether this process is one of this server."""
        try:
            return os.getpgid(process_id) == self.process.pid
        except ProcessLookupError:
            return False

    def kill(self):
        """Kill all of it at once, as a machine that loses its power."""
        if self.is_alive:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(30)

    def kill_one(self, process_id):
        """Kill one process of it; the master starts another."""
        if self.owns(process_id):
            os.kill(process_id, signal.SIGKILL)
