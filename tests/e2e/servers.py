"""What the end-to-end tests talk to: a mail server, a client of the server's methods."""

import os
import socket
import time
import urllib.error
import urllib.request
import xmlrpc.client
from pathlib import Path
from typing import NamedTuple

REPO = Path(__file__).resolve().parents[2]
EXPORTS = REPO / "lead_followup" / "tests" / "data"
DATABASE = os.environ.get("LEAD_E2E_DB", "lead_e2e")  # two runs at once need two


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Mailbox:
    """An SMTP server's handler that keeps every envelope it accepts."""

    def __init__(self):
        self.envelopes = []

    async def handle_DATA(self, server, session, envelope):
        self.envelopes.append(envelope)
        return "250 OK"

    def recipients(self):
        return [address for envelope in self.envelopes for address in envelope.rcpt_tos]


class Rpc:
    """The server's public methods, as any client calls them."""

    def __init__(self, url: str, login: str = "admin", password: str = "admin"):
        self.url, self.password = url, password
        common = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/common")
        self.uid = common.authenticate(DATABASE, login, password, {})
        self.models = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/object", allow_none=True)

    def __call__(self, model: str, method: str, *args, **kwargs):
        return self.models.execute_kw(
            DATABASE, self.uid, self.password, model, method, list(args), kwargs
        )

    def ref(self, xmlid: str) -> int:
        module, name = xmlid.split(".")
        found = self("ir.model.data", "search_read", [("module", "=", module), ("name", "=", name)])
        return found[0]["res_id"]


class Server(NamedTuple):
    url: str
    rpc: Rpc


def answers(url: str) -> bool:
    try:
        return urllib.request.urlopen(f"{url}/web/health", timeout=5).status == 200
    except (urllib.error.URLError, OSError):
        return False


def wait_for(condition, seconds: float, explain=lambda: "waited in vain"):
    """Return the first true value of ``condition()``; fail after ``seconds``."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.5)
    raise AssertionError(explain())
