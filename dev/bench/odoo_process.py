"""Odoo inside this process: settings, registries, transactions."""

from contextlib import contextmanager

import odoo.init  # noqa: F401  first of all: UTC, and what Odoo mends in other libraries
from odoo import SUPERUSER_ID, api, sql_db, tools
from odoo.modules.registry import Registry


def start(database: str) -> None:
    """Read Odoo's settings (``ODOO_RC``), without a web server and with warnings only."""
    tools.config.parse_config(
        ["-d", database, "--no-http", "--max-cron-threads=0"]
        + ["--log-level=error", "--log-handler=py.warnings:ERROR"],
        setup_logging=True,
    )


@contextmanager
def environment(database: str):
    """Give an environment of the superuser; what is not committed is rolled back at the end."""
    with Registry(database).cursor() as cursor:
        try:
            yield api.Environment(cursor, SUPERUSER_ID, {})
        finally:
            cursor.rollback()


@contextmanager
def never_committed(database: str):
    """Give an environment whose commits only write down what is pending; all is rolled back.

    Code that commits on its way (crons do) then leaves no trace either, at the price of one long
    transaction instead of several. What Odoo had cached in the process is forgotten afterwards.
    """
    registry = Registry(database)
    with environment(database) as env:
        cursor = env.cr
        cursor.commit = cursor.flush
        try:
            yield env
        finally:
            del cursor.commit
            cursor.rollback()
            registry.reset_changes()
            registry.clear_all_caches()


def application_name() -> str:
    """Give the name by which PostgreSQL knows the connections of this process."""
    return sql_db.connection_info_for("postgres")[1]["application_name"]
