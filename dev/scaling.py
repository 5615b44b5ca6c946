"""Four files imported at once: by the scheduler alone, and by the job queue, one and two at once.

Each way has a database of its own, made anew, and one server. Counted are the clock from the
moment the first begins until all are done, and the CPU seconds of the server's processes and
of the database's backends, as they were last seen.
"""

import base64
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg2
from servers import answers, free_port, wait_for

REPO = Path(__file__).resolve().parents[1]
DATABASE = os.environ["LEAD_SCALING_DB"]
FILES = 4
WAYS = (("scheduler", 0), ("jobs, 1 at once", 1), ("jobs, 2 at once", 2))

_PREPARE = """
show = env["lead.trade.show"].create({{
    "name": "Expo", "date_begin": "2026-03-17", "date_end": "2026-03-19",
    "country_id": env.ref("base.us").id, "tz": "America/Los_Angeles"}})
env.ref("base.user_admin").email = "mara@demo.example.com"
show.sender_id = env.ref("base.user_admin")
for content in {files!r}:
    job = env["lead.import"].create({{
        "trade_show_id": show.id, "file_name": "people.csv", "file": content}})
    job.action_preview()
    job.action_import()
imports = env.ref("lead_followup.ir_cron_run_imports")
env["ir.cron"].search([("id", "!=", imports.id)]).active = False
env.cr.commit()
"""


def odoo(command, *arguments):
    """Return the command line of Odoo on the database, with the job queue within its reach."""
    start = os.environ["LEAD_SCALING_ODOO"].split()
    path = f"--addons-path={os.environ['LEAD_SCALING_PATH']}"
    return [*start, command, "-d", DATABASE, path, "--log-level=error", *arguments]


def query(sql):
    with psycopg2.connect(dbname=DATABASE, application_name="scaling") as connection:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()


def make_file(numbers):
    rows = ["Name,E-mail,Company,Country"]
    rows += [f"Ann A{n},ann{n}@firm{n}.example,Firm {n},United States" for n in numbers]
    return base64.b64encode("\n".join(rows).encode()).decode()


def prepare(rows, with_jobs):
    """Make the database anew, with the files previewed and queued in it."""
    subprocess.run(["bash", REPO / "dev/template.sh", DATABASE], check=True)
    if with_jobs:
        install = odoo("server", "-i", "queue_job", "--stop-after-init", "--no-http")
        subprocess.run(install, check=True)
    files = [make_file(range(rows * n, rows * (n + 1))) for n in range(FILES)]
    script = _PREPARE.format(files=files)
    subprocess.run(odoo("shell", "--no-http"), input=script, text=True, check=True)


def find_cpu(server):
    """Return ``{(pid, kind): CPU seconds}`` of the server's processes and of the backends."""
    backends = query("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
    family = [server, *server.children(recursive=True)]
    found = {}
    for kind, processes in (("odoo", family), ("postgres", [pid for (pid,) in backends])):
        for process in processes:
            with suppress(psutil.NoSuchProcess):  # it has ended meanwhile
                process = process if kind == "odoo" else psutil.Process(process)
                times = process.cpu_times()
                found[process.pid, kind] = times.user + times.system
    return found


def measure(rows, jobs):
    """Return the seconds of the clock, of Odoo's processes and of PostgreSQL's, and the jobs."""
    prepare(rows, jobs)
    port = free_port()
    channels = {"ODOO_QUEUE_JOB_CHANNELS": f"root:{jobs}"}
    load = "--load=base,rpc,web" + (",queue_job" if jobs else "")
    server = subprocess.Popen(
        odoo(
            "server",
            load,
            "--workers=3",
            "--max-cron-threads=1",
            "--http-interface=127.0.0.1",
            f"--http-port={port}",
            f"--gevent-port={free_port()}",
        ),
        env={**os.environ, **channels},
    )
    started, seen = {}, {}
    try:
        wait_for(lambda: answers(f"http://127.0.0.1:{port}"), 180)
        wait_for(lambda: query("SELECT FROM lead_import WHERE state = 'running'"), 180)
        begin = time.monotonic()
        while query("SELECT FROM lead_import WHERE state <> 'done'"):
            seen |= find_cpu(psutil.Process(server.pid))
            started = seen | started
            time.sleep(0.2)
        clock = time.monotonic() - begin
    finally:
        server.terminate()
        server.wait(60)
    used = {
        kind: sum(seen[key] - started[key] for key in seen if key[1] == kind)
        for kind in ("odoo", "postgres")
    }
    [(leads,)] = query("SELECT count(*) FROM crm_lead")
    assert leads == rows * FILES, f"{leads} leads instead of {rows * FILES}"
    lasted = "SELECT count(*), max(exec_time) FROM queue_job WHERE state = 'done'"
    return clock, used["odoo"], used["postgres"], query(lasted)[0] if jobs else (0, 0)


def main():
    rows = int(sys.argv[1])
    print(f"{FILES} files of {rows} rows; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print("| way | clock s | CPU s Odoo | CPU s PostgreSQL | ms CPU a row | jobs | longest s |")
    print("|---|---|---|---|---|---|---|")
    for name, jobs in WAYS:
        clock, python, database, (count, longest) = measure(rows, jobs)
        cost = (python + database) / rows / FILES * 1000
        figures = f"{clock:.0f} | {python:.1f} | {database:.1f} | {cost:.1f}"
        print(f"| {name} | {figures} | {count} | {longest:.1f} |", flush=True)
    subprocess.run([REPO / "dev/odoo", "db", "drop", DATABASE], check=True, capture_output=True)


main()
