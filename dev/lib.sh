# Paths and small words shared by the scripts in dev/; sourced, never run.
# shellcheck shell=bash disable=SC2034
set -euo pipefail
umask 022
export LC_ALL=C.UTF-8 LANG=C.UTF-8

say() { echo "· $*"; }
die() { echo "✗ $*" >&2; exit 1; }

repo=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd -P)
[ -n "${LEAD_CACHE:-}${XDG_CACHE_HOME:-}${HOME:-}" ] || die "HOME is not set. Set it, or LEAD_CACHE, to a folder you may write to."
default_cache=${XDG_CACHE_HOME:-${HOME:-}/.cache}/odoo-lead-management
cache=${LEAD_CACHE:-$default_cache}
case $cache in /*) ;; *) cache=$PWD/$cache ;; esac
cache=${cache%/}
addons="lead_scoring lead_followup lead_nurture"
bridges="lead_scoring_website lead_followup_privacy lead_nurture_dashboard lead_queue"   # beside an optional app of Odoo's, and tested there alone
demo_db=${LEAD_DEMO_DB:-lead_demo}
port=${LEAD_PORT:-8069}

# A few characters that stand for a path.
short_hash() { printf %s "$1" | sha256sum | cut -c1-8; }

# Runs a command as root: directly, or through sudo, which forgets the environment.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    elif command -v sudo >/dev/null; then
        sudo env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"
    else
        die "“$*” needs root, and there is no sudo here. Run it as root yourself, then call make again."
    fi
}

# Runs a command with its output in a log file; on failure shows the end of it and the sentence given.
#   logged NAME "what to do" command…
logged() {
    local log="$cache/log/$1.log" hint=$2
    shift 2
    mkdir -p "$cache/log"
    "$@" >"$log" 2>&1 || { tail -n 8 "$log" | sed 's/^/    /' >&2; die "$hint (whole output: $log)"; }
}

# The folder that holds odoo/, and what goes before Odoo's own addons path.
load_odoo() {
    odoo_home=${ODOO_HOME:-$cache/odoo-19/usr/lib/python3/dist-packages}
    [ -f "$odoo_home/odoo/release.py" ] ||
        die "ODOO_HOME=$odoo_home holds no odoo/release.py. Point it at the folder that holds odoo/ of Odoo 19, or unset it."
    grep -Eq '^version_info *= *\(19,' "$odoo_home/odoo/release.py" ||
        die "$odoo_home is not Odoo 19 (its odoo/release.py says otherwise). Point ODOO_HOME at Odoo 19, or unset it."
}

# One key for the set of packages a clone asks for, so that two clones that ask for others don't fight over a venv.
load_venv() {
    local key
    key=$(cat "$repo/requirements.txt" "$repo/requirements-dev.txt" | sha256sum | cut -c1-12)
    venv=$cache/venv-$key
}

# One key for what npm is asked for, as for the venv.
load_node() {
    node_home=$cache/node-$(sha256sum <"$repo/dev/package-lock.json" | cut -c1-12)
}

# Where the private cluster lies; root's is entered by user postgres, who may not enter /root. Databases and
# the files in the cache belong together, so another cache has another cluster.
load_cluster() {
    if [ "$(id -u)" != 0 ]; then
        cluster=$cache/postgres
    else
        cluster=/var/lib/odoo-lead-management
        [ "$cache" = "$default_cache" ] || cluster=$cluster-$(short_hash "$cache")
    fi
}

# What Odoo and psql need to reach the database; a server of the user's own has to answer.
load_database() {
    if [ -n "${PGHOST:-}" ]; then
        export PGHOST PGUSER=${PGUSER:-odoo}
        load_venv
        local reason
        reason=$("$venv/bin/python" -I -c '
import psycopg2
try:
    psycopg2.connect(dbname="postgres", connect_timeout=5).close()
except psycopg2.Error as error:
    print(" ".join(str(error).split()) or "it gives no reason")
') || die "$venv has no working psycopg2. Remove that folder and call make setup."
        [ -z "$reason" ] ||
            die "PostgreSQL at PGHOST=$PGHOST does not answer ($reason). Start it, mend PGPORT, PGUSER or PGPASSWORD, or unset PGHOST for a private one."
    else
        load_cluster
        PGHOST=$(cat "$cluster/socket" 2>/dev/null) || die "The database is not running. Call make demo first, or dev/database.sh start."
        PGUSER=odoo
        export PGHOST PGUSER
    fi
}

# Odoo's command line needs its subcommand first, and our settings where no file of the user's own is.
load_runtime() {
    load_odoo
    load_venv
    load_node
    [ -e "$venv/.run" ] || die "The environment is not set up. Call make setup first."
    export PYTHONPATH=$odoo_home${PYTHONPATH:+:$PYTHONPATH} PATH=$venv/bin:$node_home/node_modules/.bin:$PATH
    # Odoo as unpacked holds no compiled code, and writes none into itself or into the clone.
    export PYTHONPYCACHEPREFIX=$cache/pycache
    unset PYTHONDONTWRITEBYTECODE
    addons_path=$repo
    if [ -d "$odoo_home/addons/crm" ]; then addons_path=$odoo_home/addons,$repo; fi
    if [ -d "$odoo_home/odoo/addons/crm" ]; then addons_path=$odoo_home/odoo/addons,$repo; fi
}

# One key for what a template is made from: the addons' files, what is done beside, and Odoo's version. A .pot is for
# translators alone.
code_key() {
    # shellcheck disable=SC2086
    (cd "$repo" && { find $addons -type f ! -name '*.pyc' ! -name '*.pot' ! -path '*/tests/*' -print0 | sort -z | xargs -0 sha256sum
        sha256sum dev/template_assets.py "$odoo_home/odoo/release.py"; } | sha256sum | cut -c1-12)
}

need_free_port() {
    ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null ||
        die "Port $1 is taken by another program. End that one, or choose another: LEAD_PORT=8169 make serve"
}

# Odoo's settings for this user and clone, in a file of their own; ODOO_RC names it.
write_settings() {
    ODOO_RC=$cache/odoo-$(id -u)-$(short_hash "$repo").conf
    export ODOO_RC
    (umask 077; cat >"$ODOO_RC.$$") <<CONF
[options]
addons_path = $addons_path
data_dir = $cache/data
db_host = $PGHOST
db_user = $PGUSER
${PGPORT:+db_port = $PGPORT}
${PGPASSWORD:+db_password = $PGPASSWORD}
http_interface = 127.0.0.1
http_port = $port
gevent_port = $((port + 3))
CONF
    mv "$ODOO_RC.$$" "$ODOO_RC"
}

# The address of the Debian mirror that apt uses here, empty where it knows none (yet). Security
# updates have the same origin, and a label of their own.
debian_mirror() {
    apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' 'Created-By: Packages' |
        awk '$1 == "Debian" && $2 == "Debian" && !found++ {print $3}'
}
