#!/usr/bin/env bash
# A wheel of each addon and bridge, for pip.  wheels.sh [FOLDER]
. "$(dirname "$(readlink -f "$0")")/lib.sh"
mkdir -p "${1:-$repo/dist}"
target=$(cd "${1:-$repo/dist}" && pwd)
bash "$repo/dev/setup.sh" lint
bash "$repo/dev/setup_wheels.sh"
load_venv
rm -f "$target"/odoo_addon_lead_*.whl   # of versions before
# shellcheck disable=SC2086
sources=$(printf "$repo/%s\n" $addons $bridges)
# shellcheck disable=SC2086
PYTHONPATH=$cache/whool-1.3.1 PYTHONDONTWRITEBYTECODE=1 logged wheels "The wheels could not be built." \
    "$venv/bin/python" -m pip wheel --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir "$target" $sources
ls "$target"/odoo_addon_lead_*.whl
