"""Prints the names of the template databases of older code, one a line.

old_templates.py CURRENT
"""

import sys

import psycopg2

connection = psycopg2.connect(dbname="postgres")
with connection.cursor() as cursor:
    cursor.execute(
        r"""SELECT datname FROM pg_database
             WHERE datname LIKE 'lead\_template\_%%' AND datname <> %s""",
        [sys.argv[1]],
    )
    for (name,) in cursor.fetchall():
        print(name)
