#!/usr/bin/env bash
# whool, which makes a wheel of an addon, beside the virtual environment: neither the addons nor their tests import it.
. "$(dirname "$(readlink -f "$0")")/lib.sh"
load_venv
folder=$cache/whool-1.3.1
[ ! -e "$folder/.done" ] || exit 0
say "whool, which makes the wheels"
logged pip-whool "pip could not install whool. Check the network, then call make again." \
    "$venv/bin/python" -m pip install --disable-pip-version-check --only-binary :all: --upgrade \
    --target "$folder" 'whool==1.3.1' 'manifestoo-core==1.16.1' 'wheel==0.48.0' 'packaging==26.3'
touch "$folder/.done"
