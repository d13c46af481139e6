#!/bin/sh
# Runs a command with a PostgreSQL server of its own, and throws the server away afterwards.
# Usage: throwaway_postgres.sh COMMAND [ARGUMENT...]
# The command finds the server in TEST_DATABASE_URL. It listens on a socket in a temporary folder only, and does not
# care about power cuts: good for tests, for nothing else.
set -eu
programs=$("$(dirname "$0")/postgres_programs.sh")
place=$(mktemp -d "${TMPDIR:-/tmp}/chitra-pg.XXXXXX")
chmod 755 "$place"

# PostgreSQL refuses to run as root.
as_owner() { "$@"; }
if [ "$(id -u)" = 0 ]; then
    chown postgres "$place"
    as_owner() { (cd / && runuser -u postgres -- "$@"); }
fi

finish() {
    status=$?
    trap - EXIT INT TERM
    as_owner "$programs/pg_ctl" -D "$place/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$place"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

complain() {
    echo "The throw-away PostgreSQL server could not be started:" >&2
    cat "$place"/*.log >&2
    exit 1
}
as_owner "$programs/initdb" -D "$place/data" -U chitra -A trust -E UTF8 --locale=C --no-sync \
    >"$place/initdb.log" 2>&1 || complain
as_owner "$programs/pg_ctl" -D "$place/data" -l "$place/server.log" -w -t 60 start -o "\
    -c listen_addresses='' -c unix_socket_directories='$place' -c max_connections=200 \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=128MB" \
    >"$place/start.log" 2>&1 || complain

TEST_DATABASE_URL="postgresql+psycopg://chitra@/postgres?host=$place" "$@"
