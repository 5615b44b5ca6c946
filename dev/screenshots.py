"""Takes the pictures of README and the store pages from the demo's database.

screenshots.py URL FOLDER [NAME…]     with a server of the demo at URL
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

SIZE = {"width": 1280, "height": 760}
COLOURS = 96  # a screen has few; it makes a picture a third as big
_LEADS = "/odoo/action-crm.crm_lead_all_leads"
_FIRST = ".o_data_row td.o_data_cell[name]:not(.o_handle_cell)"

# The page to open, what is clicked there one after the other, and what is in the picture then.
SCREENS = {
    "leads": (_LEADS, [], ".o_data_row"),
    "lead": (_LEADS, [".o_data_row:has-text('Hot') td[name=name]"], ".o_form_view"),
    "import": (
        "/odoo/action-lead_followup.lead_import_action",
        [".o_data_row:last-child td.o_data_cell[name]"],
        ".o_form_view",
    ),
    "cadence": ("/odoo/action-lead_followup.lead_cadence_action", [_FIRST], ".o_form_view"),
    "scorecard": (
        "/odoo/trade-shows",
        [".o_kanban_record:has-text('Autumn Plant Fair')", "[name=action_open_scorecard]"],
        ".o_action:not(:has(.o_form_view))",
    ),
    "funnel": ("/odoo/action-lead_nurture.lead_funnel_report_action", [], "canvas, .o_pivot"),
    "plan": ("/odoo/action-lead_nurture.lead_plan_action", [_FIRST], ".o_form_view"),
    "health": ("/odoo/action-lead_nurture.lead_health_check_action", [], _FIRST),
}


def log_in(page, url):
    page.goto(f"{url}/web/login")
    page.fill("input[name=login]", "admin")
    page.fill("input[name=password]", "admin")
    page.click("button[type=submit]")
    page.wait_for_selector(".o_web_client")


def take(page, url, name, path):
    """Save the picture of a screen, in few colours."""
    address, clicks, shown = SCREENS[name]
    page.goto(url + address)
    for what in clicks:
        page.locator(what).first.click()
    page.wait_for_selector(shown)
    page.wait_for_timeout(1500)  # charts are drawn, what was clicked fades
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def main(url: str, folder: Path, names: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_context(viewport=SIZE).new_page()
        log_in(page, url)
        for name in names or SCREENS:
            path = folder / f"{name}.png"
            take(page, url, name, path)
            print(f"{path}  {path.stat().st_size // 1024} kB")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
