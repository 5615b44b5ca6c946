"""A mail server that refuses, stalls and breaks off, and knows what it has taken."""

import asyncio
import random
from collections import Counter
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

# what becomes of a mail, and how often of a hundred while the server misbehaves
FAULTS = {"later": 6, "never": 3, "slow": 4, "breaks": 4, "closes": 3}
_LONG = 65  # seconds; Odoo waits for 60


class Receiver:
    """An SMTP server's handler on loopback; ``misbehaves`` says whether it does right now.

    Whatever it has read to the end counts as taken, also where it broke off before it said so:
    that is what its user finds in the mailbox.
    """

    def __init__(self, seed):
        self.misbehaves = False
        self.taken = []  # (message id, recipient, subject)
        self.faults = Counter()
        self.stalls_once = False
        self._dice = random.Random(seed)
        self._controller = None

    def __enter__(self):
        from servers import free_port  # of the end-to-end tests

        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())
        self._controller.start()
        self.port = self._controller.port
        return self

    def __exit__(self, *_error):
        self._controller.stop()

    async def handle_RCPT(self, server, session, envelope, address, options):
        fault = self._throw()
        if fault == "never":
            return "550 5.1.1 No such user"
        if fault == "later":
            return "451 4.7.1 Try again later"
        if fault == "closes":
            server.transport.close()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=policy.SMTP)
        self.taken += [
            (message["Message-Id"], recipient, message["Subject"])
            for recipient in envelope.rcpt_tos
        ]
        if self.stalls_once and message["Subject"].startswith("Step"):
            self.stalls_once = False
            self.faults["stalls"] += 1
            await asyncio.sleep(_LONG)
        if envelope.fault == "breaks":
            server.transport.abort()
        elif envelope.fault == "slow":
            await asyncio.sleep(self._dice.uniform(0.2, 1.5))
        return "250 OK"

    async def handle_MAIL(self, server, session, envelope, address, options):
        fault = self._throw(("breaks", "slow"))
        envelope.fault = fault
        envelope.mail_from = address
        return "250 OK"

    def _throw(self, among=("later", "never", "closes")):
        """Return what goes wrong this time, or None."""
        if not self.misbehaves:
            return None
        number = self._dice.uniform(0, 100)
        for fault in among:
            number -= FAULTS[fault]
            if number < 0:
                self.faults[fault] += 1
                return fault
        return None
