#!/usr/bin/env bash
# Known faults of the Python packages, by pip-audit; without a list of faults in reach it says so.
. "$(dirname "$(readlink -f "$0")")/lib.sh"
bash "$repo/dev/setup.sh" test
load_venv
tools=$cache/pip-audit
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if [ ! -x "$tools/bin/pip-audit" ]; then
    python3 -m venv "$tools" && timeout 300 "$tools/bin/pip" install --quiet pip-audit >"$log" 2>&1 || {
        rm -rf "$tools"
        say "pip-audit could not be installed, so nothing was audited: $(tail -n 1 "$log")"
        exit 0
    }
fi
code=0
timeout 300 "$tools/bin/pip-audit" --timeout 20 --progress-spinner off --requirement <("$venv/bin/pip" freeze --exclude-editable) --no-deps --disable-pip \
    >"$log" 2>&1 || code=$?
if grep -qE 'ConnectionError|ServiceError|Max retries|Connection refused|403|404 Client|resolve' "$log" || [ "$code" = 124 ]; then
    say "no list of known faults can be reached from here, so nothing was audited. Run it where there is a network."
    exit 0
fi
cat "$log"
[ "$code" = 0 ] || die "pip-audit knows of faults, see above. Raise what it names in requirements.txt."
say "no known faults"
