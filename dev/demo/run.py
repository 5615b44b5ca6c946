"""The main job: a show that closed yesterday, its exports imported, first contacts planned.

Beside it the year before, written at once, so that reports have something to say.
"""

import base64
from datetime import timedelta

from odoo import fields

from . import exports, table, world, year

COMPETITORS = "Rivalworks Pumps Inc.\nGegenspieler Technik GmbH"


def main(env):
    """Build the world, import both files, and one of them again; print what the database says."""
    last_day = fields.Date.today() - timedelta(days=1)
    show = world.build(env, last_day, last_day - timedelta(days=2))
    jobs = env["lead.import"]
    for file_name, content, tz in (
        ("leadcapture_us.csv", exports.leadcapture(last_day), "America/Los_Angeles"),
        ("booth_sheet.xlsx", exports.booth_sheet(last_day), "America/Chicago"),
        ("leadcapture_us.csv", exports.leadcapture(last_day), "America/Los_Angeles"),
    ):
        job = env["lead.import"].create(
            {
                "trade_show_id": show.id,
                "file": base64.b64encode(content),
                "file_name": file_name,
                "tz": tz,
                "date_order": "MDY",
                "competitor_names": COMPETITORS,
            }
        )
        job.action_preview()
        job.action_import()
        env["lead.import"]._cron_run_imports()
        jobs |= job
    env.cr.commit()
    table.show(env, show, jobs)
    year.main(env)
