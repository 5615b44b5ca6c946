"""Each addon goes into a fresh Odoo with what it depends on, and without a warning of ours."""

import re
import subprocess

import pytest
from servers import REPO

DATABASE = "lead_e2e_install"
_LEVEL = re.compile(r" (WARNING|ERROR|CRITICAL) ")


@pytest.fixture(scope="module")
def fresh_database():
    command = [REPO / "dev/odoo", "db", "init", DATABASE, "--force"]
    subprocess.run(command, check=True, capture_output=True)
    yield
    subprocess.run([REPO / "dev/odoo", "db", "drop", DATABASE], check=True, capture_output=True)


@pytest.mark.parametrize("addon", ["lead_scoring", "lead_followup", "lead_nurture"])
def test_addon_installs_upon_the_one_before_without_a_warning(fresh_database, tmp_path, addon):
    log = tmp_path / "install.log"
    command = [REPO / "dev/odoo", "-d", DATABASE, "-i", addon, "--stop-after-init", "--no-http"]
    # Odoo's own use of a library's old functions is not ours.
    command += ["--logfile", str(log), "--log-handler", "py.warnings:ERROR"]

    result = subprocess.run(command, capture_output=True, text=True)

    assert result.returncode == 0, result.stderr
    text = log.read_text()
    assert f"Module {addon} loaded" in text
    assert [line for line in text.splitlines() if _LEVEL.search(line)] == []
