"""Odoo shells on a database of their own, and what they leave in it."""

import os
import subprocess

import psycopg2
from servers import DATABASE as SERVED
from servers import EXPORTS, REPO

DATABASE = f"{SERVED}_kill"

_PREPARE = """
import base64
show = env["lead.trade.show"].create({{
    "name": "Expo", "date_begin": "2026-03-17", "date_end": "2026-03-19",
    "country_id": env.ref("base.us").id, "tz": "America/Los_Angeles"}})
env.ref("base.user_admin").email = "mara@demo.example.com"
show.sender_id = env.ref("base.user_admin")
job = env["lead.import"].create({{
    "trade_show_id": show.id, "file_name": "leadcapture_us.csv",
    "file": base64.b64encode(open({path!r}, "rb").read())}})
job.action_preview()
job.action_import()
env.cr.commit()
"""
RUN_IMPORT = """
type(env["lead.import"])._CHUNK = {chunk}
env["lead.import"]._cron_run_imports()
env.cr.commit()
"""


def shell(script):
    """Start an Odoo shell on the database with ``script``; return the process."""
    command = [REPO / "dev/odoo", "shell", "-d", DATABASE, "--no-http", "--log-level=error"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, env=os.environ)
    process.stdin.write(script.encode())
    process.stdin.close()
    return process


def query(sql):
    with psycopg2.connect(dbname=DATABASE) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def prepare_empty():
    """Make the database anew, with nothing in it."""
    subprocess.run(["bash", REPO / "dev/template.sh", DATABASE], check=True)


def prepare():
    """Make the database anew, with a show's file previewed and queued in it."""
    prepare_empty()
    assert shell(_PREPARE.format(path=str(EXPORTS / "leadcapture_us.csv"))).wait(120) == 0
