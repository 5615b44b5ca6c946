#!/usr/bin/env bash
# The main job on real input, in the database lead_demo, from its beginning.
. "$(dirname "$(readlink -f "$0")")/lib.sh"
bash "$repo/dev/setup.sh"
load_runtime
load_database
bash "$repo/dev/template.sh" "$demo_db"
say "the job itself"
LEAD_DEV=$repo/dev "$repo/dev/odoo" shell -d "$demo_db" --no-http --log-level=warn --log-handler=py.warnings:ERROR <<'PY'
import os
import sys
sys.path.insert(0, os.environ["LEAD_DEV"])
from demo import run
run.main(env)
PY
echo
echo "Look at it: make serve, then http://127.0.0.1:$port   user admin, password admin"
