"""The examples of docs/api.md, run as they stand against a server with a key of its own."""

import base64
import csv
import re

import pytest
from servers import DATABASE, EXPORTS, REPO


@pytest.fixture(scope="module")
def examples(server, tmp_path_factory):
    """What the page's examples leave behind, by name."""
    text = (REPO / "docs/api.md").read_text()
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 7
    key = make_key(server)
    world = {"__name__": "examples"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEAD_URL", server.url)
        patch.setenv("LEAD_KEY", key)
        patch.setenv("LEAD_DB", DATABASE)
        patch.chdir(write_export(tmp_path_factory.mktemp("export")))
        for block in blocks:
            exec(compile(block, "docs/api.md", "exec"), world)
    return world


def write_export(folder):
    """Write the export of other people than those whom other tests import on this server."""
    with open(EXPORTS / "leadcapture_us.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["Email Address"] = row["Email Address"].replace("@", "@api.")
        row["Last Name"] = row["Last Name"] and f"{row['Last Name']}-Api"
    with open(folder / "leadcapture_us.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return folder


def make_key(server):
    """Make an API key as a person does, who says his password once more."""
    import requests

    session = requests.Session()

    def ask(path, **params):
        answer = session.post(f"{server.url}{path}", json={"params": params}, timeout=60).json()
        assert "error" not in answer, answer
        return answer["result"]

    def call(model, method, *args, **context):
        path = f"/web/dataset/call_kw/{model}/{method}"
        return ask(path, model=model, method=method, args=args, kwargs={"context": context})

    ask("/web/session/authenticate", db=DATABASE, login="admin", password="admin")
    vals = {"name": "warehouse", "duration": "1"}
    description = call("res.users.apikeys.description", "create", [vals])
    action = call("res.users.apikeys.description", "make_key", description)
    if action["res_model"] == "res.users.identitycheck":
        check = [action["res_id"]]
        action = call("res.users.identitycheck", "run_check", check, password="admin")
    return action["context"]["default_key"]


def test_a_file_is_imported(examples):
    figures = examples["figures"]
    told = {name: figures[f"{name}_count"] for name in ("row", "new", "duplicate", "rejected")}
    assert figures["state"] == "done"
    assert told == {"row": 52, "new": 47, "duplicate": 3, "rejected": 2}
    assert len(examples["rejected"]) == 2
    assert all(row["reason"] for row in examples["rejected"])


def test_the_breakdown_adds_up(examples):
    assert len(examples["best"]) == 3
    for lead in examples["best"]:
        assert sum(line["points"] for line in lead["score_breakdown"]) == lead["score_total"] > 0


def test_an_answer_is_worth_its_points(examples):
    [lead] = examples["call"](
        "crm.lead", "read", ids=[examples["best"][0]["id"]], fields=["qualification_ids"]
    )
    given = examples["call"](
        "lead.qualification",
        "search_read",
        domain=[["id", "in", lead["qualification_ids"]], ["source", "=", "api"]],
        fields=["answer_id"],
    )
    assert [row["answer_id"][0] for row in given] == [examples["answer"]]


def test_the_question_says_who_can_enter(examples):
    assert re.match(r"\d of 3 leads can enter “General", examples["told"]["summary"])


def test_the_funnel_has_the_leads(examples):
    assert sum(group["inquiry_count:sum"] for group in examples["by_source"]) >= 47


def test_what_is_private_is_refused(examples):
    with pytest.raises(RuntimeError, match="cannot be called remotely"):
        examples["call"]("lead.import", "_cron_run_imports")


def test_a_file_that_is_refused_says_what_to_do(examples):
    letter = base64.b64encode(b"%PDF-1.7 a letter").decode()
    vals = {"file": letter, "file_name": "leads.pdf"}
    [job] = examples["call"]("lead.import", "create", vals_list=[vals])
    with pytest.raises(RuntimeError, match="is a PDF document, not a list of leads"):
        examples["call"]("lead.import", "action_preview", ids=[job])
