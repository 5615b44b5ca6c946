#!/usr/bin/env bash
# Kills servers and databases at work and checks that nothing is lost or doubled; docs/torture.md.
#   MINUTES=20 KILLS=100 SEED=1 ONLY=import,sending torture.sh
. "$(dirname "$(readlink -f "$0")")/lib.sh"
bash "$repo/dev/setup.sh" test
load_venv
load_database
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null ||
    die "The torture crashes a PostgreSQL of its own, and none is installed here. Install the package postgresql, then call make again."
database=${LEAD_TORTURE_DB:-lead_torture}
bash "$repo/dev/template.sh" "$database"
cd "$repo/dev"
PYTHONPATH=$repo/dev:$repo/tests/e2e exec "$venv/bin/python" -m torture "$database" "$PGHOST"
