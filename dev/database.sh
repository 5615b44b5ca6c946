#!/usr/bin/env bash
# Starts or stops a PostgreSQL cluster of the user's own, on a unix socket only. Root's runs as user postgres.
#   database.sh start    idempotent; makes the cluster the first time
#   database.sh stop
. "$(dirname "$(readlink -f "$0")")/lib.sh"

[ -z "${PGHOST:-}" ] || exit 0   # a PostgreSQL of the user's own: neither made nor stopped here
load_cluster

run_in_cluster() {  # as the cluster's owner, from a folder that it may enter
    if [ "$(id -u)" = 0 ]; then
        (cd / && setpriv --reuid postgres --regid postgres --init-groups env HOME=/ "$@")
    else
        (cd / && "$@")
    fi
}

initdb=$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
[ -n "$initdb" ] || die "No PostgreSQL server is installed. Call make demo, which installs it, or set PGHOST to one of your own."
bin=$(dirname "$initdb")
pg_major=$(basename "$(dirname "$bin")")
data=$cluster/data-$pg_major

running() { [ -s "$data/postmaster.pid" ] && run_in_cluster "$bin/pg_ctl" -D "$data" status >/dev/null 2>&1; }

start() {
    if running && run_in_cluster "$bin/pg_isready" -q -h "$(cat "$cluster/socket")"; then return; fi
    if [ ! -e "$data/.complete" ]; then
        say "database cluster"
        rm -rf "$data"
        mkdir -p "$cluster"
        [ "$(id -u)" != 0 ] || chown postgres: "$cluster"
        logged initdb "PostgreSQL's cluster could not be made in $cluster." run_in_cluster \
            "$bin/initdb" -D "$data" -U odoo --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync
        # mmap: a container's /dev/shm is too small for parallel joins.
        run_in_cluster tee -a "$data/postgresql.conf" >/dev/null <<'CONF'
listen_addresses = ''
dynamic_shared_memory_type = mmap
max_connections = 80
shared_buffers = 256MB
synchronous_commit = off
CONF
        run_in_cluster touch "$data/.complete"
    fi
    # A socket's path may have 107 bytes at most, so it can't lie beside the data in any home.
    local socket
    socket=$(cat "$cluster/socket" 2>/dev/null || true)
    if ! run_in_cluster test -O "$socket"; then
        socket=$(run_in_cluster mktemp -d /tmp/leads-pg.XXXXXX)
        echo "$socket" >"$cluster/socket"
    fi
    logged pg-start "PostgreSQL did not start; its own log is $cluster/server.log." run_in_cluster \
        "$bin/pg_ctl" -D "$data" -l "$cluster/server.log" -w -t 60 start -o "-k $socket"
}

case ${1:-start} in
    start)
        mkdir -p "$cache"
        exec 9>"$cache/database.lock"
        flock 9   # two commands at once make one cluster
        start 9>&-
        ;;
    stop)
        if running; then
            run_in_cluster "$bin/pg_ctl" -D "$data" -m fast stop >/dev/null 2>&1 ||
                die "PostgreSQL did not stop; its own log is $cluster/server.log. End what uses it, then try again."
            say "database stopped"
        fi
        ;;
    *) die "usage: database.sh start|stop" ;;
esac
