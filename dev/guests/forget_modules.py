"""Lets a database know nothing of our addons yet: an earlier version may not have had them all.

Of the database named by PGDATABASE, in which none of them is installed.
"""

import psycopg2


def main(connection):
    with connection, connection.cursor() as cursor:
        cursor.execute(
            """DELETE FROM ir_module_module WHERE name LIKE %s AND state = 'uninstalled'
               RETURNING 'module_' || name""",
            ["lead\\_%"],
        )
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            "DELETE FROM ir_model_data WHERE module = 'base' AND name = ANY(%s)", [names]
        )


if __name__ == "__main__":
    main(psycopg2.connect(""))
