"""A real server, a real browser and a real mail server, all on loopback."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import sync_playwright
from servers import DATABASE, REPO, Mailbox, Rpc, Server, answers, free_port, wait_for


@pytest.fixture(scope="session")
def mailbox():
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    box.port = controller.port
    yield box
    controller.stop()


@pytest.fixture(scope="session")
def wheels(tmp_path_factory):
    """The addons' wheels, by name of the addon."""
    folder = tmp_path_factory.mktemp("wheels")
    command = ["bash", REPO / "dev/wheels.sh", folder]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return {
        path.name.removeprefix("odoo_addon_").split("-")[0]: path for path in folder.glob("*.whl")
    }


@pytest.fixture(scope="session")
def unpacked(wheels, tmp_path_factory):
    """The folder on the addons path when pip has installed the wheels, and nothing of the clone."""
    target = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-deps"]
    command += ["--no-index", "--no-compile", "--target", target, *wheels.values()]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return target / "odoo" / "addons"


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    subprocess.run(["bash", REPO / "dev/template.sh", DATABASE], check=True)
    log = tmp_path_factory.mktemp("server") / "odoo.log"
    port = free_port()
    command = [REPO / "dev/odoo", "server", "-d", DATABASE, "--http-port", str(port)]
    command += ["--workers", "0", "--max-cron-threads", "1", "--logfile", str(log)]
    process = subprocess.Popen(command, env=os.environ)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: answers(url), 120, lambda: f"no server: {log.read_text()[-3000:]}")
        yield Server(url, Rpc(url))
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
            + ["--disable-background-networking", "--disable-component-update", "--disable-sync"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, server):
    """A page of somebody logged in as admin; fails on an error in the console."""
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{server.url}/web/login?db={DATABASE}")
    page.fill("input[name=login]", "admin")
    page.fill("input[name=password]", "admin")
    page.click("button[type=submit]")
    page.wait_for_selector(".o_web_client")
    yield page
    context.close()
    assert not errors, json.dumps(errors)
