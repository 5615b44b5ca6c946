"""Opens each of our screens, and those of the CRM, in Chromium; fails on an error in the console.

screens.py URL DATABASE LOGIN PASSWORD
"""

import shutil
import sys

from playwright.sync_api import sync_playwright

_MODULES = ["lead_scoring", "lead_followup", "lead_nurture", "crm"]
_PATIENCE = 180_000  # milliseconds: the first page makes all bundles
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
_FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


def find_actions(page, url):
    """Return ``[(name, action id)]`` of the menus the user sees that open one of our screens."""
    menus = page.request.get(f"{url}/web/webclient/load_menus").json()
    found = {}
    for menu in menus.values():
        xmlid = menu.get("xmlid") or ""
        if menu.get("actionID") and xmlid.split(".")[0] in _MODULES:
            found[menu["actionID"]] = menu["name"]
    return [(name, action) for action, name in sorted(found.items())]


def open_all(url, database, login, password):
    """Return ``{name of a screen: errors}``, empty where it opened in silence."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        page = chromium.new_context(viewport={"width": 1366, "height": 900}).new_page()
        page.set_default_timeout(_PATIENCE)
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and errors.append(said.text))
        page.goto(f"{url}/web/login?db={database}")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", password)
        page.click("button[type=submit]")
        page.wait_for_selector(".o_web_client")
        errors_by_screen = {"log in": list(errors)}
        for name, action in find_actions(page, url):
            errors.clear()
            page.goto(f"{url}/odoo/action-{action}")
            page.wait_for_selector(
                ".o_action_manager .o_control_panel, .o_action_manager .o_action, .o_dialog",
                timeout=120000,
            )
            page.wait_for_load_state("networkidle")
            if page.locator(".o_error_dialog").count():
                errors.append(page.locator(".o_error_dialog").first.inner_text())
            errors_by_screen[f"{name} ({action})"] = list(errors)
        chromium.close()
    return errors_by_screen


def main(*args):
    errors_by_screen = open_all(*args)
    for name, errors in errors_by_screen.items():
        for error in errors:
            print(f"{name}: {error}")
    print(f"{len(errors_by_screen)} screens opened as {args[2]}")
    return int(any(errors_by_screen.values()))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
