#!/usr/bin/env bash
# All that a target needs, step by step; what is there already is skipped.  setup.sh [run|test|lint]
. "$(dirname "$(readlink -f "$0")")/lib.sh"
purpose=${1:-run}
[ -z "${ODOO_HOME:-}" ] || load_odoo   # a wrong one is told before anything is installed

mkdir -p "$cache" 2>/dev/null || die "$cache can't be written to. Set LEAD_CACHE to a folder of yours."
exec 9>"$cache/setup.lock"
flock -n 9 || { say "another setup is at work, waiting for it"; flock 9; }
here=$repo/dev
bash "$here/setup_system.sh" "$purpose" 9>&-
bash "$here/setup_venv.sh" "$purpose" 9>&-
bash "$here/setup_odoo.sh" 9>&-
if [ "$purpose" != lint ]; then bash "$here/setup_node.sh" 9>&-; fi
if [ "$purpose" != lint ]; then bash "$here/database.sh" start 9>&-; fi
