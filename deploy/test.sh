#!/bin/sh
# Everything that can be proven, one stage after the other; a stage that fails does not keep the next one from running.
set -eu
cd "$(dirname "$0")/.."
failed=""
for stage in check test-sqlite test-postgres; do
    echo "-- $stage"
    "${MAKE:-make}" --no-print-directory "$stage" || failed="$failed $stage"
done
[ -z "$failed" ] || {
    echo "Not proven:$failed" >&2
    exit 1
}
echo "All proven."
