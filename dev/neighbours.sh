#!/usr/bin/env bash
# Our addons next to sale_crm, event_crm, website_crm, crm_iap_mine, project, live chat and more: every view, job and screen.
. "$(dirname "$(readlink -f "$0")")/lib.sh"
bash "$repo/dev/setup.sh" test
load_runtime
load_database
write_settings
need_free_port "$port"
. "$repo/dev/upstream/databases.sh"
database=${name}_neighbours

say "views, an import, our jobs"
look_at_neighbours

say "screens"
"$repo/dev/odoo" server -d "$database" --http-port "$port" --max-cron-threads 0 --logfile "$cache/log/neighbours-server.log" &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT
for _try in $(seq 120); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
    sleep 1
done
exit_code=0
for user in mara ted; do
    "$venv/bin/python" "$repo/dev/guests/screens.py" "http://127.0.0.1:$port" "$database" "$user" "$user" || exit_code=1
done
if grep -E ' (ERROR|CRITICAL) ' "$cache/log/neighbours-server.log" | cut -c1-300; then exit_code=1; fi
[ "$exit_code" = 0 ] || die "A screen does not open in silence, see above."
say "everything loads"
