#!/bin/sh
# Fills an empty house with a demo month, once, and keeps its sign-ins in var/sign-ins.txt for the owner's eyes only.
# A house where somebody works already is left alone, and so is one in production.
set -eu
cd "$(dirname "$0")/.."
umask 077
mkdir -p var

.venv/bin/python -m deploy.is_empty || exit 0
echo "The house is empty: making a demo month, once (about a minute)…"
if .venv/bin/flask --app app demo-month >var/sign-ins.new; then
    mv var/sign-ins.new var/sign-ins.txt
else
    rm -f var/sign-ins.new
    echo "The demo month could not be made; see above. To open the house without one: make run CHITRA_DEMO=0" >&2
    exit 1
fi
