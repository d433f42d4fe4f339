#!/usr/bin/env bash
# Write the locks anew: exact versions with the hashes of their wheels, and no address of any index.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=${UV:-uv}

compile() { # OUTPUT INPUT...
    local output=$1
    shift
    "$uv" pip compile --quiet --universal --python-version 3.12 --only-binary :all: \
        --generate-hashes --no-emit-index-url --custom-compile-command "make lock" \
        "${upgrade[@]}" --output-file "requirements/$output" "$@"
}

upgrade=("$@") # e.g. --upgrade
compile runtime.txt pyproject.toml
compile dev.txt --constraints requirements/runtime.txt --all-extras pyproject.toml requirements/dev.in
compile build.txt --constraints requirements/dev.txt requirements/build.in
compile knowledge.txt --constraints requirements/dev.txt requirements/knowledge.in
compile encoder.txt --constraints requirements/knowledge.txt --constraints requirements/dev.txt requirements/encoder.in
