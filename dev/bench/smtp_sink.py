"""A mail server on loopback that takes everything and notes for whom: its CPU is nobody's here.

python -m bench.smtp_sink FILE     prints its port; FILE gets one line a recipient of each message
"""

import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path


class Sink:
    """Notes the recipients of each message it is given."""

    def __init__(self, file: str):
        self._file = Path(file).open("a", buffering=1)

    async def handle_DATA(self, _server, _session, envelope):
        """Take one message."""
        self._file.write("".join(f"{address}\n" for address in envelope.rcpt_tos))
        return "250 OK"


@contextmanager
def running(file: Path):
    """Have a sink of its own process write to ``file``; give its port."""
    command = [sys.executable, "-m", "bench.smtp_sink", str(file)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait()


def main(file: str) -> None:
    """Serve until it is told to end."""
    from aiosmtpd.controller import Controller

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(Sink(file), hostname="127.0.0.1", port=port)
    controller.start()
    print(port, flush=True)
    signal.sigwait([signal.SIGTERM, signal.SIGINT])
    controller.stop()


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM, signal.SIGINT])
    main(sys.argv[1])
