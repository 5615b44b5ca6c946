#!/usr/bin/env bash
# Pictures of the demo's main screens into docs/pictures.  screenshots.sh [NAME…]
. "$(dirname "$(readlink -f "$0")")/lib.sh"
bash "$repo/dev/setup.sh" test
load_runtime
load_database
need_free_port "$port"
"$venv/bin/python" "$repo/dev/database_exists.py" "$demo_db" || die "There is no database $demo_db yet. Call make demo first."
mkdir -p "$cache/log"
# no jobs: the pictures are of what the demo left
"$repo/dev/odoo" server -d "$demo_db" --db-filter "^$demo_db\$" --max-cron-threads 0 --workers 0 \
    --logfile "$cache/log/screenshots.log" &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" || true' EXIT
for _ in $(seq 60); do
    ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    sleep 1
done
"$venv/bin/python" "$repo/dev/screenshots.py" "http://127.0.0.1:$port" "$repo/docs/pictures" "$@"
