#!/usr/bin/env bash
# Every test, in three layers by what they need; the last line counts them.  test.sh [pure|addons|e2e]…
. "$(dirname "$(readlink -f "$0")")/lib.sh"
bash "$repo/dev/setup.sh" test
load_runtime
load_database
[ $# -gt 0 ] || set -- pure addons e2e
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
pytest=("$venv/bin/python" -m pytest -p no:cacheprovider -q --color=no)
code=0

pure() {  # no Odoo, no database
    (cd "$repo" && env -u PYTHONPATH "${pytest[@]}" -p no:odoo --junitxml="$results/pure.xml" tests/pure) || code=1
}

addons() {  # a database with the addons in it, rolled back after each test
    bash "$repo/dev/template.sh" lead_test
    write_settings
    # shellcheck disable=SC2046
    (cd "$repo" && "${pytest[@]}" --odoo-database=lead_test --odoo-http --odoo-log-level=error \
        --junitxml="$results/addons.xml" $(printf '%s/tests ' $addons)) || code=1
}

e2e() {  # a server process, a browser, an SMTP server on loopback
    (cd "$repo" && env -u PYTHONPATH "${pytest[@]}" -p no:odoo --junitxml="$results/e2e.xml" tests/e2e) || code=1
}

for layer; do
    say "tests: $layer"
    "$layer"
done
"$venv/bin/python" "$repo/dev/sum_tests.py" "$results"/*.xml || code=1
exit "$code"
