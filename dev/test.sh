#!/usr/bin/env bash
# Every test, in layers by what they need; the last line counts them.  test.sh [pure|addons|e2e]…
# The parts of a layer, and layers that are asked for together, run side by side, each on databases of its own.
. "$(dirname "$(readlink -f "$0")")/lib.sh"
bash "$repo/dev/setup.sh" test
load_runtime
load_database
write_settings
cd "$repo"
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

in_database() {  # in_database NAME path…: in a database with all the addons, rolled back after each test
    local name=$1
    shift
    bash "$repo/dev/template.sh" "lead_test_$name" || return
    "${pytest[@]}" --odoo-database="lead_test_$name" --odoo-http --odoo-log-level=error \
        --junitxml="$results/$name.xml" "$@"
}

e2e() {  # e2e NAME path…: a server process, a browser, an SMTP server on loopback
    local name=$1
    shift
    env -u PYTHONPATH "${pytest[@]}" -p no:odoo --junitxml="$results/$name.xml" "$@"
}

# What of tests/e2e starts servers and shells: on the one database that is killed, or on databases of its own. The rest
# shares one server.
killed=(tests/e2e/test_{killed_*,public_flood,server_down,stop_while_*,undo_*}.py)
apart=(tests/e2e/test_{bridges,commands,install,npm_packages,queue_bridge,two_years,webhooks,wheels}.py)
served() { comm -23 <(printf '%s\n' tests/e2e/test_*.py) <(printf '%s\n' "${killed[@]}" "${apart[@]}" | sort); }

lane() {  # lane NAME command…: in the background as soon as there is room, what it prints kept until it ends
    local name=$1
    shift
    while [ "$(jobs -rp | wc -l)" -ge "$at_once" ]; do wait -n || true; done
    say "tests: $name"
    (
        trap - INT TERM
        "$@" >"$results/$name.log" 2>&1 && echo 0 >"$results/$name.code" || echo $? >"$results/$name.code"
    ) &
    lanes+=($!)
}

at_once=$(($(nproc) + 1))   # more of them only wait for each other, and a browser's test has a clock
wanted=" $* "
set -m   # each lane is a process group, which ^C ends as a whole
if [[ $wanted == *" e2e "* ]]; then   # the longest ones first
    lane apart e2e apart "${apart[@]}"
    lane killed e2e killed "${killed[@]}"
    mapfile -t files < <(served)
    lane served e2e served "${files[@]}"
fi
if [[ $wanted == *" addons "* ]]; then
    mapfile -t files < <(find lead_followup/tests -name 'test_*.py' | sort)
    half=$(((${#files[@]} + 1) / 2))
    lane followup in_database followup "${files[@]:0:half}"
    lane others in_database others {lead_scoring,lead_nurture}/tests
    lane followup_too in_database followup_too "${files[@]:half}"
fi
if [[ $wanted == *" pure "* ]]; then lane pure pure; fi
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
