"""Exits 0 if the database named exists, 1 if not.

The server's address comes from PGHOST and its fellows.
"""

import sys

import psycopg2

connection = psycopg2.connect(dbname="postgres")
with connection.cursor() as cursor:
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [sys.argv[1]])
    sys.exit(cursor.fetchone() is None)
