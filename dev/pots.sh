#!/usr/bin/env bash
# The addons' texts beside their .pot files, by a template database of this very code.
#   pots.sh write            writes the files; makes the template where there is none
#   pots.sh check            the same, and only says what differs
#   pots.sh                  compares where there is a template (make test leaves one), else says that it does not
. "$(dirname "$(readlink -f "$0")")/lib.sh"
mode=${1:-}
if [ -z "$mode" ]; then
    later() { say "not compared: $1. dev/pots.sh check makes what it needs"; exit 0; }
    load_venv
    load_cluster
    [ -e "$venv/.run" ] || later "nothing is set up here"
    [ -n "${PGHOST:-}" ] || [ -e "$cluster/socket" ] || later "the database is not running"
    mode=check
    ready_only=1
else
    bash "$repo/dev/setup.sh" test
fi
load_runtime
load_database
write_settings
template=lead_template_$(code_key)
if ! "$venv/bin/python" "$repo/dev/database_exists.py" "$template"; then
    [ -z "${ready_only:-}" ] || later "there is no template database of this code yet"
    bash "$repo/dev/template.sh" lead_pots
fi
exec 8>"$cache/template.lock"
flock 8   # nobody can copy a database that somebody is in
LEAD_POTS=$mode LEAD_REPO=$repo "$repo/dev/odoo" shell -d "$template" --no-http --log-level=error 8>&- <<'PY' ||
import os, sys
sys.path.insert(0, os.environ["LEAD_REPO"] + "/dev")
import pots
sys.exit(bool(pots.main(env)))
PY
    die "The .pot files are out of date. Refresh them: make pots"
