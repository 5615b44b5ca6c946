#!/usr/bin/env bash
# Installs what comes from Debian: Python's venv, PostgreSQL, wkhtmltopdf; with “test”, Chromium and npm too. Skips what is there.
. "$(dirname "$(readlink -f "$0")")/lib.sh"

want=()
python3 -c 'import venv, ensurepip' 2>/dev/null || want+=(python3-venv)
if [ -z "${PGHOST:-}" ] && ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then want+=(postgresql); fi
command -v wkhtmltopdf >/dev/null || want+=(wkhtmltopdf)
if [ "${1:-}" = test ]; then
    command -v chromium >/dev/null || want+=(chromium fonts-dejavu-core)
    compgen -G '/usr/lib/*/libatomic.so.1' >/dev/null || want+=(libatomic1)   # the browser driver's Node.js
    command -v npm >/dev/null || want+=(nodejs npm)   # most of a minute on an empty Debian: not for the demo
fi

# Without its lists apt finds no package, and no mirror to take Odoo from.
debian_lists_missing() { [ -z "$(debian_mirror)" ]; }

if [ ${#want[@]} -gt 0 ] || [ -z "${ODOO_HOME:-}" ] && [ ! -e "$cache/odoo-19/.complete" ]; then
    command -v apt-get >/dev/null ||
        die "This is not Debian or Ubuntu (no apt-get). Install ${want[*]:-nothing more} by your own means and set ODOO_HOME to your Odoo 19."
    if [ ${#want[@]} -gt 0 ] || debian_lists_missing; then
        say "package lists"
        logged apt-update "apt-get update failed. Check the network and the sources in /etc/apt, then call make again." \
            as_root apt-get update
    fi
fi
if [ ${#want[@]} -gt 0 ]; then
    free_kb=$(df --output=avail -k /usr | tail -n 1)
    [ "$free_kb" -gt 1500000 ] || die "Under 1.5 GB are free on the disk of /usr. Make room, then call make again."
    say "Debian packages: ${want[*]}"
    # The package would make and start a cluster of the system's own; ours is private.
    if [[ " ${want[*]} " == *" postgresql "* ]] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        as_root sh -c 'mkdir -p /etc/postgresql-common && echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf'
    fi
    logged apt-install "apt-get install ${want[*]} failed. Mend what it says, then call make again." \
        as_root apt-get install -y --no-install-recommends "${want[@]}"
fi

python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
    die "$(python3 --version) is too old: Odoo 19 wants Python 3.10 or newer. Put a newer python3 first on the PATH."
