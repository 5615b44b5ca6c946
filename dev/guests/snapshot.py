"""What a database holds: its schema and each row of each table; and what became otherwise.

snapshot.py take FILE            of the database named by PGDATABASE
snapshot.py compare BEFORE AFTER [--schema]
    prints what is new, gone or changed and not allowed to be; exits 1 if there is anything.
    With --schema only the schema is looked at.
"""

import json
import sys
from pathlib import Path

import psycopg2
from psycopg2 import sql

try:
    from . import allowed
except ImportError:  # run as a script
    import allowed

# {kind: query of (name, definition)}; names are unique within their kind
_SCHEMA = {
    "table": """
        SELECT c.relname, c.relkind::text FROM pg_class c
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p')
           AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')""",
    "column": """
        SELECT c.relname || '.' || a.attname,
               format_type(a.atttypid, a.atttypmod)
               || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
               || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
          FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
          LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p')
           AND a.attnum > 0 AND NOT a.attisdropped""",
    "index": """
        SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'""",
    "constraint": """
        SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
          FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'""",
    "sequence": """
        SELECT relname, '' FROM pg_class
         WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'""",
    "function": """
        SELECT oid::regprocedure::text, prosrc FROM pg_proc p
         WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (
               SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')""",
    "trigger": """
        SELECT tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid)
          FROM pg_trigger WHERE NOT tgisinternal""",
    "type": """
        SELECT typname, typtype::text FROM pg_type
         WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
           AND NOT EXISTS (
               SELECT 1 FROM pg_depend d WHERE d.objid = pg_type.oid AND d.deptype = 'e')""",
    "extension": "SELECT extname, '' FROM pg_extension",
    "comment": """
        SELECT c.relname || '.' || coalesce(a.attname, ''), d.description
          FROM pg_description d
          JOIN pg_class c ON c.oid = d.objoid AND d.classoid = 'pg_class'::regclass
          LEFT JOIN pg_attribute a
            ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0
         WHERE c.relnamespace = 'public'::regnamespace""",
}


def take(connection) -> dict:
    """Return ``{"schema": {kind: {name: definition}}, "rows": {table: [row]}}``."""
    with connection.cursor() as cursor:
        schema = {}
        for kind, query in _SCHEMA.items():
            cursor.execute(query)
            schema[kind] = dict(cursor.fetchall())
        rows = {}
        for table, kind in sorted(schema["table"].items()):
            if kind == "r" and table not in allowed.UNREAD_TABLES:
                rows[table] = _read_rows(cursor, table)
    return {"schema": schema, "rows": rows}


def _read_rows(cursor, table):
    cursor.execute(sql.SQL("SELECT to_jsonb(t) FROM {} t").format(sql.Identifier(table)))
    return [row for (row,) in cursor.fetchall()]


def load(path) -> dict:
    """Return what ``take`` told, with the rows of each table by their ids.

    Where a table has none, the row itself, as text, is its key.
    """
    snapshot = json.loads(Path(path).read_text(encoding="utf-8"))
    snapshot["rows"] = {
        table: {row.get("id") or json.dumps(row, sort_keys=True): row for row in rows}
        for table, rows in snapshot["rows"].items()
    }
    return snapshot


def compare_schema(before, after):
    """Return sentences on what is new, gone or changed in the schema.

    >>> compare_schema({"index": {"a": "x", "b": "y"}}, {"index": {"a": "z", "c": "y"}})
    ['index a changed: x → z', 'index b is gone: y', 'index c is new: y']
    """
    said = []
    for kind, old in before.items():
        new = after[kind]
        for name in sorted(old.keys() | new.keys()):
            if name not in new:
                said.append(f"{kind} {name} is gone: {_short(old[name])}")
            elif name not in old:
                said.append(f"{kind} {name} is new: {_short(new[name])}")
            elif old[name] != new[name]:
                said.append(f"{kind} {name} changed: {_short(old[name])} → {_short(new[name])}")
    return said


def compare_rows(before, after):
    """Return sentences on rows that are new, gone or changed and must not be."""
    said = []
    for table in sorted(before.keys() & after.keys()):
        old, new = before[table], after[table]
        for key in sorted(old.keys() | new.keys(), key=str):
            if key not in new:
                if not allowed.may_go(table, old[key]):
                    said.append(f"{table} {_label(old[key])} is gone")
            elif key not in old:
                if not allowed.may_come(table, new[key], after):
                    said.append(f"{table} {_label(new[key])} is new")
            elif told := describe_change(table, old[key], new[key]):
                said.append(f"{table} {told}")
    return said


def describe_change(table, old, new):
    """Return what became of the row ``old``, None if nothing; ``new`` is None if it is gone."""
    if new is None:
        return f"{_label(old)} is gone"
    if not (changed := _find_changed(table, old, new)):
        return None
    told = ", ".join(f"{name}: {_short(was)} → {_short(now)}" for name, was, now in changed)
    return f"{_label(new)} changed: {told}"


def _find_changed(table, old, new):
    return [
        (name, old.get(name), new.get(name))
        for name in sorted(old.keys() & new.keys())
        if old[name] != new[name] and not allowed.may_change(table, name, old, new)
    ]


def _label(row):
    words = [str(row["id"])] if "id" in row else []
    words += [
        f"{name}={_short(row[name])}"
        for name in (
            "module",
            "model",
            "res_model",
            "key",
            "name",
            "display_name",
            "subject",
            "res_id",
        )
        if row.get(name)
    ]
    return " ".join(words) if len(words) > 1 or "id" in row else _short(row)


def _short(value):
    text = str(value)
    return text if len(text) <= 160 else f"{text[:157]}…"


def main(what, *rest):
    if what == "take":
        connection = psycopg2.connect("")
        connection.set_session(readonly=True, isolation_level="REPEATABLE READ")
        Path(rest[0]).write_text(json.dumps(take(connection)), encoding="utf-8")
        return 0
    before, after = map(load, rest[:2])
    said = compare_schema(before["schema"], after["schema"])
    if "--schema" not in rest:
        said += compare_rows(before["rows"], after["rows"])
    for sentence in said:
        print(sentence)
    return int(bool(said))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
