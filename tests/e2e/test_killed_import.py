"""A server killed in mid import, and what the next one makes of it."""

import os
import signal
import subprocess

import psycopg2
import pytest
from servers import EXPORTS, REPO, wait_for

DATABASE = "lead_e2e_kill"

PREPARE = """
import base64
show = env["lead.trade.show"].create({{
    "name": "Expo", "date_begin": "2026-03-17", "date_end": "2026-03-19",
    "country_id": env.ref("base.us").id, "tz": "America/Los_Angeles"}})
job = env["lead.import"].create({{
    "trade_show_id": show.id, "file_name": "leadcapture_us.csv",
    "file": base64.b64encode(open({path!r}, "rb").read())}})
job.action_preview()
job.action_import()
env.cr.commit()
"""
RUN = """
type(env["lead.import"])._CHUNK = {chunk}
env["lead.import"]._cron_run_imports()
env.cr.commit()
"""


def shell(script):
    """Start `odoo shell` on the database with ``script``; return the process."""
    command = [REPO / "dev/odoo", "shell", "-d", DATABASE, "--no-http", "--log-level=error"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, env=os.environ)
    process.stdin.write(script.encode())
    process.stdin.close()
    return process


def query(sql):
    with psycopg2.connect(dbname=DATABASE) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def facts():
    """What an import leaves behind, in figures."""
    [state] = query("SELECT state, new_count, duplicate_count, rejected_count FROM lead_import")
    [counts] = query(
        """SELECT (SELECT count(*) FROM crm_lead), (SELECT count(*) FROM lead_show_visit),
                  (SELECT count(*) FROM lead_event WHERE kind = 'scan'),
                  (SELECT count(*) FROM lead_cadence_enrollment),
                  (SELECT count(*) FROM lead_touch WHERE state = 'queued'),
                  (SELECT count(*) FROM mail_mail WHERE state = 'outgoing'),
                  (SELECT count(DISTINCT email_normalized) FROM crm_lead)"""
    )
    return state, counts


def import_file(chunk=500, kill_at=None):
    """Import the file into a fresh database; killed once ``kill_at`` rows are done, then go on."""
    subprocess.run(["bash", REPO / "dev/template.sh", DATABASE], check=True)
    path = str(EXPORTS / "leadcapture_us.csv")
    assert shell(PREPARE.format(path=path)).wait(120) == 0
    process = shell(RUN.format(chunk=chunk))
    if kill_at is not None:
        done = f"SELECT 1 FROM lead_import_row WHERE is_done HAVING count(*) >= {kill_at}"
        wait_for(lambda: query(done), 120)
        process.send_signal(signal.SIGKILL)
        assert process.wait(30) == -signal.SIGKILL
        assert query("SELECT state FROM lead_import") == [("running",)]
        process = shell(RUN.format(chunk=chunk))
    assert process.wait(120) == 0
    return facts()


@pytest.fixture(scope="module")
def undisturbed():
    return import_file()


def test_undisturbed_run_comes_to_the_expected_leads(undisturbed):
    state, counts = undisturbed

    assert state == ("done", 47, 3, 2)
    assert counts[:3] == (47, 47, 47)


@pytest.mark.parametrize("kill_at", [3, 25])
def test_a_killed_run_ends_where_an_undisturbed_one_does(undisturbed, kill_at):
    assert import_file(chunk=2, kill_at=kill_at) == undisturbed
