#!/bin/sh
# Print the path of a Python that can carry the project: 3.12 or newer, with venv.
# Looks at $PYTHON alone if it is set, else on PATH and where version managers keep theirs. The
# system's folders are looked up below $FIND_PYTHON_ROOT, so that the search itself can be tested.

root=${FIND_PYTHON_ROOT:-}

works() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

locate() {
    "$1" -c 'import sys; print(sys.executable)'
}

if [ -n "${PYTHON:-}" ]; then
    works "$PYTHON" && locate "$PYTHON" && exit 0
    echo "PYTHON=$PYTHON is no Python 3.12 or newer with the venv module; name another one or none" >&2
    exit 1
fi

for name in python3.12 python3.13 python3.14 python3 python; do
    works "$name" && locate "$name" && exit 0
done

for path in \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python3 \
    "$HOME"/.pyenv/versions/3.1[2-9]*/bin/python3 \
    "$HOME"/.local/share/uv/python/cpython-3.1[2-9]*/bin/python3 \
    "$root"/usr/local/bin/python3.1[2-9] \
    "$root"/opt/python*/bin/python3.1[2-9] \
    "$root"/opt/*/bin/python3.1[2-9] \
    "$root"/opt/homebrew/bin/python3.1[2-9]; do
    [ -x "$path" ] && works "$path" && locate "$path" && exit 0
done

echo "no Python 3.12 or newer with the venv module was found; install one (a system package, pyenv" \
    "or uv) or name yours: make setup PYTHON=/path/to/python3.12" >&2
exit 1
