"""People at work in the database: an Odoo shell that does what it is told, one act at a time."""

import subprocess
import tempfile
from multiprocessing.connection import Listener
from pathlib import Path

from servers import REPO

# Runs in the shell: each act is a transaction, tried again as a request of the web client would be.
_SCRIPT = """
import os
import time
import psycopg2
from multiprocessing.connection import Client
from odoo import api, sql_db, SUPERUSER_ID
from odoo.service.model import retrying
channel = Client({address!r})
env.cr.rollback()
registry = env.registry
def act_once(act, given):
    with registry.cursor() as cursor:
        names = {{"given": given}}
        own = api.Environment(cursor, SUPERUSER_ID, {{}})
        def do():
            names.pop("answer", None)
            exec(act, {{**names, "env": own, "keep": names}})
        retrying(do, own)
        cursor.commit()
        return names.get("answer")
while True:
    try:
        act, given = channel.recv()
    except EOFError:
        os._exit(0)
    for turn in range(1, 6):
        try:
            channel.send((True, act_once(act, given)))
            break
        except Exception as error:
            lost = isinstance(error, (psycopg2.InterfaceError, psycopg2.OperationalError))
            if turn == 5 or not (lost or type(error) is psycopg2.DatabaseError):
                channel.send((False, f"{{type(error).__name__}}: {{error}}"))
                break
            sql_db.close_all()  # after a crash all that are kept are dead
            time.sleep(turn)
"""


class OfficeError(Exception):
    """What somebody wanted to do failed."""


class Office:
    """Use it as a context; what an act leaves in ``keep["answer"]`` is returned."""

    def __init__(self, cluster, database, log: Path):
        self.cluster, self.database, self.log = cluster, database, log

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory()
        address = f"{self._folder.name}/office"
        command = [REPO / "dev/odoo", "shell", "-d", self.database, "--no-http"]
        command += ["--db_host", self.cluster.socket, "--logfile", str(self.log)]
        with Listener(address, "AF_UNIX") as listener:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, env=self.cluster.environ, text=True
            )
            self._process.stdin.write(_SCRIPT.format(address=address))
            self._process.stdin.close()
            self._channel = listener.accept()
        return self

    def __exit__(self, *_error):
        self._channel.close()
        self._process.wait(30)
        self._folder.cleanup()

    def act(self, script, given=None):
        """Run ``script``, which finds ``env``, ``given`` and ``keep``; raise what it raises."""
        self._channel.send((script, given))
        done, answer = self._channel.recv()
        if not done:
            raise OfficeError(answer)
        return answer
