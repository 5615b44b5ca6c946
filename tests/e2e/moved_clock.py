"""A server whose clock the test moves, and a mail server that notes at which moment mail came."""

import json
import os
import subprocess
import urllib.request
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

from servers import REPO, Rpc, answers, free_port, wait_for

_SERVER = Path(__file__).parent / "moved_clock_server.py"
_RPC_NOTES = "odoo.addons.rpc.controllers.jsonrpc"  # that Odoo 20 has another way
_DAY = timedelta(days=1)


class Letterbox:
    """An SMTP server's handler that keeps each message with the moment of ``clock`` it came at."""

    def __init__(self):
        self.clock = None
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=policy.SMTP)
        self.mails += [Mail(self.clock.now, recipient, message) for recipient in envelope.rcpt_tos]
        return "250 OK"

    def to(self, address):
        return [mail for mail in self.mails if mail.recipient == address]


class Mail:
    """One message as it reached one recipient, ``at`` a moment of the moved clock (naive UTC)."""

    def __init__(self, at, recipient, message):
        self.at, self.recipient, self.message = at, recipient, message

    def __repr__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.sender} {self.recipient} {self.subject!r}"

    @property
    def sender(self):
        return self.message["From"].addresses[0].addr_spec

    @property
    def subject(self):
        return self.message["Subject"]

    @property
    def message_id(self):
        return self.message["Message-Id"]

    @property
    def dated(self):
        """The Date header, naive UTC."""
        return self.message["Date"].datetime.replace(tzinfo=None)

    @property
    def html(self):
        return self.message.get_body(("html",)).get_content()


class Person(Rpc):
    """The server's public methods, as somebody logged in may call them; by JSON, for some return
    nothing, which XML-RPC can't say."""

    def __init__(self, url, database, login, password):
        self.url, self.database, self.password = url, database, password
        self.uid = self._ask("common", "authenticate", login, password, {})

    def __call__(self, model, method, *args, **kwargs):
        credentials = (self.uid, self.password)
        return self._ask("object", "execute_kw", *credentials, model, method, args, kwargs)

    def _ask(self, service, method, *args):
        params = {"service": service, "method": method, "args": [self.database, *args]}
        request = urllib.request.Request(
            f"{self.url}/jsonrpc",
            json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            said = json.load(answer)
        if "error" in said:
            raise AssertionError(said["error"]["data"]["debug"])
        return said.get("result")


class MovedClockServer:
    """Odoo with a clock that stands at ``now`` (naive UTC) until it is moved.

    Use it as a context. Moving lets Odoo's scheduler run at each wake-up that jobs asked for, and
    at six in the morning of every day.
    """

    def __init__(self, database, start, log: Path):
        self.database, self.now, self.log = database, start, log
        self.next_wake_up = None

    def __enter__(self):
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        environ = {
            **os.environ,
            "MOVED_CLOCK_DB": self.database,
            "MOVED_CLOCK_START": self.now.isoformat(),
            "MOVED_CLOCK_PORT": str(port),
        }
        command = [REPO / "dev/odoo", "shell", "-d", self.database, "--no-http"]
        command += ["--log-level=warn", "--log-handler=py.warnings:ERROR"]
        command += [f"--log-handler={_RPC_NOTES}:ERROR"]
        with _SERVER.open() as script, self.log.open("w") as log:
            self.process = subprocess.Popen(command, stdin=script, stderr=log, env=environ)
        try:
            wait_for(lambda: answers(self.url), 120, lambda: f"no server: {self._tail()}")
        except AssertionError:
            self.process.kill()
            raise
        return self

    def __exit__(self, *_error):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def log_in(self, login, password):
        """Return a client of the methods as this person may call them."""
        return Person(self.url, self.database, login, password)

    def move_to(self, moment):
        """Let time pass until ``moment``."""
        assert moment >= self.now, f"{moment} lies before {self.now}"
        self.look_around()  # what people did meanwhile has asked for wake-ups
        while self.now < moment:
            self._jump(min(moment, self._next_look(), self.next_wake_up or moment))

    def pass_time(self, **span):
        """Let so many ``days``, ``hours``, ``minutes`` pass."""
        self.move_to(self.now + timedelta(**span))

    def look_around(self):
        """Let the scheduler run what has been asked for at this very moment."""
        self._jump(self.now)

    def _next_look(self):
        look = self.now.replace(hour=6, minute=0, second=0, microsecond=0)
        return look if look > self.now else look + _DAY

    def _jump(self, moment):
        self.now = moment
        url = f"{self.url}/moved-clock?to={moment.isoformat()}"
        with urllib.request.urlopen(url, timeout=120) as answer:
            wake_up = json.load(answer)["next"]
        self.next_wake_up = datetime.fromisoformat(wake_up) if wake_up else None

    def _tail(self):
        return self.log.read_text()[-3000:]
