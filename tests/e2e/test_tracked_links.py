"""A nurture e-mail reaches a mailbox, its links are followed: the history and the score say so."""

import re
import time
import urllib.error
import urllib.request
from email import message_from_bytes, policy

import pytest
from servers import wait_for

_CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36"
_BODY = '<p>News: <a href="{url}?page=prices">Prices</a> <a href="{url}?page=jobs">Jobs</a></p>'


@pytest.fixture(scope="module")
def track(server, mailbox):
    """The monthly track, with a mailing on its step and two links in its e-mail."""
    rpc = server.rpc
    mail_server = {"name": "tracked", "smtp_host": "127.0.0.1", "smtp_port": mailbox.port}
    rpc("ir.mail_server", "create", mail_server)
    rpc("res.users", "write", [rpc.uid], {"email": "mara@demo.example.com"})
    [user] = rpc("res.users", "read", [rpc.uid], ["company_id"])
    company = user["company_id"][:1]
    rpc("res.company", "write", company, {"lead_marketing_user_id": rpc.uid})
    rpc("ir.config_parameter", "set_param", "web.base.url", server.url)
    mailing = rpc(
        "mailing.mailing",
        "create",
        {"subject": "Pumps in May", "mailing_model_id": rpc.ref("crm.model_crm_lead")},
    )
    step = rpc.ref("lead_nurture.lead_cadence_step_stay_in_touch")
    rpc("lead.cadence.step", "write", [step], {"mailing_id": mailing})
    template = rpc.ref("lead_nurture.mail_template_stay_in_touch")
    body = _BODY.format(url=f"{server.url}/web/health")
    rpc("mail.template", "write", [template], {"body_html": body})
    yield step
    rpc("res.company", "write", company, {"lead_marketing_user_id": False})


def test_a_followed_link_becomes_an_event_and_points(server, track, mailbox):
    rpc = server.rpc
    address = "tracked@ample.example"
    lead = rpc("crm.lead", "create", {"name": "A lead", "type": "lead", "email_from": address})
    rpc("crm.lead", "action_start_nurture", [lead])

    html = _send(rpc, lead, address, mailbox)
    prices, jobs = re.findall(rf'href="({server.url}/r/\w+/m/\d+)"', html)
    # a scanner looks at one link before anybody can have read the mail
    assert _follow(jobs, method="HEAD").startswith(f"{server.url}/web/health")
    time.sleep(11)
    location = _follow(prices)
    assert location.startswith(f"{server.url}/web/health?page=prices")
    time.sleep(31)
    rpc("ir.cron", "method_direct_trigger", [rpc.ref("lead_nurture.ir_cron_judge_hits")])

    names = ["kind", "confidence", "note"]
    domain = [("lead_id", "=", lead), ("kind", "=", "click")]
    events = rpc("lead.event", "search_read", domain, names, order="occurred_at desc, id desc")
    assert [event["confidence"] for event in events] == ["human", "machine"]
    assert "page=prices" in events[0]["note"] or "Prices" in events[0]["note"]
    # 5 and 0.5, rounded half up
    [score] = rpc("crm.lead", "read", [lead], ["score_engagement"])
    assert score["score_engagement"] == 6


def _send(rpc, lead, address, mailbox):
    """Let the mail queue send the lead's e-mail now; return its HTML as it arrived."""
    touches = rpc("lead.touch", "search_read", [("lead_id", "=", lead)], ["mail_id", "state"])
    [touch] = [touch for touch in touches if touch["state"] == "queued"]
    moment = {"scheduled_date": "2026-01-01 00:00:00"}
    rpc("mail.mail", "write", [touch["mail_id"][0]], moment)
    rpc("ir.cron", "method_direct_trigger", [rpc.ref("mail.ir_cron_mail_scheduler_action")])
    wait_for(lambda: address in mailbox.recipients(), 60)
    [envelope] = [one for one in mailbox.envelopes if address in one.rcpt_tos]
    message = message_from_bytes(envelope.content, policy=policy.SMTP)
    return message.get_body(("html",)).get_content()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args, **_kwargs):
        return None


def _follow(url, method="GET"):
    """Ask for ``url`` as a browser does; return where it leads."""
    request = urllib.request.Request(url, method=method, headers={"User-Agent": _CHROME})
    try:
        urllib.request.build_opener(_NoRedirect).open(request, timeout=20)
    except urllib.error.HTTPError as answer:
        assert answer.code == 301
        return answer.headers["Location"]
    raise AssertionError(f"{url} leads nowhere")
