#!/usr/bin/env bash
# Odoo's own tests without our addons and with them; prints what comes out otherwise and fails if anything does.
#   upstream.sh                    every suite
#   SUITES=/crm,/digest …          these; those joined by + run in one go
#   SUITES=updating …              all at_install tests, each while its module is updated
#   SUITES=neighbours …            no tests: each view, an import and our jobs next to all those modules
#   FRESH=1 …                      runs again what is known already
# Logs lie in the cache, under upstream/; a suite whose code is the same is not run a second time.
. "$(dirname "$(readlink -f "$0")")/lib.sh"
bash "$repo/dev/setup.sh" test
load_runtime
load_database
write_settings
need_free_port "$port"
. "$repo/dev/upstream/databases.sh"

tested=/crm,/sales_team,/digest,/mass_mailing,/event_crm,/crm_sms,/crm_iap_enrich,/website_crm,/survey_crm
small=/sales_team+/digest+/crm_sms+/crm_iap_enrich+/survey_crm
suites=${SUITES:-$small,/event_crm,crm_performance/test_crm_full,/crm,/website_crm,/mass_mailing,updating,neighbours}

# Runs tests on one side: run_side core|ours TAGS LOG; what fails is for the comparison to say.
run_side() {
    local database=$core_db tags=${2//+/,} log=$3 when=loaded update=() seconds=$SECONDS
    [ "$1" = core ] || database=$ours_db
    if [ "$tags" = updating ]; then
        when=updating tags=$tested
        update=(-u "${tested//\//}")
    fi
    rm -f "$log.part"
    UPSTREAM_WHEN=$when "$venv/bin/python" "$repo/dev/upstream/run_tests.py" -d "$database" "${update[@]}" --test-tags="$tags" \
        --stop-after-init --http-port="$port" --max-cron-threads=0 --logfile="$log.part" "${quiet[@]}" >/dev/null 2>&1 || true
    grep -q ' post-tests in ' "$log.part" || die "Odoo broke off; its log is $log.part"
    mv "$log.part" "$log"
    say "$1 $2: $((SECONDS - seconds)) s"
}

exit_code=0
table=$logs/table-$code.txt
: >"$table.part"
for suite in ${suites//,/ }; do
    if [ "$suite" = neighbours ]; then
        say "views, an import, our jobs next to them"
        look_at_neighbours
        continue
    fi
    key=${suite//\//}
    core=$logs/$key.core.log
    ours=$logs/$key.ours-$code.log
    [ -z "${FRESH:-}" ] || rm -f "$core" "$ours" "${core%.log}-again-$code.log" "${ours%.log}-again.log"
    [ -e "$core" ] || { make_core; run_side core "$suite" "$core"; }
    [ -e "$ours" ] || { make_ours; run_side ours "$suite" "$ours"; }
    # What differs gets a second chance, on both sides and by itself: a busy machine makes a browser late.
    again=()
    tags=$("$venv/bin/python" "$repo/dev/upstream/compare.py" differing "$core" "$ours")
    if [ -n "$tags" ] && [ "$suite" != updating ]; then
        again=("${core%.log}-again-$code.log" "${ours%.log}-again.log")
        [ -e "${again[0]}" ] || { make_core; run_side core "$tags" "${again[0]}"; }
        [ -e "${again[1]}" ] || { make_ours; run_side ours "$tags" "${again[1]}"; }
    fi
    "$venv/bin/python" "$repo/dev/upstream/compare.py" summary "$suite" "$core" "$ours" "${again[@]}" >>"$table.part" || exit_code=1
done
mv "$table.part" "$table"
echo
echo "                            without ours               with ours"
echo "tests of                     tests  passed  bad  skip   tests  passed  bad  skip  differ"
cat "$table"
[ "$exit_code" = 0 ] || die "Something comes out otherwise with our addons, see above; the logs lie in $logs."
say "no difference"
