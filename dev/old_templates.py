"""Prints the names of the template databases of older code, one a line.

The five made last are kept: going back and forth between branches costs no new one.

old_templates.py CURRENT
"""

import sys

import psycopg2

connection = psycopg2.connect(dbname="postgres")
with connection.cursor() as cursor:
    cursor.execute(
        r"""SELECT datname FROM pg_database
             WHERE datname LIKE 'lead\_template\_%%' AND datname <> %s
             ORDER BY oid DESC OFFSET 5""",
        [sys.argv[1]],
    )
    for (name,) in cursor.fetchall():
        print(name)
