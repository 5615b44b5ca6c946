#!/usr/bin/env bash
# Our way beside Odoo core's and the bare SQL, in the same run; exits with 1 where a line falls short.
#   bench.sh [100k|1m] [--write] [LINE…]     docs/bench.md tells what the lines are
. "$(dirname "$(readlink -f "$0")")/lib.sh"
bash "$repo/dev/setup.sh" test
load_runtime
load_database
write_settings
size=${1:-100k}
[ $# = 0 ] || shift
export LEAD_BENCH_CODE LEAD_BENCH_FOLDER=$cache/bench LEAD_ADDONS=$addons
LEAD_BENCH_CODE=$(code_key)
# What the meter can't see must not be: work spread over parallel backends.
export PGOPTIONS="-c max_parallel_workers_per_gather=0 -c max_parallel_maintenance_workers=0"
export PYTHONPATH=$repo/dev:$PYTHONPATH
cd "$repo"
exec "$venv/bin/python" -m bench "$size" "$@"
