#!/usr/bin/env bash
# Imports by Odoo's scheduler, and as jobs of OCA's job queue, one and two at once; docs/scaling.md tells of it.
#   scaling.sh [ROWS]     of each of four files
. "$(dirname "$(readlink -f "$0")")/lib.sh"
bash "$repo/dev/setup.sh" test
bash "$repo/dev/setup_queue_job.sh"
load_runtime
load_database
write_settings
queue_job=$cache/queue-job
export PYTHONPATH=$PYTHONPATH:$queue_job
export LEAD_SCALING_DB=${LEAD_SCALING_DB:-lead_scaling}
export LEAD_SCALING_ODOO="$venv/bin/python $repo/tests/e2e/odoo_bin.py"
export LEAD_SCALING_PATH=$addons_path,$queue_job/odoo/addons
PYTHONPATH=$repo/tests/e2e:$PYTHONPATH exec "$venv/bin/python" "$repo/dev/scaling.py" "${1:-1000}"
