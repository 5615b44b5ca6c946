"""A sales manager asks what the score was worth; a rep says where it misleads."""

import pytest


@pytest.fixture(scope="module")
def lead(server):
    """Eighty closed leads, half of them won, forty with a rule that does nothing; one open one."""
    rpc = server.rpc
    rpc(
        "lead.score.rule",
        "create",
        {"name": "Idle rule", "points": 1, "domain": "[('function', '=', 'idle')]"},
    )
    [stage] = rpc("crm.stage", "search", [("is_won", "=", True)], limit=1)
    for function in ("idle", "busy"):
        leads = rpc(
            "crm.lead",
            "create",
            [{"name": "Closed", "lifecycle": "mql", "function": function, "user_id": False}] * 40,
        )
        rpc("crm.lead", "write", leads[:20], {"stage_id": stage})
        rpc("crm.lead", "write", leads[20:], {"active": False, "probability": 0})
    return rpc("crm.lead", "create", {"name": "Open", "type": "lead"})


def test_the_audit_is_drawn_and_too_little_is_said(server, page, lead):
    page.goto(f"{server.url}/odoo/score-audit")
    page.wait_for_selector(".o_win_rate_chart canvas")

    assert "50% won\n40 of the 80" in page.inner_text("section[name=qualified]")
    row = page.locator(".o_effect_list tr", has_text="Idle rule")
    assert "No effect seen" in row.inner_text()
    assert "50% of 40" in row.inner_text()

    empty_team = server.rpc("crm.team", "create", {"name": "Nobody's"})
    page.reload()
    page.select_option("select[name=team]", str(empty_team))
    page.wait_for_selector(".o_score_audit .alert")
    assert "Too little data" in page.inner_text(".o_score_audit .alert")
    assert not page.query_selector("canvas")


def test_a_mark_is_noted_and_keeps_what_is_being_typed(server, page, lead):
    page.goto(f"{server.url}/odoo/crm.lead/{lead}")
    page.fill("div[name=function] input", "not saved yet")
    page.click(".o_lead_score")
    page.click("text=This is wrong")
    assert page.is_disabled("text=Note it")
    page.check("#lead_score_too_high")
    page.fill(".o_lead_score_mark input[type=text]", "a student")
    page.click("text=Note it")
    page.wait_for_selector("text=Noted.")

    assert page.input_value("div[name=function] input") == "not saved yet"
    [mark] = server.rpc(
        "lead.event", "search_read", [("lead_id", "=", lead)], ["kind", "note", "user_id"]
    )
    assert (mark["kind"], mark["note"]) == ("score_too_high", "a student")
    assert mark["user_id"][0] == server.rpc.uid
