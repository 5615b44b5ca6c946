"""Each addon goes into a fresh Odoo with what it depends on, and without a warning of ours.

Its files come from the wheels, with nothing of this clone on the addons path.
And all of them go out of it again, after some use: what Odoo had before is as it was. The months of
use, the addons taken away one by one, and the bridges are for ``make uninstall``.
"""

import os
import re
import subprocess
import sys

import psycopg2
import pytest
from servers import DATABASE as SERVED
from servers import REPO

DATABASE = f"{SERVED}_install"
_LEVEL = re.compile(r" (WARNING|ERROR|CRITICAL) ")
_NOT_DELETED = re.compile(r"could not be deleted \(\[\d")
_FROM_WHEELS = """. dev/lib.sh; load_runtime; load_database; write_settings
addons_path=${addons_path%,*},$1
shift
cd "$cache"
exec "$venv/bin/python" -m odoo --addons-path="$addons_path" "$@"
"""
_SETTINGS_SAVED = """
env["res.config.settings"].create({"group_use_lead": True}).execute()
env.cr.commit()
"""
_USE = """
import os
import sys
sys.path.insert(0, os.environ["LEAD_DEV"])
from guests import use
use.main(env, months=1)
"""


def _shell(script):
    command = [REPO / "dev/odoo", "shell", "-d", DATABASE, "--no-http", "--log-level=error"]
    env = {**os.environ, "LEAD_DEV": str(REPO / "dev")}
    result = subprocess.run(command, input=script, env=env, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr[-3000:]


def _snapshot(*words):
    """Let the snapshot's script do as ``words`` say; return what it prints."""
    command = [sys.executable, REPO / "dev/guests/snapshot.py", *words]
    env = {**os.environ, "PGDATABASE": DATABASE}
    result = subprocess.run(command, env=env, capture_output=True, text=True)
    assert result.stderr == ""
    return result.stdout


@pytest.fixture(scope="module")
def fresh_database(tmp_path_factory):
    """A database with what ours depend on; yields the snapshot of it."""
    command = [REPO / "dev/odoo", "db", "init", DATABASE, "--force"]
    subprocess.run(command, check=True, capture_output=True)
    needed = ["crm", "base_import", "mass_mailing"]
    command = [REPO / "dev/odoo", "module", "install", "-d", DATABASE, *needed]
    subprocess.run(command, check=True, capture_output=True)
    _shell(_SETTINGS_SAVED)
    before = tmp_path_factory.mktemp("install") / "before"
    _snapshot("take", before)
    yield before
    subprocess.run([REPO / "dev/odoo", "db", "drop", DATABASE], check=True, capture_output=True)


@pytest.mark.parametrize("addon", ["lead_scoring", "lead_followup", "lead_nurture"])
def test_addon_installs_upon_the_one_before_without_a_warning(
    fresh_database, unpacked, tmp_path, addon
):
    log = tmp_path / "install.log"
    command = ["bash", "-c", _FROM_WHEELS, "odoo", unpacked]
    command += ["-d", DATABASE, "-i", addon, "--stop-after-init", "--no-http"]
    # Odoo's own use of a library's old functions is not ours.
    command += ["--logfile", str(log), "--log-handler", "py.warnings:ERROR"]

    result = subprocess.run(command, cwd=REPO, capture_output=True, text=True)

    assert result.returncode == 0, result.stderr
    text = log.read_text()
    [paths] = re.findall(r"addons paths: .*", text)
    assert str(unpacked) in paths
    assert f"'{REPO}'" not in paths
    assert f"Module {addon} loaded" in text
    assert [line for line in text.splitlines() if _LEVEL.search(line)] == []


def test_uninstalled_after_use_core_is_as_it_was(fresh_database, tmp_path):
    addons = ["lead_scoring", "lead_followup", "lead_nurture", "lead_followup_privacy"]
    _shell(_USE)

    command = [REPO / "dev/odoo", "module", "uninstall", "-d", DATABASE, *addons]
    result = subprocess.run(command, capture_output=True, text=True)

    assert result.returncode == 0, result.stderr[-3000:]
    lines = result.stderr.splitlines()
    assert [line for line in lines if _LEVEL.search(line) or _NOT_DELETED.search(line)] == []
    with psycopg2.connect(dbname=DATABASE) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM ir_module_module WHERE name LIKE 'lead%' AND state <> 'uninstalled'"
        )
        assert cursor.fetchall() == []
    after = tmp_path / "after"
    _snapshot("take", after)
    assert _snapshot("compare", fresh_database, after) == ""
