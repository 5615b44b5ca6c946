"""The workers of a server share the work on leads through OCA's job queue; one of them is killed.

The scheduler is not running: the test presses “Run manually” on its jobs where it would.
"""

import base64
import json
import os
import re
import signal
import subprocess
import time
import urllib.request

import psycopg2
import pytest
from servers import DATABASE as SERVED
from servers import REPO, answers, free_port, wait_for

DATABASE = f"{SERVED}_queue"
CRONS = (
    "lead_followup.ir_cron_run_imports",
    "lead_scoring.ir_cron_score_leads",
    "lead_followup.ir_cron_run_cadences",
)
_ODOO = """. dev/lib.sh; load_runtime; load_database; write_settings
folder=$cache/queue-job
export PYTHONPATH=$PYTHONPATH:$folder ODOO_QUEUE_JOB_CHANNELS=root:2
addons_path=$addons_path,$folder/odoo/addons
exec "$venv/bin/python" tests/e2e/odoo_bin.py server --addons-path="$addons_path" "$@"
"""


def odoo(*arguments):
    """Start Odoo on the database with the job queue on its addons path."""
    command = ["bash", "-c", _ODOO, "odoo", "-d", DATABASE, *arguments]
    return subprocess.Popen(command, cwd=REPO)


def make_file(numbers):
    """Return a file of people of these numbers, as the import takes it."""
    rows = ["Name,E-mail,Company,Country"]
    rows += [f"Ann A{n},ann{n}@firm{n}.example,Firm {n},United States" for n in numbers]
    return base64.b64encode("\n".join(rows).encode()).decode()


class Rpc:
    """The server's public methods as the administrator calls them; some return nothing."""

    def __init__(self, url):
        self.url = f"{url}/jsonrpc"

    def __call__(self, model, method, *args):
        params = {"service": "object", "method": "execute_kw"}
        params["args"] = [DATABASE, 2, "admin", model, method, args]
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.url, body.encode(), headers)
        answer = json.load(urllib.request.urlopen(request, timeout=120))
        assert "error" not in answer, answer["error"]["data"]["debug"]
        return answer.get("result")

    def ref(self, xmlid):
        module, name = xmlid.split(".")
        domain = [("module", "=", module), ("name", "=", name)]
        return self("ir.model.data", "search_read", domain, ["res_id"])[0]["res_id"]

    def queue_import(self, show, name, content):
        """Have this file of the show imported."""
        vals = {"trade_show_id": show, "file_name": name, "file": content}
        [job] = self("lead.import", "create", [vals])
        self("lead.import", "action_preview", [job])
        self("lead.import", "action_import", [job])


def query(sql):
    with psycopg2.connect(dbname=DATABASE) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def kill_a_worker():
    """Kill one that is at a step of an import; tell whether its job had begun and was not done."""
    begun = """SELECT id, worker_pid FROM queue_job WHERE state = 'started'
                AND channel LIKE '%import' AND EXISTS (SELECT FROM lead_import_row WHERE is_done)"""
    for job, pid in query(begun)[:1]:
        os.kill(pid, signal.SIGKILL)
        time.sleep(1)  # PostgreSQL may just have heard of its end
        return bool(query(f"SELECT FROM queue_job WHERE id = {job} AND state = 'started'"))
    return False


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    subprocess.run(["bash", REPO / "dev/setup_queue_job.sh"], check=True)
    subprocess.run(["bash", REPO / "dev/template.sh", DATABASE], check=True)
    log = tmp_path_factory.mktemp("queue") / "tests.log"
    tests = ("-i", "queue_job", "--stop-after-init", "--test-tags", "/lead_queue")
    ports = (f"--http-port={free_port()}", f"--gevent-port={free_port()}")
    quiet = (f"--logfile={log}", "--log-handler=py.warnings:ERROR")
    code = odoo(*tests, *ports, *quiet).wait()
    yield code, log.read_text()
    subprocess.run([REPO / "dev/odoo", "db", "drop", DATABASE], check=True, capture_output=True)


@pytest.fixture
def server(database, tmp_path):
    """A server with three workers, two of which may do jobs at once; its address and its log."""
    log, port = tmp_path / "server.log", free_port()
    process = odoo(
        "--load=base,rpc,web,queue_job",
        "--workers=3",
        "--max-cron-threads=0",
        "--limit-time-real=600",
        "--http-interface=127.0.0.1",
        f"--http-port={port}",
        f"--gevent-port={free_port()}",
        f"--logfile={log}",
        "--log-handler=py.warnings:ERROR",
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: answers(url), 120, lambda: log.read_text()[-3000:])
        yield url, log
    finally:
        process.terminate()
        process.wait(60)


def test_the_bridge_comes_with_the_job_queue_and_keeps_its_word(database):
    code, text = database

    assert code == 0, text[-3000:]
    assert "Module lead_queue loaded" in text
    [ran] = re.findall(r"0 failed, 0 error\(s\) of (\d+) tests", text)
    assert int(ran) >= 13
    assert re.findall(r" (?:WARNING|ERROR|CRITICAL) .*lead_.*", text) == []


def test_workers_share_the_work_and_a_killed_ones_job_goes_on(server):
    """Files of 580 and 120 people, 60 of them in both; a worker dies in the middle of a job."""
    url, log = server
    rpc = Rpc(url)

    def explain():
        states = "SELECT channel, state, count(*), max(exc_info) FROM queue_job GROUP BY 1, 2"
        return f"{query(states)}\n{log.read_text()[-3000:]}"

    def hand_over():
        for name in CRONS:
            rpc("ir.cron", "method_direct_trigger", [rpc.ref(name)])

    rpc("res.users", "write", [rpc.ref("base.user_admin")], {"email": "mara@demo.example.com"})
    vals = {
        "name": "Expo",
        "date_begin": "2026-03-17",
        "date_end": "2026-03-19",
        "country_id": rpc.ref("base.us"),
        "tz": "America/Los_Angeles",
        "sender_id": rpc.ref("base.user_admin"),
    }
    [show] = rpc("lead.trade.show", "create", [vals])
    rpc.queue_import(show, "one.csv", make_file(range(580)))
    rpc.queue_import(show, "two.csv", make_file(range(520, 640)))
    hand_over()

    wait_for(kill_a_worker, 120, explain)

    def are_done(table, left):
        # Any job handed over wakes the runner, which then finds what is dead; else once a minute.
        query("SELECT pg_notify('queue_job', 'wake')")
        return not query(f"SELECT FROM {table} WHERE {left}")

    wait_for(lambda: are_done("lead_import", "state <> 'done'"), 180, explain)
    hand_over()
    waiting = "state NOT IN ('done', 'failed', 'cancelled')"
    wait_for(lambda: are_done("queue_job", waiting), 120, explain)

    assert "Re-queued dead job" in log.read_text()
    assert query("SELECT state, count(*) FROM queue_job WHERE state <> 'done' GROUP BY 1") == []
    [counts] = query(
        """SELECT (SELECT count(*) FROM crm_lead WHERE email_normalized LIKE 'ann%'),
                  (SELECT count(DISTINCT email_normalized) FROM crm_lead),
                  (SELECT count(*) FROM lead_show_visit),
                  (SELECT count(*) FROM lead_cadence_enrollment),
                  (SELECT count(DISTINCT lead_id) FROM lead_cadence_enrollment),
                  (SELECT count(*) FROM lead_score WHERE is_stale)"""
    )
    assert counts == (640, 640, 640, 640, 640, 0)
    [verdicts] = query("SELECT sum(new_count), sum(row_count) FROM lead_import")
    assert verdicts == (640, 700)
    [touches] = query("SELECT count(*), count(DISTINCT enrollment_id) FROM lead_touch")
    assert touches == (640, 640)
    [mails] = query(
        """SELECT count(*) FILTER (WHERE state = 'queued'), count(mail_id),
                  count(DISTINCT mail_id), (SELECT count(*) FROM mail_mail mail
                    JOIN mail_message message ON message.id = mail.mail_message_id
                   WHERE message.model = 'crm.lead') FROM lead_touch"""
    )
    assert mails == (640, 640, 640, 640)
    due = "SELECT count(*) FROM queue_job WHERE channel = 'root.lead.due'"
    assert query(due) == [(2,)]  # of 500, and of who was left over
    [(workers,)] = query("SELECT count(DISTINCT worker_pid) FROM queue_job")
    assert workers >= 2
