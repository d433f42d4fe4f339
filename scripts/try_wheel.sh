#!/usr/bin/env bash
# Build the wheel into FOLDER, install it in a clean environment outside the tree and compare the
# command it brings with that of .venv.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONPATH PYTHONHOME VIRTUAL_ENV
export PIP_CONSTRAINT=/dev/null PIP_USER=0
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
python=$PWD/.venv/bin/python
samples=src/dateline/knowledge/samples/wire.jsonl
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
mkdir -p "$1"

# From a copy: a build in place leaves files behind that a later wheel would pick up.
mkdir "$room/source"
cp -R pyproject.toml README.md LICENSE NOTICE src "$room/source"
find "$room/source" -name __pycache__ -prune -exec rm -r {} +
PIP_CONFIG_FILE=/dev/null "$python" -m pip --isolated wheel --quiet --no-index --no-deps --no-build-isolation \
    --wheel-dir "$room/wheel" "$room/source"
wheel=$(ls "$room"/wheel/*.whl)

"$("$python" -c 'import sys; print(sys._base_executable)')" -m venv "$room/venv"
pip() { "$room/venv/bin/python" -m pip "$@"; }
pip install -qq --require-hashes --only-binary :all: --requirement requirements/build.txt
pip install -qq --require-hashes --only-binary :all: --requirement requirements/runtime.txt
pip install -qq --no-index --no-deps "$wheel"
pip check

here=$PWD
(cd src && find dateline -type f ! -path '*/__pycache__/*' | sort) >"$room/expected"
(cd "$room"/venv/lib/python3*/site-packages &&
    find dateline -type f ! -path '*/__pycache__/*' | sort) >"$room/installed"
diff "$room/expected" "$room/installed" || { echo "the wheel lacks files of the tree" >&2; exit 1; }

cd "$room"
"$room/venv/bin/dateline" --version
"$room/venv/bin/dateline" code --quiet --no-keep -f jsonl "$here/$samples" >"$room/theirs"
"$here/.venv/bin/dateline" code --quiet --no-keep -f jsonl "$here/$samples" >"$room/ours"
cmp "$room/ours" "$room/theirs"
# The desk of the wheel, with its pages, from outside the tree.
"$room/venv/bin/python" "$here/scripts/try_desk.py"
cp "$wheel" "$here/$1/"
echo "$1/$(basename "$wheel") installs in a clean environment, codes as this tree does and serves the desk"
