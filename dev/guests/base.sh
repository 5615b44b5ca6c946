# A database with Odoo's modules that our addons live beside, and none of ours; sourced after lib.sh.
# shellcheck shell=bash disable=SC2154
guest_modules=crm,base_import,mass_mailing,website_crm   # with the bridge to the website
guests=${LEAD_GUESTS_DB:-lead_guests}
guest_base=${guests}_base_$(short_hash "$guest_modules $(sha256sum "$odoo_home/odoo/release.py")")
quiet=(--log-level=warn --log-handler=py.warnings:ERROR)
addon_list=${addons// /,}
guest_files=$cache/guests
mkdir -p "$guest_files"

odoo() { "$repo/dev/odoo" "$@"; }

# Leaves the database behind for the next time; it is as good as long as Odoo is the same.
make_guest_base() {
    ! "$venv/bin/python" "$repo/dev/database_exists.py" "$guest_base" || return 0
    say "installing $guest_modules"
    odoo db drop "${guests}_part" >/dev/null 2>&1 || true
    logged guests-base "Odoo's modules could not be installed." odoo -d "${guests}_part" -i "$guest_modules" \
        --load-language=fa_IR --stop-after-init --no-http "${quiet[@]}"
    # the settings saved once write what they hold by default
    logged guests-settings "The settings could not be saved." odoo shell -d "${guests}_part" --no-http "${quiet[@]}" <<'PY'
env["res.config.settings"].create({"group_use_lead": True}).execute()
env.cr.commit()
PY
    logged guests-rename "The database could not be renamed." odoo db rename "${guests}_part" "$guest_base" -f
}

copy_database() { logged guests-copy "The database $1 could not be copied." odoo db duplicate -f "$1" "$2"; }

snapshot() { PGDATABASE=$1 "$venv/bin/python" "$repo/dev/guests/snapshot.py" take "$2"; }

compare() { "$venv/bin/python" "$repo/dev/guests/snapshot.py" compare "$@"; }

# Four months of use as a story in the folder named tells it; prints how much of what is there then.
use_database() {
    LEAD_DEV=$2 logged guests-use "The use of it failed." odoo shell -d "$1" --no-http "${quiet[@]}" "${@:3}" <<'PY'
import os
import sys
sys.path.insert(0, os.environ["LEAD_DEV"])
from guests import use
for what, count in use.main(env).items():
    print(f"{count:6}  {what}")
PY
    grep -E '^ +[0-9]+  ' "$cache/log/guests-use.log"
}

# Whether a log has a line that nobody wants to see; shows them.
has_bad_lines() { grep -E ' (WARNING|ERROR|CRITICAL) |could not be deleted \(\[[0-9]' "$1" | cut -c1-300; }
