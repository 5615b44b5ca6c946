"""Others at work on the same rows: errors thrown by dice, and a real transaction in the way."""

import random
import threading
import time
from contextlib import suppress

import psycopg2

_TABLES = ("crm_lead", "lead_touch", "lead_cadence_enrollment", "lead_import_row", "lead_import")
_TABLES += ("lead_handover", "lead_recycle", "lead_score", "mail_mail", "lead_show_visit")

# A sequence is outside transactions: it counts what is rolled back as well.
_DICE = """
CREATE TABLE torture_dice (chance float8 NOT NULL);
INSERT INTO torture_dice VALUES (0);
CREATE SEQUENCE torture_thrown;
CREATE FUNCTION torture_throw() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('application_name') LIKE 'odoo-%%'
       AND random() < (SELECT chance FROM torture_dice) THEN
        PERFORM nextval('torture_thrown');
        IF random() < 0.5 THEN
            RAISE EXCEPTION 'torture: could not serialize access' USING ERRCODE = '40001';
        END IF;
        RAISE EXCEPTION 'torture: deadlock detected' USING ERRCODE = '40P01';
    END IF;
    RETURN NULL;
END $$;
"""
_TRIGGER = """
CREATE TRIGGER torture_throw AFTER INSERT OR UPDATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION torture_throw();
"""
_LOCKED = (
    ("crm_lead", "write_date"),
    ("lead_touch", "write_date"),
    ("lead_cadence_enrollment", "write_date"),
    ("lead_score", "scored_at"),
)


def install_dice(cluster, database):
    cluster.execute(database, _DICE + "".join(_TRIGGER.format(table=name) for name in _TABLES))


class Crosser(threading.Thread):
    """Locks some rows, writes what is there already, in an order nobody expects; lets go."""

    def __init__(self, cluster, database, seed):
        super().__init__(daemon=True)
        self.cluster, self.database = cluster, database
        self.deadlocks = 0
        self._dice = random.Random(seed)
        self._over = threading.Event()

    def run(self):
        while not self._over.is_set():
            with suppress(psycopg2.Error), self.cluster.connect(self.database) as connection:
                connection.autocommit = False
                while not self._over.is_set():
                    self._cross_or_yield(connection)
            time.sleep(0.3)

    def _cross_or_yield(self, connection):
        try:
            self._cross(connection)
        except psycopg2.extensions.TransactionRollbackError:
            self.deadlocks += 1
            connection.rollback()

    def _cross(self, connection):
        tables = self._dice.sample(_LOCKED, 2)
        with connection.cursor() as cursor:
            for table, column in tables:
                cursor.execute(
                    f"""UPDATE {table} SET {column} = {column} WHERE id IN (
                            SELECT id FROM {table} ORDER BY id DESC LIMIT 3
                            OFFSET %s * (SELECT GREATEST(count(*) - 3, 0) FROM {table}))""",
                    [self._dice.random()],
                )
                time.sleep(self._dice.uniform(0, 0.15))
        connection.commit()
        time.sleep(self._dice.uniform(0.05, 0.6))

    def end(self):
        self._over.set()
        self.join(30)
