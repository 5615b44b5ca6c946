"""Takes pictures of the demo's screens, desktop and phone, in English and from right to left.

screenshots.py URL FOLDER [NAME…]     with `make serve` running
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

DESKTOP, PHONE = {"width": 1366, "height": 900}, {"width": 390, "height": 844}

# What to open and what to wait for; a click may follow.
SCREENS = {
    "shows": ("/odoo/trade-shows", ".o_kanban_record", None),
    "show": ("/odoo/trade-shows/1", ".o_form_view", None),
    "import": ("/odoo/lead-imports/1", ".o_form_view", None),
    "imports": ("/odoo/lead-imports", ".o_list_view", None),
    "leads": ("/odoo/action-crm.crm_lead_all_leads", ".o_list_view", None),
    "pipeline": ("/odoo/crm?view_type=kanban", ".o_kanban_view", None),
    "touches": ("/odoo/action-lead_followup.lead_touch_action", ".o_list_view", None),
    "cadence": ("/odoo/action-lead_followup.lead_cadence_action/1", ".o_form_view", None),
    "lead": ("/odoo/action-crm.crm_lead_all_leads/24", ".o_form_view", None),
    "lead_followup": (
        "/odoo/action-crm.crm_lead_all_leads/24",
        ".o_form_view",
        ".nav-link[name=followup]",
    ),
    "leads_kanban": (
        "/odoo/action-crm.crm_lead_all_leads?view_type=kanban",
        ".o_kanban_view",
        None,
    ),
    "settings": ("/odoo/settings#crm", ".o_setting_container", None),
}


def main(url: str, folder: Path, names: list[str]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for size, viewport in (("desktop", DESKTOP), ("phone", PHONE)):
            context = browser.new_context(viewport=viewport, has_touch=size == "phone")
            page = context.new_page()
            page.goto(f"{url}/web/login")
            page.fill("input[name=login]", "admin")
            page.fill("input[name=password]", "admin")
            page.click("button[type=submit]")
            page.wait_for_selector(".o_web_client")
            for name in names or SCREENS:
                path, wait, click = SCREENS[name]
                page.goto(url + path)
                page.wait_for_selector(f"{wait}, .o_kanban_view")
                if click:
                    page.click(click)
                page.wait_for_timeout(1200)
                page.screenshot(path=folder / f"{name}_{size}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    target = Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    main(sys.argv[1], target, sys.argv[3:])
