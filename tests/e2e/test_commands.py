"""What a stranger meets who calls a command in the wrong place: one line says what to do."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from servers import REPO, free_port


def run(*command, **env):
    return subprocess.run(
        command,
        cwd=REPO,
        env={**os.environ, **{name: str(value) for name, value in env.items()}},
        capture_output=True,
        text=True,
        timeout=300,
    )


def assert_says(result, *words):
    """The command failed, and its last line holds ``words``."""
    assert result.returncode != 0, result.stdout
    last = [line for line in result.stderr.splitlines() if line.startswith("✗")]
    assert len(last) == 1, result.stderr
    for word in words:
        assert word in last[0]


def test_an_odoo_home_without_odoo_is_named(tmp_path):
    assert_says(run("make", "setup", ODOO_HOME=tmp_path), str(tmp_path), "Point it at the folder")


def test_an_odoo_of_another_version_is_refused(tmp_path):
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo" / "release.py").write_text("version_info = (18, 0, 0, 'final', 0, '')\n")

    assert_says(run("make", "setup", ODOO_HOME=tmp_path), "is not Odoo 19")


def test_an_odoo_19_of_one_s_own_is_taken():
    cache = subprocess.run(
        ["bash", "-c", ". dev/lib.sh; load_odoo; echo $odoo_home"],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()

    result = run("dev/odoo", "--version", ODOO_HOME=cache)

    assert result.returncode == 0, result.stderr
    assert "19.0" in result.stdout


def test_a_command_called_through_a_link_finds_its_clone(tmp_path):
    (tmp_path / "odoo").symlink_to(REPO / "dev/odoo")

    result = run(tmp_path / "odoo", "--version")

    assert result.returncode == 0, result.stderr
    assert "19.0" in result.stdout


@pytest.mark.parametrize("command", ["dev/odoo", "dev/serve.sh", "dev/template.sh"])
def test_a_postgresql_that_does_not_answer_is_named(command):
    result = run("bash", command, "lead_never_made", PGHOST="127.0.0.1", PGPORT=9)

    assert_says(result, "PGHOST=127.0.0.1 does not answer", "refused", "unset PGHOST")
    assert "Traceback" not in result.stderr


def test_a_socket_folder_that_is_not_there_is_named():
    result = run("dev/odoo", "--version", PGHOST="/nonexistent")

    assert_says(result, "PGHOST=/nonexistent does not answer", "unset PGHOST")
    assert "Traceback" not in result.stderr


def test_clean_removes_what_was_made_and_nothing_else(tmp_path):
    cache = tmp_path / "cache"
    env = {"LEAD_CACHE": cache, "PGHOST": ""}
    places = ["bash", "-c", ". dev/lib.sh; load_cluster; echo $cluster; cat $cluster/socket"]
    assert run("bash", "dev/database.sh", "start", **env).returncode == 0
    cluster, folder = run(*places, **env).stdout.split()
    assert Path(folder).is_dir()
    (cache / "mine.txt").write_text("of the user's own")

    result = run("make", "clean", **env)

    assert result.returncode == 0, result.stderr
    assert "Debian packages" in result.stdout
    assert not Path(cluster).exists()
    assert not Path(folder).exists()
    assert [path.name for path in cache.iterdir()] == ["mine.txt"]


def test_clean_removes_an_empty_cache(tmp_path):
    cache = tmp_path / "cache"
    cache.mkdir()

    result = run("make", "clean", LEAD_CACHE=cache)

    assert result.returncode == 0, result.stderr
    assert not cache.exists()


def test_a_taken_port_is_named():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()
        port = sock.getsockname()[1]

        assert_says(run("make", "serve", LEAD_PORT=port), str(port), "taken", "LEAD_PORT=")


def test_serve_before_demo_says_which_comes_first():
    assert_says(
        run("bash", "dev/serve.sh", LEAD_PORT=free_port(), LEAD_DEMO_DB="lead_never_made"),
        "make demo first",
    )


def test_a_python_that_does_not_fit_is_named(tmp_path):
    fake = tmp_path / "python3"
    fake.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2\nexit 1\n')
    fake.chmod(0o755)
    for name in ("python3.11", "python3.10"):
        (tmp_path / name).symlink_to(fake)

    result = run(
        "bash",
        "dev/setup_venv.sh",
        LEAD_CACHE=tmp_path / "c",
        PATH=f"{tmp_path}:{os.environ['PATH']}",
    )

    assert_says(result, "Python 3.9.2", "3.10 and 3.11")


def test_a_cache_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")

    assert_says(run("make", "setup", LEAD_CACHE=tmp_path / "file" / "cache"), "LEAD_CACHE")


def test_no_network_says_what_failed(tmp_path):
    result = run(
        "bash",
        "dev/setup_venv.sh",
        LEAD_CACHE=tmp_path,
        PIP_INDEX_URL="http://127.0.0.1:9/simple",
        PIP_EXTRA_INDEX_URL="",
        PIP_CONFIG_FILE="/dev/null",
        PIP_FIND_LINKS="",
        PIP_RETRIES=0,
        PIP_NO_CACHE_DIR=1,
    )

    assert_says(result, "pip could not install", "network")


def test_a_full_disk_is_named(tmp_path):
    fake = tmp_path / "df"
    fake.write_text("#!/bin/sh\necho Avail\necho 1000\n")
    fake.chmod(0o755)

    result = run(
        "bash",
        "dev/setup_odoo.sh",
        LEAD_CACHE=tmp_path / "cache",
        PATH=f"{tmp_path}:{os.environ['PATH']}",
    )

    assert_says(result, "2.5 GB", "Make room")


def test_a_system_without_apt_is_named(tmp_path):
    for name in ("bash", "dirname", "readlink", "env", "grep", "awk", "python3", "id"):
        (tmp_path / name).symlink_to(shutil.which(name))

    result = run("bash", "dev/setup_system.sh", PATH=tmp_path, LEAD_CACHE=tmp_path / "cache")

    assert_says(result, "no apt-get", "ODOO_HOME")


def test_a_second_setup_says_nothing():
    result = run("bash", "dev/setup.sh")

    assert result.returncode == 0, result.stderr
    assert result.stdout == ""
