#!/bin/sh
# Prints the Python to build with: $PYTHON when it is set, else the first one found that is new enough.
set -eu

new_enough() {
    command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

for candidate in ${PYTHON:-python3 python3.11 python3.12 python3.13 python3.14}; do
    if new_enough "$candidate"; then
        command -v "$candidate"
        exit 0
    fi
done

found=$(python3 --version 2>/dev/null || echo "no Python 3 at all")
echo "Chi trả needs Python 3.11 or newer; found: $found. Install it (Debian 12: apt-get install python3 python3-venv)," >&2
echo "or name one: make run PYTHON=/path/to/python3.11" >&2
exit 1
