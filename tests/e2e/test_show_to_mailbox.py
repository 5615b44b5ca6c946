"""A marketing manager's morning: a show's file goes in by the browser, mail comes out by SMTP."""

from datetime import date, timedelta

import pytest
from servers import EXPORTS, wait_for


@pytest.fixture(scope="module")
def show(server, mailbox):
    rpc = server.rpc
    rpc(
        "ir.mail_server",
        "create",
        {"name": "loopback", "smtp_host": "127.0.0.1", "smtp_port": mailbox.port},
    )
    rpc(
        "res.users", "write", [rpc.uid], {"email": "mara@demo.example.com", "tz": "America/Chicago"}
    )
    yesterday = date.today() - timedelta(days=1)
    return rpc(
        "lead.trade.show",
        "create",
        {
            "name": "Spring Pump Expo",
            "date_begin": str(yesterday - timedelta(days=2)),
            "date_end": str(yesterday),
            "country_id": rpc.ref("base.us"),
            "tz": "America/Los_Angeles",
        },
    )


def test_file_goes_in_by_browser_and_mail_goes_out_once(server, page, show, mailbox):
    rpc = server.rpc

    page.goto(f"{server.url}/odoo/trade-shows/{show}")
    page.click("button[name=action_import]")
    page.set_input_files("[name=file] input[type=file]", EXPORTS / "leadcapture_us.csv")
    page.click("button[name=action_preview]:visible")
    page.wait_for_selector("button[name=action_ask_import]:visible")
    assert page.inner_text(".o_field_widget[name=new_count]") == "47"
    page.click("button[name=action_ask_import]:visible")
    page.click(".modal button[name=action_import]:visible")
    [job] = rpc("lead.import", "search", [("trade_show_id", "=", show)])
    wait_for(lambda: _read(rpc, job)["state"] == "done", 120, lambda: str(_read(rpc, job)))

    done = _read(rpc, job)
    counts = [done[f"{word}_count"] for word in ("new", "enriched", "duplicate", "rejected")]
    assert counts == [47, 0, 3, 2]
    queued = rpc(
        "lead.touch",
        "search_read",
        [("state", "=", "queued")],
        ["mail_id", "planned_at", "channel"],
    )
    assert queued and all(touch["mail_id"] for touch in queued if touch["channel"] == "email")
    assert mailbox.envelopes == []  # planned for its hour, not sent at once

    mails = [touch["mail_id"][0] for touch in queued if touch["channel"] == "email"]
    rpc("mail.mail", "write", mails, {"scheduled_date": "2026-01-01 00:00:00"})
    cron = rpc.ref("mail.ir_cron_mail_scheduler_action")
    rpc("ir.cron", "method_direct_trigger", [cron])
    wait_for(lambda: len(mailbox.envelopes) >= len(mails), 60)

    recipients = mailbox.recipients()
    assert len(recipients) == len(set(recipients)) == len(mails)
    made = rpc("lead.touch", "search_count", [("state", "=", "done"), ("channel", "=", "email")])
    assert made == len(mails)


def _read(rpc, job):
    names = ["state", "message", "new_count", "enriched_count", "duplicate_count", "rejected_count"]
    return rpc("lead.import", "read", [job], names)[0]
