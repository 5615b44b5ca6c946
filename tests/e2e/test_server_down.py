"""A mail server that is down for a day: nothing doubled, nothing skipped, the caps hold after."""

import socketserver
import threading
from collections import Counter

from aiosmtpd.controller import Controller
from servers import Mailbox, free_port
from shells import prepare_empty, query, shell

LEADS, CAP = 9, 4  # e-mails a day in one name

ENROLL = """
from freezegun import freeze_time
with freeze_time("2026-03-23 12:00:00"):  # a Monday
    user = env.ref("base.user_admin")
    user.email = "mara@seller.example.com"
    env["ir.mail_server"].create(
        {{"name": "loopback", "smtp_host": "127.0.0.1", "smtp_port": {port}}})
    env.company.write({{"lead_marketing_user_id": user.id, "lead_email_cap": {cap}}})
    leads = env["crm.lead"].create([
        {{"name": "A lead", "type": "lead", "user_id": False, "country_id": env.ref("base.us").id,
          "email_from": f"p{{number}}@house{{number}}.example"}} for number in range({leads})])
    env.ref("lead_nurture.lead_cadence_stay_in_touch")._enroll(leads)
env.cr.commit()
"""
# a lead that had another mailing while the server was down
MAIL_MEANWHILE = """
from freezegun import freeze_time
with freeze_time("2026-03-24 18:00:00"):
    lead = env["crm.lead"].search([("email_normalized", "=", "p0@house0.example")])
    mailing = env["mailing.mailing"].create(
        {"subject": "News", "mailing_model_id": env.ref("crm.model_crm_lead").id})
    env["mailing.trace"].create({
        "mass_mailing_id": mailing.id, "model": "crm.lead", "res_id": lead.id,
        "email": lead.email_normalized, "trace_status": "sent",
        "sent_datetime": "2026-03-24 18:00:00"})
env.cr.commit()
"""
# the two crons, every half hour of the day, as the scheduler would
HOURS = """
from datetime import datetime, timedelta
from freezegun import freeze_time
moment, end = datetime.fromisoformat("{begin}"), datetime.fromisoformat("{end}")
with freeze_time(moment) as clock:
    while moment < end:
        clock.move_to(moment)
        env["lead.cadence.enrollment"]._cron_run_due()
        env["mail.mail"].process_email_queue()
        env.cr.commit()
        moment += timedelta(minutes=30) if moment.hour >= 12 else timedelta(hours=1)
"""


class _NotNow(socketserver.BaseRequestHandler):
    """A mail server that opens its door only to say that it is closed."""

    def handle(self):
        self.request.sendall(b"421 4.3.2 Service not available\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True


class BusyMailbox(Mailbox):
    """Refuses each mail once for now, before it takes it."""

    def __init__(self):
        super().__init__()
        self.refused = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address not in self.refused:
            self.refused.add(address)
            return "451 4.7.1 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def _run(begin, end):
    assert shell(HOURS.format(begin=begin, end=end)).wait(300) == 0


def test_a_day_without_a_mail_server_doubles_and_skips_nothing_and_the_caps_hold():
    prepare_empty()
    port = free_port()
    assert shell(ENROLL.format(port=port, cap=CAP, leads=LEADS)).wait(120) == 0
    _run("2026-03-23 12:00", "2026-03-24 12:00")  # nobody answers at the door
    with _Server(("127.0.0.1", port), _NotNow) as closed:
        threading.Thread(target=closed.serve_forever, daemon=True).start()
        _run("2026-03-24 12:00", "2026-03-25 12:00")
        closed.shutdown()
    assert shell(MAIL_MEANWHILE).wait(120) == 0
    assert query("SELECT DISTINCT state FROM lead_touch WHERE mail_id > 0") == [("queued",)]

    mailbox = BusyMailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        _run("2026-03-25 12:00", "2026-04-02 12:00")
    finally:
        controller.stop()

    assert sorted(mailbox.recipients()) == [f"p{n}@house{n}.example" for n in range(LEADS)]
    assert query("SELECT state, count(*) FROM lead_touch WHERE round = 1 GROUP BY state") == [
        ("done", LEADS)
    ]
    sent = query(
        """SELECT lead.email_normalized, touch.done_at FROM lead_touch touch
             JOIN crm_lead lead ON lead.id = touch.lead_id WHERE touch.round = 1"""
    )
    assert max(Counter(moment.date() for _address, moment in sent).values()) <= CAP
    # seven days after the other mailing, not before
    [(moment,)] = [(at,) for address, at in sent if address == "p0@house0.example"]
    assert str(moment) >= "2026-03-31 18:00:00"
