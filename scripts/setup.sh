#!/usr/bin/env bash
# Prepare .venv: the locked packages, then this project, editable. Does nothing when up to date.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONPATH PYTHONHOME VIRTUAL_ENV
# The locks alone decide what is installed, whatever pip is told elsewhere to hold back.
export PIP_CONSTRAINT=/dev/null PIP_USER=0
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
python=.venv/bin/python

key() { { printf '%s\n' "$PWD"; cat "$@"; } | cksum; }

locked() {
    "$python" -m pip install -qq --require-hashes --only-binary :all: --requirement "$1"
}

done_already() { # STAMP KEY
    [ "$(cat ".venv/$1" 2>/dev/null)" = "$2" ] && "$python" -c '' 2>/dev/null
}

packages=$(key requirements/build.txt requirements/dev.txt scripts/setup.sh)
project=$(key pyproject.toml)

if ! done_already packages.stamp "$packages"; then
    base=$(scripts/find_python.sh)
    echo "Setting up .venv with $("$base" --version) (once, a minute or two) …"
    "$base" -m venv --clear .venv
    locked requirements/build.txt
    locked requirements/dev.txt
    echo "$packages" >.venv/packages.stamp
fi
if ! done_already project.stamp "$project"; then
    PIP_CONFIG_FILE=/dev/null "$python" -m pip --isolated install --quiet --no-index --no-deps \
        --no-build-isolation --editable .
    echo "$project" >.venv/project.stamp
fi
