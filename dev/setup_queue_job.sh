#!/usr/bin/env bash
# OCA's job queue, beside the virtual environment: only the tests of the bridge to it need it. It names Odoo as a
# package it depends on, which is not on the index, so it is installed without what it depends on.
. "$(dirname "$(readlink -f "$0")")/lib.sh"
load_venv
folder=$cache/queue-job
[ ! -e "$folder/.done" ] || exit 0
say "OCA's job queue, for the tests"
logged pip-queue-job "pip could not install OCA's queue_job. Check the network, then call make again." \
    "$venv/bin/python" -m pip install --disable-pip-version-check --no-deps --only-binary :all: --upgrade \
    --target "$folder" 'odoo-addon-queue-job==19.0.2.4.0.1' 'openupgradelib==3.13.7'
touch "$folder/.done"
