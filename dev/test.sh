#!/usr/bin/env bash
# Every test, in layers by what they need; the last line counts them.  test.sh [pure|addons|e2e]…
# The parts of a layer, and layers that are asked for together, run side by side, each on a database of its own.
. "$(dirname "$(readlink -f "$0")")/lib.sh"
bash "$repo/dev/setup.sh" test
load_runtime
load_database
write_settings
[ $# -gt 0 ] || set -- pure addons e2e
for layer; do
    case $layer in pure | addons | e2e) ;; *) die "There is no layer “$layer”. Choose among pure, addons and e2e." ;; esac
done
results=$(mktemp -d)
lanes=()
trap 'rm -rf "$results"' EXIT
trap 'for lane in "${lanes[@]}"; do kill -INT -- "-$lane" 2>/dev/null || true; done; wait; exit 130' INT TERM
pytest=("$venv/bin/python" -m pytest -p no:cacheprovider -q --color=no)

pure() {  # no Odoo, no database
    env -u PYTHONPATH "${pytest[@]}" -p no:odoo --junitxml="$results/pure.xml" tests/pure
}

in_database() {  # the addons' tests in a database with all of them, rolled back after each
    local name=$1
    shift
    "${pytest[@]}" --odoo-database="lead_test_$name" --odoo-http --odoo-log-level=error \
        --junitxml="$results/$name.xml" "${@/%//tests}"
}

e2e() {  # a server process, a browser, an SMTP server on loopback
    env -u PYTHONPATH "${pytest[@]}" -p no:odoo --junitxml="$results/e2e.xml" tests/e2e
}

lane() {  # lane NAME command…: in the background, what it prints kept until it ends
    local name=$1
    shift
    say "tests: $name"
    (
        trap - INT TERM
        cd "$repo"
        "$@" >"$results/$name.log" 2>&1 && echo 0 >"$results/$name.code" || echo $? >"$results/$name.code"
    ) &
    lanes+=($!)
}

set -m   # each lane is a process group, which ^C ends as a whole
for layer; do
    case $layer in
        pure) lane pure pure ;;
        addons)
            for name in followup others; do bash "$repo/dev/template.sh" "lead_test_$name"; done
            lane followup in_database followup lead_followup
            lane others in_database others lead_scoring lead_nurture ;;
        e2e) lane e2e e2e ;;
    esac
done
wait

code=0
for log in "$results"/*.log; do
    name=$(basename "$log" .log)
    say "tests: $name, after all of it"
    cat "$log"
    [ "$(cat "$results/$name.code")" = 0 ] || code=1
done
shopt -s nullglob
"$venv/bin/python" "$repo/dev/sum_tests.py" "$results"/*.xml || code=1
exit "$code"
