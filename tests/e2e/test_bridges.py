"""A bridge installs itself beside the app of Odoo's it is for, in a database of its own.

There its own tests pass, those in the browser with no error in the console; the log is clean.
"""

import re
import subprocess
from typing import NamedTuple

import psycopg2
import pytest
from servers import DATABASE as SERVED
from servers import REPO, free_port


class Bridge(NamedTuple):
    name: str
    option: list[str]  # how its tests are come to
    at_least: int  # tests that it has


BRIDGES = [
    Bridge("lead_nurture_dashboard", ["-i", "spreadsheet_dashboard"], 13),
    # Odoo's Privacy Lookup is among what the addons depend on: the bridge has come with them
    Bridge("lead_followup_privacy", ["-u", "lead_followup_privacy"], 4),
    Bridge("lead_scoring_website", ["-i", "website_crm"], 10),
]


@pytest.fixture
def database():
    name = f"{SERVED}_bridge"
    subprocess.run(["bash", REPO / "dev/template.sh", name], check=True)
    yield name
    subprocess.run([REPO / "dev/odoo", "db", "drop", name], check=True, capture_output=True)


@pytest.mark.parametrize("bridge", BRIDGES, ids=lambda bridge: bridge.name)
def test_it_comes_with_its_app_and_keeps_its_word(bridge, database, tmp_path):
    log = tmp_path / "odoo.log"
    command = [REPO / "dev/odoo", "-d", database, *bridge.option, "--stop-after-init"]
    command += ["--test-tags", f"/{bridge.name}", "--http-port", str(free_port())]
    command += ["--logfile", str(log), "--log-handler", "py.warnings:ERROR"]

    result = subprocess.run(command, capture_output=True, text=True)

    text = log.read_text()
    assert result.returncode == 0, text[-3000:]
    assert f"Module {bridge.name} loaded" in text
    [ran] = re.findall(r"0 failed, 0 error\(s\) of (\d+) tests", text)
    assert int(ran) >= bridge.at_least
    assert re.findall(r" (?:WARNING|ERROR|CRITICAL) .*lead_.*", text) == []
    with psycopg2.connect(dbname=database) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT state FROM ir_module_module WHERE name = %s", [bridge.name])
        assert cursor.fetchall() == [("installed",)]
