#!/bin/sh
# Prints the folder of PostgreSQL's server programs (initdb, postgres); Debian keeps them out of the search path.
set -eu
for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) /usr/local/pgsql/bin; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then
        echo "$folder"
        exit 0
    fi
done
dirname "$(command -v initdb)"
