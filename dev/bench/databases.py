"""The databases that the lines are measured on: made once for each state of the code, then kept.

Two of each size, with the same leads: ``ours`` has the addons, ``core`` only what they depend on.
A comment on the database says what it was made from; another one there is dropped.
"""

import hashlib
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg2
from psycopg2 import sql

HERE = Path(__file__).resolve().parent
KINDS = ("ours", "core")
SIZES = {"100k": 100_000, "1m": 1_000_000}


def base_name(size: str, kind: str) -> str:
    """Give the name of the filled database of this size and kind."""
    prefix = os.environ.get("LEAD_BENCH_DB", "lead_bench")
    return f"{prefix}_{kind}_{size}" + ("_part" if _share() != 1 else "")


def lead_count(size: str) -> int:
    """Give how many leads a database of this size holds."""
    return round(SIZES[size] * _share())


def is_trial() -> bool:
    """Tell whether this run makes do with less than is asked: sizes, or number of runs."""
    return _share() != 1 or "LEAD_BENCH_RUNS" in os.environ


def _share() -> float:
    return float(os.environ.get("LEAD_BENCH_SCALE") or 1)


def ensure(size: str, kind: str) -> str:
    """Have the filled database of this size and kind there, and give its name."""
    name, made_from = base_name(size, kind), _made_from(size)
    if not _is_still_good(_comment(name), made_from):
        print(f"· filling {name} with {lead_count(size):,} leads", file=sys.stderr, flush=True)
        drop(name)
        _run([sys.executable, "-m", "bench.build", name, kind, str(lead_count(size))])
        _set_comment(name, made_from)
    return name


def ensure_empty_core(modules: list[str], release: str) -> str:
    """Have a database with just these modules of Odoo's there, and give its name."""
    prefix = os.environ.get("LEAD_BENCH_DB", "lead_bench")
    name, made_from = f"{prefix}_core_empty", f"{release} {','.join(modules)}"
    if _comment(name) != made_from:
        drop(name)
        odoo = HERE.parent / "odoo"
        options = ["--stop-after-init", "--no-http", "--log-level=warn"]
        _run([str(odoo), "-d", name, "-i", ",".join(modules), *options])
        _set_comment(name, made_from)
    return name


def copy(source: str, target: str) -> None:
    """Make ``target`` a copy of ``source``, to which nothing may be connected just now."""
    drop(target)
    with closing(_connect()) as connection:
        file_copy = "STRATEGY FILE_COPY" if connection.server_version >= 150000 else ""
    _execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {} " + file_copy).format(
            sql.Identifier(target), sql.Identifier(source)
        )
    )


def drop(name: str) -> None:
    """Remove a database, whoever is connected to it."""
    _execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def vacuum(name: str) -> None:
    """Take the dead rows of what was rolled back away, so that the next way meets none."""
    _execute("VACUUM", name)


def vacuum_analyze(name: str) -> None:
    """Put a database that was just filled in order: dead rows, statistics, hint bits."""
    _execute("VACUUM ANALYZE", name)
    _execute("CHECKPOINT", name)


def _made_from(size: str) -> str:
    """Give what tells databases apart: the code, how they are filled, the number of leads."""
    digest = hashlib.sha256()
    for path in sorted([HERE / "build.py", *HERE.glob("fill*.py"), *HERE.glob("fill*/*.py")]):
        digest.update(path.read_bytes())
    return f"{os.environ['LEAD_BENCH_CODE']} {digest.hexdigest()[:12]} {lead_count(size)}"


def _is_still_good(comment: str | None, made_from: str) -> bool:
    """Tell whether a database made from ``comment`` will do.

    With ``LEAD_BENCH_KEEP`` set any of the same size will: for work on code that changes no column.
    """
    if comment and os.environ.get("LEAD_BENCH_KEEP"):
        return comment.split()[-1] == made_from.split()[-1]
    return comment == made_from


def _comment(name: str) -> str | None:
    query = """SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"""
    with closing(_connect()) as connection, connection.cursor() as cursor:
        cursor.execute(query, [name])
        found = cursor.fetchone()
    return found[0] if found else None


def _set_comment(name: str, text: str) -> None:
    _execute(
        sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(text))
    )


def _execute(query, name="postgres") -> None:
    with closing(_connect(name)) as connection, connection.cursor() as cursor:
        cursor.execute(query)


def _connect(name="postgres"):
    connection = psycopg2.connect(dbname=name, application_name="lead-bench")
    connection.autocommit = True
    return connection


def _run(command: list[str]) -> None:
    """Run a command whose output nobody wants unless it fails.

    :raises RuntimeError: it failed; with the end of its output.
    """
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{(done.stdout + done.stderr)[-3000:]}")
