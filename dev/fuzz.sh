#!/usr/bin/env bash
# Bent files for the import: read by its reader, some of them previewed in a database.
#   fuzz.sh [FILES [FIRST SEED]]     FUZZ_PREVIEWS=200 how many of them in the database
. "$(dirname "$(readlink -f "$0")")/lib.sh"
bash "$repo/dev/setup.sh" test
load_runtime
load_database
files=${1:-10000}
first=${2:-1}
cd "$repo"
code=0
say "reading $files bent files, each within a limit of memory and time"
env -u PYTHONPATH "$venv/bin/python" -m dev.fuzz "$files" "$first" || code=1

database=${LEAD_FUZZ_DB:-lead_fuzz}
bash "$repo/dev/template.sh" "$database"
write_settings
say "previewing ${FUZZ_PREVIEWS:-200} of them"
LEAD_FUZZ_PREVIEWS=${FUZZ_PREVIEWS:-200} LEAD_FUZZ_SEED=$first "$venv/bin/python" -m pytest -p no:cacheprovider \
    -q -s --color=no --odoo-database="$database" --odoo-log-level=error \
    lead_followup/tests/test_lead_import_bent.py || code=1
exit "$code"
