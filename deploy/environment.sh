#!/bin/sh
# Makes .venv and installs the exact versions into it. Usage: environment.sh run|test
# What was installed is remembered by the content of the requirements, so that a second start has nothing to do.
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-run}
python=$(deploy/python.sh)
files="requirements.txt"
[ "$purpose" = run ] || files="$files tests/requirements.txt"

# shellcheck disable=SC2086 # $files is a list
wanted=$({ "$python" --version; cat $files; } | "$python" -c \
    'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())')
stamp=.venv/installed-for-$purpose
[ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ] && exit 0

if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    echo "Making the Python environment in .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv
fi
echo "Installing exact versions from: $files"
arguments=""
for file in $files; do arguments="$arguments -r $file"; done
# shellcheck disable=SC2086
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-input $arguments || {
    echo "pip could not install what is written in $files; its last words are above." >&2
    echo "It needs a package index: see PIP_INDEX_URL when this machine has no way out." >&2
    exit 1
}
.venv/bin/python -c 'import weasyprint' 2>/dev/null || {
    echo "WeasyPrint cannot find the system libraries that set papers (pango); see deploy/system_packages.sh." >&2
    exit 1
}
echo "$wanted" >"$stamp"
