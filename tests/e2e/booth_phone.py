"""A phone at a booth: a browser of its own that can be killed, in a hall with a bad network."""

import contextlib
import http.client
import os
import shutil
import signal
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import qrcode
from PIL import Image
from servers import free_port, wait_for

PLAIN_HOST = "booth.example"  # http, and no localhost: what a browser calls insecure
_HOP_BY_HOP = {"connection", "transfer-encoding", "content-encoding", "content-length"}


class Hall:
    """The network of a hall between phone and server: open, shut, or losing answers.

    ``lost`` counts the answers to captures that the server gave and the phone never got.
    """

    def __init__(self, server_url):
        self.target = server_url.removeprefix("http://")
        self.is_open, self.loses_answers, self.lost = True, False, 0
        hall = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                hall.pass_on(self)

            do_POST = do_GET

            def log_message(self, *_args):
                pass

        self.httpd = ThreadingHTTPServer(("127.0.0.1", free_port()), Handler)
        self.httpd.daemon_threads = True
        port = self.httpd.server_address[1]
        self.url, self.plain_url = f"http://127.0.0.1:{port}", f"http://{PLAIN_HOST}:{port}"
        threading.Thread(target=self.httpd.serve_forever, daemon=True).start()

    def pass_on(self, handler):
        handler.close_connection = True
        if not self.is_open or handler.path.startswith("/websocket"):
            return
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        upstream = http.client.HTTPConnection(self.target, timeout=60)
        headers = {name: value for name, value in handler.headers.items() if name != "Connection"}
        upstream.request(handler.command, handler.path, body, headers)
        answer = upstream.getresponse()
        content = answer.read()
        upstream.close()
        if self.loses_answers and handler.path.endswith("/capture"):
            self.lost += 1
            return
        with contextlib.suppress(ConnectionError):  # the phone has hung up meanwhile
            self.answer(handler, answer, content)

    def answer(self, handler, answer, content):
        handler.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in _HOP_BY_HOP:
                handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(content)))
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(content)

    def close(self):
        self.httpd.shutdown()
        self.httpd.server_close()


class Phone:
    """Chromium at phone size with a profile that outlives it.

    :param camera: a .y4m file that its camera sees; None: it has a camera, not allowed.
    """

    def __init__(self, playwright, folder, camera=None):
        self.playwright, self.folder, self.camera = playwright, folder, camera
        self.cookies = []
        self.start()

    def start(self):
        port = free_port()
        command = [shutil.which("chromium"), "--headless=new", "--no-sandbox", "--disable-gpu"]
        command += ["--disable-quic", "--no-first-run", "--disable-background-networking"]
        command += ["--disable-component-update", "--disable-sync", "--window-size=390,844"]
        command += [f"--host-resolver-rules=MAP {PLAIN_HOST} 127.0.0.1"]
        command += [f"--user-data-dir={self.folder / 'profile'}"]
        command += [f"--remote-debugging-port={port}", "--use-fake-device-for-media-stream"]
        if self.camera:
            command += ["--use-fake-ui-for-media-stream"]
            command += [f"--use-file-for-fake-video-capture={self.camera}"]
        log = open(self.folder / "chromium.log", "ab")
        self.process = subprocess.Popen(
            [*command, "about:blank"], start_new_session=True, stdout=log, stderr=log
        )
        log.close()
        url = f"http://127.0.0.1:{port}"
        wait_for(lambda: answers_cdp(port), 60)
        self.browser = self.playwright.chromium.connect_over_cdp(url)
        self.page = self.browser.contexts[0].pages[0]
        # Chromium writes them down every 30 s only: a killed one would forget a fresh log-in
        self.browser.contexts[0].add_cookies(self.cookies)
        self.page.set_viewport_size({"width": 390, "height": 844})
        self.errors = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def kill(self):
        """End it as a crash does: nothing is written down first."""
        self.cookies = self.browser.contexts[0].cookies()
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)
        for lock in ("SingletonLock", "SingletonSocket", "SingletonCookie"):
            (self.folder / "profile" / lock).unlink(missing_ok=True)

    def log_in(self, hall_url, show_id, login="admin"):
        """Open the booth of a show as somebody who is asked to log in first."""
        self.page.goto(f"{hall_url}/lead/booth/{show_id}")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", login)
        self.page.click("button[type=submit]")
        self.page.wait_for_selector(".o_booth_home")

    def type(self, **words):
        """Write somebody down by hand; what is shown is the start again."""
        self.page.click(".o_booth_type")
        for word, text in words.items():
            self.page.fill(f"[name={word}]", text)
        self.page.click(".o_booth_save")
        self.page.wait_for_selector(".o_booth_saved")

    def waiting(self):
        return int(self.page.get_attribute(".o_booth_waiting", "data-count"))

    def wait_until_kept(self):
        """Wait until the page would open without a network."""
        self.page.wait_for_selector(".o_lead_booth[data-kept=yes]")

    def wait_until_sent(self):
        self.page.wait_for_selector(".o_booth_waiting[data-count='0']", timeout=60_000)


def answers_cdp(port):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/json/version")
        return connection.getresponse().status == 200
    except OSError:
        return False


def film_code(text, path):
    """Write a short film of a QR code held before the camera."""
    width, height, side = 640, 480, 400
    picture = Image.new("L", (width, height), 255)
    code = qrcode.make(text, border=4).get_image().convert("L").resize((side, side))
    picture.paste(code, ((width - side) // 2, (height - side) // 2))
    grey = bytes([128]) * (width * height // 2)
    with open(path, "wb") as film:
        film.write(f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n".encode())
        for _frame in range(10):
            film.write(b"FRAME\n" + picture.tobytes() + grey)
