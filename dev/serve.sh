#!/usr/bin/env bash
# The demo's database in the browser.
. "$(dirname "$(readlink -f "$0")")/lib.sh"
bash "$repo/dev/setup.sh"
load_runtime
load_database
need_free_port "$port"
"$venv/bin/python" "$repo/dev/database_exists.py" "$demo_db" || die "There is no database $demo_db yet. Call make demo first."
say "http://127.0.0.1:$port   user admin, password admin   (^C ends it)"
exec "$repo/dev/odoo" server -d "$demo_db" --db-filter "^$demo_db\$" "$@"
