#!/usr/bin/env bash
# Makes the virtual environment: what runs; with “test” or “lint”, what checks too. A broken-off one is gone on with.
. "$(dirname "$(readlink -f "$0")")/lib.sh"
load_venv

python=
for candidate in python3 python3.11 python3.10; do
    if "$candidate" -c 'import sys; sys.exit(not (3, 10) <= sys.version_info < (3, 12))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] ||
    die "$(python3 --version 2>&1) does not fit: the pinned packages of Odoo 19 are for Python 3.10 and 3.11. Put one of them on the PATH."

install() {  # NAME REQUIREMENTS
    [ ! -e "$venv/.$1" ] || return 0
    say "Python packages to $1"
    logged "pip-$1" "pip could not install $2. Check the network, then call make again." \
        "$venv/bin/python" -m pip install --disable-pip-version-check --prefer-binary --only-binary :all: \
        --no-binary docopt,ofxparse -r "$repo/$2"
    touch "$venv/.$1"
}

if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    mkdir -p "$cache"
    logged venv "The virtual environment could not be made. Remove $venv and call make again." \
        "$python" -m venv --clear "$venv"
fi
install run requirements.txt
case ${1:-} in test | lint) install check requirements-dev.txt ;; esac
