"""Serves a database under a clock that stands still until it is moved; run by Odoo's shell.

Everything is Odoo's own: its scheduler decides which jobs are ready, its HTTP root answers. Only
the clock is another one, in Python and where the cursor asks PostgreSQL for it. One path more is
served: ``/moved-clock?to=ISO`` moves the clock, lets the scheduler run what is ready until nothing
is, and tells when the next wake-up stands.
"""

import datetime
import json
import os
from urllib.parse import parse_qs

from freezegun import freeze_time
from werkzeug.serving import WSGIRequestHandler, make_server

from odoo.http import root
from odoo.sql_db import BaseCursor, db_connect

from odoo.addons.base.models.ir_cron import IrCron

DATABASE = os.environ["MOVED_CLOCK_DB"]
_MOST_ROUNDS = 50  # of a moment; more would be jobs that wake each other without end

clock = freeze_time(os.environ["MOVED_CLOCK_START"]).start()
BaseCursor.now = lambda _cursor: datetime.datetime.now()


def run_ready_jobs():
    for _round in range(_MOST_ROUNDS):
        with db_connect(DATABASE).cursor() as cursor:
            if not IrCron._get_all_ready_jobs(cursor):
                return
        IrCron._process_jobs(DATABASE)
    raise AssertionError(f"jobs wake each other without end at {datetime.datetime.now()}")


def next_wake_up():
    with db_connect(DATABASE).cursor() as cursor:
        cursor.execute(
            """SELECT min(call_at) FROM ir_cron_trigger t JOIN ir_cron c ON c.id = t.cron_id
                WHERE c.active AND call_at > %s""",
            [datetime.datetime.now()],
        )
        [moment] = cursor.fetchone()
    return moment and moment.isoformat()


def serve(environ, start_response):
    if environ["PATH_INFO"] != "/moved-clock":
        return root(environ, start_response)
    clock.move_to(parse_qs(environ["QUERY_STRING"])["to"][0])
    run_ready_jobs()
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"next": next_wake_up()}).encode()]


class Quiet(WSGIRequestHandler):
    def log(self, *_args, **_kwargs):
        """Say nothing of requests."""


env.cr.rollback()  # noqa: F821  the shell's
port = int(os.environ["MOVED_CLOCK_PORT"])
make_server("127.0.0.1", port, serve, threaded=True, request_handler=Quiet).serve_forever()
