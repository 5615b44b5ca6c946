"""A server killed while it lets held e-mails go: none is lost, none goes out twice."""

import signal

from aiosmtpd.controller import Controller
from servers import Mailbox, free_port
from shells import RUN_IMPORT, prepare, query, shell
from test_killed_sending import SEND, SERVER

STOP = """
env["res.company"].search([]).lead_sending_stopped = True
env.cr.commit()
"""
LET_GO = """
env["res.company"].search([]).lead_sending_stopped = False
env.cr.commit()
"""
RELEASE = """
import os, signal
touches = env["lead.touch"]
type(touches)._RELEASE_BATCH = 5
release, batches = type(touches)._release, []
def killing(self):
    result = release(self)
    batches.append(self)
    if len(batches) == {kill_at}:
        self.env.flush_all()
        os.kill(os.getpid(), signal.SIGKILL)
    return result
type(touches)._release = killing
touches._cron_release_held()
env.cr.commit()
"""
HELD = "SELECT count(*) FROM mail_mail WHERE state = 'outgoing' AND scheduled_date > '9000-01-01'"


def test_a_killed_release_goes_on_and_nobody_is_written_to_twice():
    prepare()
    assert shell(RUN_IMPORT.format(chunk=500)).wait(120) == 0
    [(queued,)] = query("SELECT count(*) FROM lead_touch WHERE state = 'queued' AND mail_id > 0")
    assert queued > 15
    assert shell(STOP).wait(120) == 0
    assert query(HELD) == [(queued,)]
    assert shell(LET_GO).wait(120) == 0

    codes = [shell(RELEASE.format(kill_at=kill_at)).wait(120) for kill_at in (3, 0)]
    assert codes == [-signal.SIGKILL, 0]
    assert query(HELD) == [(0,)]
    mismatched = """
        SELECT count(*) FROM lead_touch t JOIN mail_mail m ON m.id = t.mail_id
         WHERE t.state = 'queued' AND m.scheduled_date != t.planned_at"""
    assert query(mismatched) == [(0,)]

    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    assert shell(SERVER.format(port=controller.port)).wait(120) == 0
    assert shell(SEND).wait(180) == 0
    controller.stop()
    recipients = mailbox.recipients()
    assert len(recipients) == len(set(recipients)) == queued
