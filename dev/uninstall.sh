#!/usr/bin/env bash
# Four months of use, then our addons are taken away, and the database is compared with what it was before them.
#   uninstall.sh [once|apart]…    all at once; one after the other, the last first. Both, unless one is named
. "$(dirname "$(readlink -f "$0")")/lib.sh"
bash "$repo/dev/setup.sh" test
load_runtime
load_database
write_settings
. "$repo/dev/guests/base.sh"
[ $# -gt 0 ] || set -- once apart

make_guest_base
snapshot "$guest_base" "$guest_files/before"
used=${guests}_used
say "installing our addons, and four months of use"
copy_database "$guest_base" "$used"
logged guests-install "Our addons could not be installed." odoo -d "$used" -i "$addon_list" --stop-after-init --no-http "${quiet[@]}"
use_database "$used" "$repo/dev"

exit_code=0
for order; do
    case $order in
        once) steps=("$addons $bridges") ;;
        apart) steps=(lead_nurture "lead_followup_privacy lead_followup" "lead_scoring_website lead_scoring") ;;
        *) die "usage: uninstall.sh [once|apart]…" ;;
    esac
    database=${guests}_$order
    copy_database "$used" "$database"
    for step in "${steps[@]}"; do
        say "$order: taking away $step"
        # shellcheck disable=SC2086
        logged "guests-without" "It could not be taken away." odoo module uninstall -d "$database" $step
        if has_bad_lines "$cache/log/guests-without.log"; then exit_code=1; fi
    done
    snapshot "$database" "$guest_files/$order"
    compare "$guest_files/before" "$guest_files/$order" || exit_code=1
    say "$order: and once more installed"
    logged guests-again "Our addons could not be installed a second time." odoo -d "$database" -i "$addon_list" \
        --stop-after-init --no-http "${quiet[@]}"
    if has_bad_lines "$cache/log/guests-again.log"; then exit_code=1; fi
done
[ "$exit_code" = 0 ] || die "Something is left that was not there before, or something failed; see above."
say "core is as it was"
