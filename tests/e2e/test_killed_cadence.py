"""Killed at twenty random moments while it plans and sends: nothing twice, nothing in silence."""

import os
import random
import signal
import time
from collections import Counter

from aiosmtpd.controller import Controller
from servers import Mailbox, free_port, wait_for
from shells import prepare_empty, query, shell

LEADS = 150
KILLS = 20
SEED = 20260306

_LEADS_INSIDE = """
env.ref("base.user_admin").email = "mara@demo.example.com"
env.company.lead_marketing_user_id = env.ref("base.user_admin")
env.company.lead_email_cap = 0
env["ir.mail_server"].create({{"name": "loopback", "smtp_host": "127.0.0.1", "smtp_port": {port}}})
template = env.ref("lead_followup.mail_template_general_next")
cadence = env["lead.cadence"].create({{"name": "Two mails", "step_ids": [
    (0, 0, {{"name": "One", "sequence": 1, "channel": "email", "template_id": template.copy(
        {{"subject": "One"}}).id}}),
    (0, 0, {{"name": "Two", "sequence": 2, "channel": "email", "template_id": template.copy(
        {{"subject": "Two"}}).id}}),
]}})
leads = env["crm.lead"].create([
    {{"name": f"Lead {{i}}", "contact_name": f"Person {{i}}",
     "email_from": f"p{{i}}@buyer.example"}}
    for i in range({leads})])
cadence._enroll(leads)
env.cr.commit()
"""
# Both jobs in turn until nothing is left; mails leave at once, whatever their hour.
_WORK = """
import pathlib
pathlib.Path({ready!r}).touch()
for _turn in range(4):
    env["lead.cadence.enrollment"]._cron_run_due()
    env.cr.commit()
    env.cr.execute("UPDATE mail_mail SET scheduled_date = '2026-01-01' WHERE state = 'outgoing'")
    env.cr.commit()
    env["mail.mail"].process_email_queue()
    env.cr.commit()
"""


class SlowMailbox(Mailbox):
    """Keeps who got which mail; takes its time, so that there is something to interrupt."""

    async def handle_DATA(self, server, session, envelope):
        time.sleep(0.01)
        return await super().handle_DATA(server, session, envelope)

    def mails(self):
        """Give ``(recipient, subject)`` of every mail that was taken."""
        found = []
        for envelope in self.envelopes:
            lines = envelope.content.decode(errors="replace").splitlines()
            [subject] = [line[9:] for line in lines if line.startswith("Subject: ")][:1]
            found.append((envelope.rcpt_tos[0], subject))
        return found


def test_killed_twenty_times_no_recipient_has_a_step_twice(tmp_path):
    prepare_empty()
    mailbox = SlowMailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        setup = _LEADS_INSIDE.format(port=controller.port, leads=LEADS)
        assert shell(setup).wait(120) == 0

        dice, killed = random.Random(SEED), 0
        for attempt in range(KILLS):
            killed += _kill_while_working(tmp_path / str(attempt), dice.uniform(0, 0.9))
        assert shell(_WORK.format(ready=str(tmp_path / "last"))).wait(300) == 0
    finally:
        controller.stop()

    assert killed >= KILLS / 2  # the others had finished before their moment came
    mails = Counter(mailbox.mails())
    assert max(mails.values()) == 1
    touches = query(
        "SELECT l.email_from, s.name->>'en_US', t.state FROM lead_touch t"
        " JOIN crm_lead l ON l.id = t.lead_id JOIN lead_cadence_step s ON s.id = t.step_id"
    )
    by_state = Counter(state for _address, _step, state in touches)
    assert set(by_state) <= {"done", "doubtful"}, by_state
    assert by_state["doubtful"] <= killed  # one mail is on its way at a time
    assert len(touches) == len({touch[:2] for touch in touches}) == 2 * LEADS
    done = {(address, step) for address, step, state in touches if state == "done"}
    seen = {(address, step) for address, step, _state in touches}
    # What is said to be done was taken once; what was taken is said to be done, or doubtful.
    assert done <= set(mails) <= seen


def _kill_while_working(ready, delay):
    """Start the jobs, kill them ``delay`` seconds after they began; tell whether they still ran."""
    process = shell(_WORK.format(ready=str(ready)))
    wait_for(ready.exists, 120)
    time.sleep(delay)
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
    return process.wait(30) == -signal.SIGKILL
