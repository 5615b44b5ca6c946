#!/usr/bin/env bash
# Installs what dev/package.json names, into the user's cache: rtlcss, with which Odoo mirrors its style sheets for
# languages read from the right, and axe-core, with which tests look whether everybody can use the screens. All but
# these screens and tests works without: a failure is said, and the set-up goes on.
. "$(dirname "$(readlink -f "$0")")/lib.sh"
load_node
[ ! -e "$node_home/.complete" ] || exit 0

without() { say "$1 Until then screens in Persian or Arabic are not mirrored; all else works."; exit 0; }

command -v npm >/dev/null ||
    without "npm is not here: install it (Debian: apt-get install --no-install-recommends nodejs npm), then call make setup."
say "npm packages"
part=$node_home.part
log=$cache/log/npm.log
rm -rf "$part"
mkdir -p "$part" "$cache/log"
cp "$repo/dev/package.json" "$repo/dev/package-lock.json" "$part"
# what a package would run while it is installed stays unrun
if ! (cd "$part" && timeout 300 npm ci --omit=dev --ignore-scripts --no-audit --no-fund --no-update-notifier) >"$log" 2>&1; then
    tail -n 4 "$log" | sed 's/^/    /' >&2
    without "npm could not install what dev/package.json names (whole output: $log). Check the network, then call make setup."
fi
rm -rf "$node_home"
mv "$part" "$node_home"
touch "$node_home/.complete"
