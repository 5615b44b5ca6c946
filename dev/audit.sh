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
# Its answer is written as JSON only where it got to the end; then it exits 1 for known faults, too.
report=$log.json
trap 'rm -f "$log" "$report"' EXIT
timeout 300 "$tools/bin/pip-audit" --timeout 20 --progress-spinner off --format json --output "$report" \
    --requirement <("$venv/bin/pip" freeze --exclude-editable) --no-deps --disable-pip >"$log" 2>&1 || true
if [ ! -s "$report" ]; then
    say "no list of known faults can be reached from here, so nothing was audited. Run it where there is a network."
    tail -n 3 "$log" | cut -c1-200 | sed 's/^/    /'
    exit 0
fi
"$venv/bin/python" -I "$repo/dev/read_audit.py" "$report" ||
    die "pip-audit knows of faults, see above. Raise what it names in requirements.txt."
