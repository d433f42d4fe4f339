#!/usr/bin/env bash
# Builds the pages of the review desk into src/dateline/review/static (needs Node 20.19 or newer).
# --check builds them elsewhere and fails when they differ from what is committed.
set -euo pipefail
cd "$(dirname "$0")/../web"

npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
if [ "${1:-}" = --check ]; then
    fresh=$(mktemp -d)
    trap 'rm -rf "$fresh"' EXIT
    npm run --silent lint
    npm test --silent
    DATELINE_STATIC=$fresh npm run --silent build
    if ! diff -rq "$fresh" ../src/dateline/review/static; then
        echo "the built pages are not what web/ gives: run scripts/build_web.sh" >&2
        exit 1
    fi
    node tools/budget.mjs "$fresh"
else
    npm run --silent build
    node tools/budget.mjs ../src/dateline/review/static
fi
