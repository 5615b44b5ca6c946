"""The stop switch is thrown while a server sends: what it had in hand goes out, nothing more."""

import asyncio

from aiosmtpd.controller import Controller
from servers import Mailbox, free_port
from shells import RUN_IMPORT, prepare, query, shell
from test_killed_release import HELD, STOP
from test_killed_sending import SEND, SERVER

_SENT_BEFORE = 5


class StoppingMailbox(Mailbox):
    """Keeps the server waiting with one mail until somebody has thrown the switch."""

    async def handle_DATA(self, server, session, envelope):
        answer = await super().handle_DATA(server, session, envelope)
        if len(self.envelopes) == _SENT_BEFORE:
            await asyncio.to_thread(shell(STOP).wait, 50)
        return answer


def test_nothing_leaves_after_the_switch_but_the_mail_in_hand():
    prepare()
    assert shell(RUN_IMPORT.format(chunk=500)).wait(120) == 0
    mailbox = StoppingMailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    assert shell(SERVER.format(port=controller.port)).wait(120) == 0
    [(queued,)] = query("SELECT count(*) FROM lead_touch WHERE state = 'queued' AND mail_id > 0")

    assert shell(SEND).wait(180) == 0
    controller.stop()

    assert len(mailbox.envelopes) == _SENT_BEFORE
    states = dict(query("SELECT state, count(*) FROM lead_touch WHERE mail_id > 0 GROUP BY state"))
    assert states == {"done": _SENT_BEFORE, "queued": queued - _SENT_BEFORE}
    assert query(HELD) == [(queued - _SENT_BEFORE,)]
