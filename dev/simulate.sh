#!/usr/bin/env bash
# A thousand leads over sixty days, by dice; prints what happened and fails on a broken rule.
#   simulate.sh [SEED]
. "$(dirname "$(readlink -f "$0")")/lib.sh"
bash "$repo/dev/setup.sh" test
load_runtime
load_database
bash "$repo/dev/template.sh" lead_simulation
write_settings
cd "$repo"
LEAD_SIMULATION_LEADS=${LEAD_SIMULATION_LEADS:-1000} LEAD_SIMULATION_SEED=${1:-1} "$venv/bin/python" -m pytest -p no:cacheprovider -q -s --color=no \
    --odoo-database=lead_simulation --odoo-http --odoo-log-level=error \
    lead_followup/tests/test_simulation.py
