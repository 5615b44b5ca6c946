"""Crowds at the doors of a server: visitors who fill in forms, and others who send anything."""

import http.client
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

PATIENCE = 60  # seconds; on a busy machine
AT_ONCE = 12
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: id="[^"]+")?(?: value="([^"]*)")')
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_BOUNDARY = "----flood"
MULTIPART = {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}


class Answer(NamedTuple):
    """Status 0 is a connection that the server closed without a word."""

    status: int
    text: str
    seconds: float
    cookie: str = ""


class Door:
    """One server on loopback."""

    def __init__(self, port):
        self.port = port

    def ask(self, method, path, body=None, headers=()):
        """Send one request by a connection of its own."""
        started = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
            cookie = (response.getheader("Set-Cookie") or "").partition(";")[0]
            return Answer(response.status, text, time.monotonic() - started, cookie)
        except TimeoutError:
            raise
        except (http.client.HTTPException, OSError):  # closed before all of it was sent
            return Answer(0, "", time.monotonic() - started)
        finally:
            connection.close()

    def send_raw(self, content, wait=PATIENCE):
        """Send bytes that need not be a request; return what comes back, empty after ``wait``."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as connection:
            try:
                connection.sendall(content)
                return connection.recv(65536)
            except (TimeoutError, ConnectionError):
                return b""

    def open_form(self, url):
        """Open a form as a browser does; return what sends it in, any number of times."""
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        page = self.ask("GET", path)
        assert page.status == 200, f"{path}: {page.status}"
        form = page.text.partition("<form")[2].partition("</form>")[0]
        hidden = {name: unescape(value) for name, value in _HIDDEN.findall(form)}

        def send(said, headers=()):
            form = urlencode({**hidden, **said}, doseq=True)
            return self.ask("POST", path, form, {**_FORM, "Cookie": page.cookie, **dict(headers)})

        send.hidden, send.path, send.cookie = hidden, path, page.cookie
        return send


def make_file_form(said, files):
    """Return the body of a form, of which ``files`` are sent as files: ``{name: bytes}``."""
    lines = []
    for name, value in said.items():
        lines += [f"--{_BOUNDARY}", f'Content-Disposition: form-data; name="{name}"', "", value]
    for name in files:
        head = f'Content-Disposition: form-data; name="{name}"; filename="a.bin"'
        lines += [f"--{_BOUNDARY}", head, "Content-Type: application/octet-stream", "", "\x01"]
    return "\r\n".join([*lines, f"--{_BOUNDARY}--", ""]).encode()


def crowd(acts, at_once=AT_ONCE):
    """Have all of ``acts``, functions, done by as many as ``at_once``; return what they return."""
    with ThreadPoolExecutor(at_once) as pool:
        futures = [pool.submit(act) for act in acts]
        return [future.result() for future in futures]
