"""Copies a database with its filestore; one that has the copy's name is dropped before.

Odoo's ``db duplicate`` does the same, and loads all models for it. The files are linked, not
copied: Odoo writes a file once, under the name of its content, and otherwise only removes it.

copy_database.py SOURCE TARGET FILESTORES PORT
"""

import shutil
import sys
import uuid
from contextlib import closing
from datetime import datetime, timezone
from os import link
from pathlib import Path

import psycopg2
from psycopg2.sql import SQL, Identifier


def copy(source: str, target: str, filestores: Path, port: str) -> None:
    with closing(psycopg2.connect(dbname="postgres")) as connection:
        connection.autocommit = True  # no database is made inside a transaction
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN %s",
                [(source, target)],
            )
            cursor.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(target)))
            names = (Identifier(target), Identifier(source))
            cursor.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
    parameters = {  # what Odoo gives each database of its own
        "database.secret": str(uuid.uuid4()),
        "database.uuid": str(uuid.uuid1()),
        "database.create_date": f"{datetime.now(timezone.utc):%Y-%m-%d %H:%M:%S}",
        "web.base.url": f"http://localhost:{port}",
    }
    with closing(psycopg2.connect(dbname=target)) as connection:
        with connection, connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE ir_config_parameter SET value = %s WHERE key = %s",
                [(value, key) for key, value in parameters.items()],
            )
    shutil.rmtree(filestores / target, ignore_errors=True)
    if (filestores / source).is_dir():
        shutil.copytree(filestores / source, filestores / target, copy_function=link)


if __name__ == "__main__":
    copy(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4])
