"""Changes a record of each model that we ship for people to change, as people would: its name.

Of the database named by PGDATABASE; an upgrade must leave every one as it is then.
"""

import psycopg2
from psycopg2 import sql

MARK = " (ours)"
_NAMED = ("name", "subject")


def main(connection):
    with connection, connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT ON (model) model, res_id FROM ir_model_data
                WHERE noupdate AND module LIKE 'lead\\_%%' ORDER BY model, id"""
        )
        for model, record in cursor.fetchall():
            _change(cursor, model.replace(".", "_"), record)


def _change(cursor, table, record):
    cursor.execute(
        """SELECT column_name, data_type FROM information_schema.columns
            WHERE table_name = %s AND column_name IN %s ORDER BY column_name LIMIT 1""",
        [table, _NAMED],
    )
    for column, data_type in cursor.fetchall():
        value = "jsonb_set({c}, '{{en_US}}', to_jsonb(({c}->>'en_US') || %s))"
        cursor.execute(
            sql.SQL(
                "UPDATE {} SET {} = "
                + (value if data_type == "jsonb" else "{c} || %s")
                + " WHERE id = %s"
            ).format(sql.Identifier(table), sql.Identifier(column), c=sql.Identifier(column)),
            [MARK, record],
        )
        print(f"changed {table} {record}: {column}")


if __name__ == "__main__":
    main(psycopg2.connect(""))
