#!/usr/bin/env bash
# An earlier version's database, used for four months, is upgraded to the code that lies here.
#   upgrade.sh [REF]…    tags or commits to come from; every tag, unless one is named
# Nothing may be lost or changed by it, no warning be logged, and the schema must be that of a fresh database.
. "$(dirname "$(readlink -f "$0")")/lib.sh"
bash "$repo/dev/setup.sh" test
load_runtime
load_database
write_settings
. "$repo/dev/guests/base.sh"

if [ $# -eq 0 ]; then
    # shellcheck disable=SC2046
    set -- $(git -C "$repo" tag --merged HEAD --sort=creatordate)
fi
if [ $# -eq 0 ]; then
    say "no version is tagged yet; coming from the code of twenty commits ago instead"
    set -- "$(git -C "$repo" rev-list --max-count=1 --skip=20 HEAD)"
    [ -n "$1" ] || die "There are no twenty commits here (a shallow clone?). Name a commit: dev/upgrade.sh REF"
fi

old=$(mktemp -d)
trap 'rm -rf "$old"' EXIT
make_guest_base
fresh=${guests}_fresh
say "a fresh database to compare with"
copy_database "$guest_base" "$fresh"
logged guests-fresh "Our addons could not be installed." odoo -d "$fresh" -i "$addon_list" --stop-after-init --no-http "${quiet[@]}"
snapshot "$fresh" "$guest_files/fresh"

exit_code=0
for ref; do
    commit=$(git -C "$repo" rev-parse --verify --quiet "$ref^{commit}") || die "There is no version $ref here. git tag lists what there is."
    rm -rf "${old:?}"/*
    git -C "$repo" archive "$commit" | tar -x -C "$old"
    here=
    for addon in $addons; do [ ! -e "$old/$addon/__manifest__.py" ] || here+=${here:+,}$addon; done
    database=${guests}_upgraded
    say "$ref: installing ${here//,/, }, and four months of use"
    copy_database "$guest_base" "$database"
    PGDATABASE=$database "$venv/bin/python" "$repo/dev/guests/forget_modules.py"
    old_path=(--addons-path="${addons_path%"$repo"}$old")
    logged guests-old "The version $ref could not be installed." odoo -d "$database" "${old_path[@]}" -i "$here" \
        --stop-after-init --no-http "${quiet[@]}"
    # each version brings its own story of use; an older one is told by today's
    story=$old/dev
    [ -e "$story/guests/use.py" ] || story=$repo/dev
    use_database "$database" "$story" "${old_path[@]}"
    PGDATABASE=$database "$venv/bin/python" "$repo/dev/guests/change_records.py"
    snapshot "$database" "$guest_files/old"
    say "$ref: upgrading"
    logged guests-upgrade "The upgrade from $ref failed." odoo -d "$database" -u "$here" --stop-after-init --no-http "${quiet[@]}"
    if has_bad_lines "$cache/log/guests-upgrade.log"; then exit_code=1; fi
    snapshot "$database" "$guest_files/upgraded"
    "$venv/bin/python" "$repo/dev/guests/upgraded.py" "$guest_files/old" "$guest_files/upgraded" "$guest_files/fresh" || exit_code=1
done
[ "$exit_code" = 0 ] || die "An upgrade loses, changes or leaves something; see above."
say "upgraded: nothing lost, nothing left"
