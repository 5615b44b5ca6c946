"""What the set-up takes from npm: rtlcss mirrors the screens, and nothing else waits for it."""

import os
import shutil
import subprocess

from servers import REPO

_NEEDED = ("bash", "dirname", "readlink", "cat", "cut", "sha256sum", "mkdir", "rm", "cp", "tail")


def run(*command, **env):
    return subprocess.run(
        command,
        cwd=REPO,
        env={**os.environ, **{name: str(value) for name, value in env.items()}},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_what_odoo_calls_mirrors_a_style_sheet():
    result = run(
        "bash",
        "-c",
        ". dev/lib.sh; load_runtime; echo 'a{margin-left:1px;text-align:end}' | rtlcss -",
    )

    assert result.returncode == 0, result.stderr
    assert "margin-right:1px" in result.stdout, "rtlcss is missing: make test installs it"


def test_without_npm_the_set_up_says_so_and_goes_on(tmp_path):
    for name in _NEEDED:
        (tmp_path / name).symlink_to(shutil.which(name))

    result = run("bash", "dev/setup_node.sh", PATH=tmp_path, LEAD_CACHE=tmp_path / "cache")

    assert result.returncode == 0, result.stderr
    assert "npm is not here" in result.stdout
    assert "are not mirrored; all else works" in result.stdout


def test_without_network_the_set_up_says_so_and_goes_on(tmp_path):
    cache = tmp_path / "cache"

    result = run(
        "bash",
        "dev/setup_node.sh",
        LEAD_CACHE=cache,
        npm_config_registry="http://127.0.0.1:9",
        npm_config_cache=tmp_path / "npm",
        npm_config_fetch_retries=0,
    )

    assert result.returncode == 0, result.stderr
    assert "npm could not install" in result.stdout
    assert "network" in result.stdout
    assert not list(cache.glob("node-*/.complete"))  # it is tried again next time
