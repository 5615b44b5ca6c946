"""The dashboard installs itself beside the Dashboards of Odoo, in a database of its own.

Two of its tests open it in the browser, and fail on any error in the console.
"""

import re
import subprocess

import psycopg2
import pytest
from servers import DATABASE as SERVED
from servers import REPO, free_port

DATABASE = f"{SERVED}_dashboard"


@pytest.fixture(scope="module")
def database():
    subprocess.run(["bash", REPO / "dev/template.sh", DATABASE], check=True)
    yield DATABASE
    subprocess.run([REPO / "dev/odoo", "db", "drop", DATABASE], check=True, capture_output=True)


def test_the_bridge_comes_with_dashboards_and_keeps_its_word(database, tmp_path):
    log = tmp_path / "dashboard.log"
    command = [REPO / "dev/odoo", "-d", database, "-i", "spreadsheet_dashboard"]
    command += ["--stop-after-init", "--test-tags", "/lead_nurture_dashboard"]
    command += ["--http-port", str(free_port())]
    command += ["--logfile", str(log), "--log-handler", "py.warnings:ERROR"]

    result = subprocess.run(command, capture_output=True, text=True)

    text = log.read_text()
    assert result.returncode == 0, text[-3000:]
    assert "Module lead_nurture_dashboard loaded" in text
    [ran] = re.findall(r"0 failed, 0 error\(s\) of (\d+) tests", text)
    assert int(ran) >= 13
    assert re.findall(r" (?:WARNING|ERROR|CRITICAL) .*lead_.*", text) == []
    with psycopg2.connect(dbname=database) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT state FROM ir_module_module WHERE name = 'lead_nurture_dashboard'")
        assert cursor.fetchall() == [("installed",)]
