#!/usr/bin/env bash
# Style of Python, Odoo and XML files: one command, the same on a desk as in CI.
. "$(dirname "$(readlink -f "$0")")/lib.sh"
bash "$repo/dev/setup.sh" lint
load_venv
cd "$repo"
code=0
step() { say "$1"; shift; "$@" || code=1; }
step "ruff" "$venv/bin/ruff" check --no-cache .
step "ruff format" "$venv/bin/ruff" format --no-cache --check --diff .
# shellcheck disable=SC2086
step "pylint-odoo" "$venv/bin/python" -m pylint --load-plugins=pylint_odoo -d all -e odoolint \
    --disable=missing-readme,consider-merging-classes-inherited \
    --manifest-required-authors="Lead Management Contributors" \
    --valid-odoo-versions=19.0 --score=n $addons $bridges
step "XML and manifests" "$venv/bin/python" dev/check_files.py $addons $bridges
step ".pot files" bash dev/pots.sh "${CI:+check}"
[ "$code" = 0 ] || die "Lint found something, see above."
say "lint is clean"
