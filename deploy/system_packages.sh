#!/bin/sh
# Makes sure that the system's own libraries and programs are there. Usage: system_packages.sh run|test
# What is missing is installed with apt-get when this is Debian or Ubuntu and we are root or may use sudo;
# otherwise a sentence says what is missing and how to install it.
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-run}
python=$(deploy/python.sh)
missing=""

needs() { # needs PACKAGE CHECK...: the Debian package, and the command that succeeds when it is there
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}
library() { "$python" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1"; }
program() { command -v "$1"; }
can_make_environments() { "$python" -c 'import ensurepip, venv'; }
postgres_server() { deploy/postgres_programs.sh; }

look() {
    missing=""
    needs python3-venv can_make_environments
    # WeasyPrint sets papers with these.
    needs libpango-1.0-0 library libpango-1.0.so.0
    needs libpangoft2-1.0-0 library libpangoft2-1.0.so.0
    needs libharfbuzz-subset0 library libharfbuzz-subset.so.0
    needs libfontconfig1 library libfontconfig.so.1
    needs tzdata test -e /usr/share/zoneinfo/Asia/Ho_Chi_Minh
    if [ "$purpose" = test ]; then
        needs chromium program chromium
        needs poppler-utils program pdftoppm
        needs zbar-tools program zbarimg
        needs postgresql postgres_server
    fi
}

explain() {
    echo "These system packages are missing and could not be installed here ($1):$missing" >&2
    echo "Install them, then start again. On Debian or Ubuntu:  sudo apt-get install$missing" >&2
    exit 1
}

look
[ -z "$missing" ] && exit 0

command -v apt-get >/dev/null 2>&1 || explain "there is no apt-get"
as_root=""
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || explain "we are not root and there is no sudo"
    # Ask for a password only where a person can type it.
    [ -t 0 ] || sudo -n true 2>/dev/null || explain "we are not root and sudo wants a password"
    as_root=sudo
fi

echo "Installing system packages:$missing"
install() {
    # shellcheck disable=SC2086 # $missing is a list
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing </dev/null
}
mkdir -p var
log=var/system_packages.log
install >"$log" 2>&1 || { $as_root apt-get update -q >>"$log" 2>&1 && install >>"$log" 2>&1; } || {
    tail -n 20 "$log" >&2
    explain "apt-get failed, its last words are above"
}
look
[ -z "$missing" ] || explain "apt-get ran, but they are still not usable"
