#!/usr/bin/env bash
# Measures the release binary on SQLite and on a temporary PostgreSQL cluster, and writes bench/RESULTS.md.
#
#   bench/run.sh [options of `dispatch-bench run`]
#
# POSTGRES_BIN  folder with initdb, pg_ctl, psql, pgbench (else: PATH, else the newest of the Debian packages)
# WORK_PARENT   folder on a real disk for all databases (else the temporary folder)
# NO_BUILD=1    use the binaries as they are
#
# Everything listens on loopback, lives in one temporary folder and is removed at the end.
set -euo pipefail
cd "$(dirname "$0")/.."

POSTGRES_USER=postgres # initdb refuses to run as root
STOP_SECONDS_MAX=30
PORT_TRIES_MAX=50

find_postgres() {
    if [[ -n "${POSTGRES_BIN:-}" ]]; then
        echo "$POSTGRES_BIN"
    elif command -v pg_config >/dev/null && [[ -x "$(pg_config --bindir)/initdb" ]]; then
        pg_config --bindir
    else
        printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1
    fi
}

free_port() {
    local port
    for ((try = 0; try < PORT_TRIES_MAX; try++)); do
        port=$((20000 + RANDOM % 30000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
    echo "no free port found" >&2
    return 1
}

as_postgres() {
    if [[ "$(id -u)" == 0 ]]; then
        runuser -u "$POSTGRES_USER" -- "$@"
    else
        "$@"
    fi
}

bin="$(find_postgres)"
[[ -x "$bin/initdb" ]] || { echo "PostgreSQL is missing: set POSTGRES_BIN to the folder of initdb" >&2; exit 1; }

target="${CARGO_TARGET_DIR:-target}"
if [[ -z "${NO_BUILD:-}" ]]; then
    cargo build --release -p dispatch-server -p dispatch-bench
fi

folder="$(mktemp -d "${WORK_PARENT:-${TMPDIR:-/tmp}}/dispatch-bench.XXXXXX")"
chmod 755 "$folder"
cluster="$folder/cluster"
postmaster=

alive() { # a zombie that nobody reaps (a container without an init) counts as gone
    kill -0 "$1" 2>/dev/null && ! grep -q '^State:[[:space:]]*Z' "/proc/$1/status" 2>/dev/null
}

gone_within() { # PID SECONDS
    for ((tenth = 0; tenth < $2 * 10; tenth++)); do
        alive "$1" || return 0
        sleep 0.1
    done
    return 1
}

cleanup() {
    trap '' INT TERM HUP
    if [[ -n "$postmaster" ]] && alive "$postmaster"; then
        kill -INT "$postmaster" || true # fast shutdown
        gone_within "$postmaster" "$STOP_SECONDS_MAX" || kill -QUIT "$postmaster" || true
        gone_within "$postmaster" 5 || true
    fi
    rm -rf "$folder" || { sleep 1; rm -rf "$folder"; }
}
trap cleanup EXIT

# A shell runs its traps only between commands, so the measurement runs in the background and is told to end; it ends
# the servers that it started.
bench=
pass_on() {
    [[ -n "$bench" ]] || exit 130
    kill -TERM "$bench" 2>/dev/null || true
    gone_within "$bench" "$STOP_SECONDS_MAX" || kill -KILL "$bench" 2>/dev/null || true
    exit 130
}
trap pass_on INT TERM HUP

mkdir "$cluster" "$folder/work"
if [[ "$(id -u)" == 0 ]]; then
    chown "$POSTGRES_USER" "$cluster"
fi
chmod 700 "$cluster"
port="$(free_port)"
as_postgres "$bin/initdb" -D "$cluster" -U bench -A trust -E UTF8 --locale=C >/dev/null
cat >>"$cluster/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
max_connections = 200
shared_buffers = 512MB
fsync = on
synchronous_commit = on
CONF
(cd "$cluster" && as_postgres "$bin/pg_ctl" -D "$cluster" -w -t 60 -l "$cluster/server.log" start >/dev/null)
postmaster="$(head -n 1 "$cluster/postmaster.pid")"
"$bin/psql" -X -q -h 127.0.0.1 -p "$port" -U bench -d postgres -c 'CREATE DATABASE dispatch'

# PostgreSQL nodes share the key, so it is not made on the way.
DISPATCH_SERVER_KEY="${DISPATCH_SERVER_KEY:-$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')}"
export DISPATCH_SERVER_KEY

"$target/release/dispatch-bench" run \
    --server-binary "$target/release/dispatch" \
    --database "postgres://bench@127.0.0.1:$port/dispatch" \
    --postgres-pid "$postmaster" \
    --postgres-bin "$bin" \
    --pgbench-scripts bench/pgbench \
    --work-dir "$folder/work" \
    --out bench/RESULTS.md \
    "$@" &
bench=$!
wait "$bench"
