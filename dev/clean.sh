#!/usr/bin/env bash
# Removes all that the other commands made outside the clone: the private PostgreSQL and the cache.
. "$(dirname "$(readlink -f "$0")")/lib.sh"
load_cluster

if [ -d "$cache" ]; then   # no setup may be at work in it
    exec 9>"$cache/setup.lock"
    flock -n 9 || { say "a setup is at work, waiting for it"; flock 9; }
fi
if [ -d "$cluster" ]; then
    if compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
        env -u PGHOST bash "$repo/dev/database.sh" stop 9>&-   # the private one, whatever PGHOST names
    fi
    socket=$(cat "$cluster/socket" 2>/dev/null || true)
    case $socket in /tmp/leads-pg.*) rm -rf "$socket" ;; esac
    rm -rf "$cluster" || die "$cluster can't be removed. Remove it as its owner."
    say "removed $cluster"
fi
if [ -d "$cache" ]; then
    # By name: LEAD_CACHE may be a folder that holds other things too.
    rm -rf "$cache"/venv-* "$cache"/node-* "$cache"/odoo-19 "$cache"/odoo-19.part "$cache"/apt "$cache"/odoo-*.conf* \
        "$cache"/data/{addons,filestore,sessions} "$cache"/{guests,upstream,bench,pycache} "$cache"/log/*.log "$cache"/{setup,database,template}.lock ||
        die "$cache can't be removed. Remove it as its owner."
    rmdir "$cache"/{bench,data,log} 2>/dev/null || true
    if rmdir "$cache" 2>/dev/null; then
        say "removed $cache"
    else
        say "emptied $cache of what was made here; the rest in it is not ours"
    fi
fi
say "left: the Debian packages (python3-venv, postgresql, wkhtmltopdf, chromium, npm), which other programs may use; databases on a server of your own"
