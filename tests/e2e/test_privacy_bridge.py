"""The bridge to Odoo's Privacy Lookup installs itself, in a database of its own; its tests pass."""

import re
import subprocess

import psycopg2
import pytest
from servers import DATABASE as SERVED
from servers import REPO, free_port

DATABASE = f"{SERVED}_privacy"


@pytest.fixture(scope="module")
def database():
    subprocess.run(["bash", REPO / "dev/template.sh", DATABASE], check=True)
    yield DATABASE
    subprocess.run([REPO / "dev/odoo", "db", "drop", DATABASE], check=True, capture_output=True)


def test_the_bridge_comes_with_the_lookup_and_keeps_its_word(database, tmp_path):
    with psycopg2.connect(dbname=database) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT state FROM ir_module_module WHERE name IN"
            " ('lead_followup_privacy', 'privacy_lookup')"
        )
        assert cursor.fetchall() == [("installed",)] * 2
    log = tmp_path / "privacy.log"
    command = [REPO / "dev/odoo", "-d", database, "-u", "lead_followup_privacy"]
    command += ["--stop-after-init", "--test-tags", "/lead_followup_privacy"]
    command += ["--http-port", str(free_port())]
    command += ["--logfile", str(log), "--log-handler", "py.warnings:ERROR"]

    result = subprocess.run(command, capture_output=True, text=True)

    text = log.read_text()
    assert result.returncode == 0, text[-3000:]
    [ran] = re.findall(r"0 failed, 0 error\(s\) of (\d+) tests", text)
    assert int(ran) >= 4
    assert re.findall(r" (?:WARNING|ERROR|CRITICAL) .*lead_.*", text) == []
