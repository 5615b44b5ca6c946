#!/usr/bin/env bash
# Makes a database with the addons installed, once for each state of the code, and copies it.
#   template.sh TARGET     drops TARGET if it is there
. "$(dirname "$(readlink -f "$0")")/lib.sh"
load_runtime
"$repo/dev/database.sh" start
load_database
target=$1

template=lead_template_$(code_key)

exec 8>"$cache/template.lock"
flock 8
if ! "$venv/bin/python" "$repo/dev/database_exists.py" "$template" 8>&-; then
    if "$venv/bin/python" "$repo/dev/database_exists.py" lead_template_part 8>&-; then   # left by one broken off
        logged drop-part "The half-made database lead_template_part could not be dropped. Drop it yourself, then call make again." \
            "$repo/dev/odoo" db drop lead_template_part 8>&-
    fi
    say "installing the addons in a fresh database"
    logged install "The addons could not be installed." "$repo/dev/odoo" -d "lead_template_part" \
        -i "${addons// /,}" --stop-after-init --no-http --log-level=warn --log-handler=py.warnings:ERROR 8>&-
    grep -E ' (WARNING|ERROR|CRITICAL) ' "$cache/log/install.log" | head -n 5 | sed 's/^/    /' || true
    logged assets "The files for the browser could not be made." "$repo/dev/odoo" shell -d "lead_template_part" \
        --no-http --log-level=warn --log-handler=py.warnings:ERROR <"$repo/dev/template_assets.py" 8>&-
    logged rename "The new database could not be renamed." \
        "$repo/dev/odoo" db rename lead_template_part "$template" -f 8>&-
    # Templates of older code are of no use any more.
    "$venv/bin/python" "$repo/dev/old_templates.py" "$template" 8>&- | while read -r old; do
        "$repo/dev/odoo" db drop "$old" >/dev/null 2>&1 8>&- || true
    done
fi
logged duplicate "The database could not be copied." "$venv/bin/python" "$repo/dev/copy_database.py" \
    "$template" "$target" "$cache/data/filestore" "$port" 8>&-
