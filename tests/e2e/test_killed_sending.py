"""A server killed while it talks to the mail server: nobody is written to twice."""

import os
import signal

from aiosmtpd.controller import Controller
from servers import Mailbox, free_port
from shells import RUN_IMPORT, prepare, query, shell

SERVER = """
env["ir.mail_server"].create({{"name": "loopback", "smtp_host": "127.0.0.1", "smtp_port": {port}}})
env.cr.execute("UPDATE mail_mail SET scheduled_date = '2026-01-01' WHERE state = 'outgoing'")
env.cr.commit()
"""
SEND = """
env["mail.mail"].process_email_queue()
env.cr.commit()
"""


class KillingMailbox(Mailbox):
    """Accepts mails; at the given ones it kills who sends, after it has taken the mail."""

    def __init__(self, kill_at):
        super().__init__()
        self.kill_at, self.sender = set(kill_at), None

    async def handle_DATA(self, server, session, envelope):
        answer = await super().handle_DATA(server, session, envelope)
        if len(self.envelopes) in self.kill_at:
            os.kill(self.sender.pid, signal.SIGKILL)
        return answer


def test_who_was_being_written_to_is_shown_as_doubtful_and_not_written_to_again():
    prepare()
    assert shell(RUN_IMPORT.format(chunk=500)).wait(120) == 0
    mailbox = KillingMailbox(kill_at=[2, 9])
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    assert shell(SERVER.format(port=controller.port)).wait(120) == 0
    [(queued,)] = query("SELECT count(*) FROM lead_touch WHERE state = 'queued' AND mail_id > 0")

    codes = []
    for _attempt in range(3):
        mailbox.sender = shell(SEND)
        codes.append(mailbox.sender.wait(180))
    controller.stop()

    assert codes == [-signal.SIGKILL, -signal.SIGKILL, 0]
    recipients = mailbox.recipients()
    assert len(recipients) == len(set(recipients)) == queued
    states = dict(query("SELECT state, count(*) FROM lead_touch WHERE mail_id > 0 GROUP BY state"))
    assert states == {"done": queued - 2, "doubtful": 2}
