# Two databases with the same modules of Odoo's, one with our addons beside them; sourced after lib.sh.
# shellcheck shell=bash disable=SC2154,SC2034
modules=crm,crm_sms,crm_iap_enrich,event_crm,website_crm,survey_crm,mass_mailing,test_crm_full,project,gamification,im_livechat
name=${LEAD_UPSTREAM_DB:-lead_upstream}
quiet=(--log-handler=py.warnings:ERROR)

# shellcheck disable=SC2086
code=$(cd "$repo" && find $addons $bridges -type f ! -name '*.pyc' ! -path '*/tests/*' -print0 | sort -z |
    xargs -0 sha256sum | sha256sum | cut -c1-12)
house=$(short_hash "$modules $(sha256sum "$odoo_home/odoo/release.py") $name")
core_db=${name}_core_$house
ours_db=${name}_ours_$house
logs=$cache/upstream/$house
mkdir -p "$logs"
exec 7>"$logs/lock"
flock -n 7 || die "Another command is at work on the databases $core_db and $ours_db. Wait for its end, or name others: LEAD_UPSTREAM_DB=…"

exists() { "$venv/bin/python" "$repo/dev/database_exists.py" "$1"; }

make_core() {  # the modules alone; kept as long as Odoo and the list are the same
    ! exists "$core_db" || return 0
    say "installing $modules (some minutes)"
    "$repo/dev/odoo" db drop "${name}_part" >/dev/null 2>&1 || true
    logged upstream-core "Odoo's modules could not be installed." "$repo/dev/odoo" -d "${name}_part" -i "$modules" \
        --stop-after-init --no-http --log-level=warn "${quiet[@]}"
    logged upstream-rename "The database could not be renamed." "$repo/dev/odoo" db rename "${name}_part" "$core_db" -f
}

make_ours() {  # a copy of it with our addons; anew when their code is another
    if [ "$(cat "$logs/ours" 2>/dev/null)" = "$code" ] && exists "$ours_db"; then return; fi
    make_core
    rm -f "$logs/ours"
    say "installing our addons beside them"
    logged upstream-copy "The database could not be copied." "$repo/dev/odoo" db duplicate -f "$core_db" "$ours_db"
    logged upstream-ours "Our addons could not be installed." "$repo/dev/odoo" -d "$ours_db" -i "${addons// /,}" \
        --stop-after-init --no-http --log-level=warn "${quiet[@]}"
    echo "$code" >"$logs/ours"
}

# Each view, an import and our jobs next to all those modules, in a copy that is left behind for the screens.
look_at_neighbours() {
    local database=${name}_neighbours
    make_ours
    logged neighbours-copy "The database could not be copied." "$repo/dev/odoo" db duplicate -f "$ours_db" "$database"
    LEAD_DEV=$repo/dev logged neighbours "Something does not load next to Odoo's other apps." \
        "$repo/dev/odoo" shell -d "$database" --no-http --log-level=warn "${quiet[@]}" <<'PY'
import os
import sys
sys.path.insert(0, os.environ["LEAD_DEV"])
from guests import neighbours
for sentence in neighbours.main(env):
    print(f"    {sentence}")
PY
    grep '^    ' "$cache/log/neighbours.log"
}
