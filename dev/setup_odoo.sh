#!/usr/bin/env bash
# Unpacks Odoo 19 from Debian's package into the user's cache; apt's own sources stay as they are.
. "$(dirname "$(readlink -f "$0")")/lib.sh"

if [ -n "${ODOO_HOME:-}" ]; then load_odoo; exit 0; fi
home=$cache/odoo-19
[ ! -e "$home/.complete" ] || exit 0

fresh="odoo-19 fonts-montserrat"
stable="libjs-jquery libjs-underscore libjs-jquery-form fonts-font-awesome fonts-roboto-unhinted fonts-inconsolata fonts-ocr-b"
apt=$cache/apt
mkdir -p "$cache" "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/debs"
free_kb=$(df --output=avail -k "$cache" | tail -n 1)
[ "$free_kb" -gt 2500000 ] || die "Under 2.5 GB are free on the disk of $cache. Make room or set LEAD_CACHE, then call make again."

mirror=$(debian_mirror)
[ -n "$mirror" ] || die "apt knows no Debian mirror here. Set ODOO_HOME to an Odoo 19 of your own, then call make again."
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror sid main" >"$apt/sid.list"

# Debian's unstable suite, with lists and cache of our own.
sid=(-o Dir::Etc::sourcelist="$apt/sid.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::State::lists="$apt/lists"
     -o Dir::Cache="$apt/cache" -o Acquire::Languages=none -o APT::Sandbox::User="$(id -un)")
say "Odoo 19 (about 130 MB)"
logged sid-update "The list of Debian's unstable suite could not be read. Check the network, or set ODOO_HOME." \
    apt-get "${sid[@]}" update
cd "$apt/debs"
# shellcheck disable=SC2086
logged sid-download "Odoo 19 could not be downloaded. Check the network and call make again, or set ODOO_HOME." \
    apt-get "${sid[@]}" download $fresh
# shellcheck disable=SC2086
logged stable-download "Odoo's JavaScript and font packages could not be downloaded. Check the network and call make again." \
    apt-get -o APT::Sandbox::User="$(id -un)" download $stable

rm -rf "$home.part"
mkdir -p "$home.part"
for package in $fresh $stable; do
    deb=$(ls -t "$package"_*.deb | head -n 1)
    logged "unpack-$package" "$deb could not be unpacked. Remove $apt and call make again." dpkg -x "$deb" "$home.part"
done
# Debian leaves this file out; without it every page of the tests logs an error.
selfie=$home.part/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js
[ -e "$selfie" ] || { mkdir -p "$(dirname "$selfie")"; touch "$selfie"; }
dangling=$(find "$home.part" -xtype l | head -n 3)
[ -z "$dangling" ] || die "Odoo's package links to files that are not there: $dangling. Set ODOO_HOME to an Odoo 19 of your own."
rm -rf "$home"
mv "$home.part" "$home"
touch "$home/.complete"
rm -rf "$apt/debs"
