#!/bin/sh
# Opens the house on this machine. The Makefile has set everything up; here a demo month is made in an empty database.
set -eu
cd "$(dirname "$0")/.."
umask 077
export CHITRA_SHOW_SIGN_INS="${CHITRA_SHOW_SIGN_INS-1}" CHITRA_BIND="${CHITRA_BIND:-127.0.0.1:${PORT:-8000}}"

.venv/bin/python - "$CHITRA_BIND" <<'PYTHON' || exit 1
import socket, sys

host, _, port = sys.argv[1].rpartition(":")
with socket.socket() as door:
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, int(port)))
    except OSError as trouble:
        sys.exit(f"{sys.argv[1]} cannot be opened: {trouble.strerror}. Use another port: make run PORT=8001")
PYTHON

if [ "${CHITRA_DEMO-1}" = 1 ]; then
    deploy/demo_month.sh
fi
exec .venv/bin/gunicorn -c deploy/gunicorn.conf.py
