#!/usr/bin/env bash
# Measures the release binary on SQLite and on a temporary PostgreSQL cluster, and writes bench/RESULTS.md.
#
#   bench/run.sh [--quick] [--skip PART,...] [-- options of `dispatch-bench run`]
#
# --quick       small databases and short measurements: does everything work? The report goes to the temporary folder
#               unless OUT says otherwise
# --skip        parts to leave out, of: run, lists, agents, heavy, sizes, streams, mail, indexes, compare, webhooks, curve, flames,
#               beyond (ten times as many tickets on SQLite: 60 GB more of disk and an hour more)
# OUT           the report (else bench/RESULTS.md)
# OLDER         release binary of the version before; without one, no comparison of creates
# POSTGRES_BIN  folder with initdb, pg_ctl, psql, pgbench (else: PATH, else the newest of the Debian packages)
# WORK_PARENT   folder on a real disk for all databases (else the temporary folder); the full run needs about 90 GB
# NO_BUILD=1    use the binaries as they are
#
# Everything listens on loopback, lives in one temporary folder and is removed at the end. A missed target makes the exit
# code 1, after everything has been measured.
set -euo pipefail
cd "$(dirname "$0")/.."

POSTGRES_USER=postgres # initdb refuses to run as root
PARTS=(run lists agents heavy sizes streams mail indexes compare webhooks curve flames beyond)

quick=
skip=,
while [[ $# -gt 0 ]]; do
    case "$1" in
        --quick) quick=1 ;;
        --skip)
            [[ $# -ge 2 ]] || { echo "--skip needs parts: ${PARTS[*]}" >&2; exit 2; }
            skip=",$2,"
            shift
            ;;
        --) shift; break ;;
        *) echo "unknown option $1; options of dispatch-bench run come behind --" >&2; exit 2 ;;
    esac
    shift
done
for part in ${skip//,/ }; do
    [[ " ${PARTS[*]} " == *" $part "* ]] || { echo "unknown part $part; there are: ${PARTS[*]}" >&2; exit 2; }
done
wants() { [[ "$skip" != *",$1,"* ]]; }

if [[ -n "$quick" ]]; then
    run_options=(--tickets 2000 --seconds 1 --warmup-seconds 0)
    small=2000 middle=5000 large=10000 requests=10 load_seconds=1 agents=5 heavy=(--tickets 2000 --assigned 500) sizes=500 streams=100 mails=500 seconds=1 compared=1000
    hooks=(--seconds 2 --deliveries 500)
else
    run_options=()
    small=10000 middle=100000 large=1000000 requests=60 load_seconds=15 agents=60 heavy=(--tickets 50000 --assigned 10000) sizes=20000 streams=1000 mails=10000 seconds=3
    compared=50000 hooks=()
fi
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
url() { echo "postgres://bench@127.0.0.1:$port/$1"; }
empty_database() { "$bin/psql" -X -q -h 127.0.0.1 -p "$port" -U bench -d postgres -c "CREATE DATABASE $1"; }

# PostgreSQL nodes share the key, so it is not made on the way; and the rows of a SQLite database are carried over.
DISPATCH_SERVER_KEY="${DISPATCH_SERVER_KEY:-$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')}"
export DISPATCH_SERVER_KEY

out="${OUT:-$([[ -n "$quick" ]] && echo "$folder/RESULTS.md" || echo bench/RESULTS.md)}"
server=(--server-binary "$target/release/dispatch" --postgres-bin "$bin")
missed=0

# Runs one part to its end. Exit code 1 is a missed target or a failure: the others are measured all the same.
measure() {
    "$target/release/dispatch-bench" "$@" &
    bench=$!
    local code=0
    wait "$bench" || code=$?
    bench=
    if [[ "$code" != 0 ]]; then
        echo "bench/run.sh: $1 missed a target or failed" >&2
        missed=1
    fi
}

data() { echo "$folder/work/$1"; }

if wants run; then
    empty_database dispatch
    measure run "${server[@]}" --database "$(url dispatch)" --postgres-pid "$postmaster" \
        --pgbench-scripts bench/pgbench --work-dir "$folder/work" --out "$out" "${run_options[@]}" "$@"
fi
if wants sizes; then
    empty_database sizes
    measure sizes "${server[@]}" --data "$(data sizes)" --tickets "$sizes" --out "$out"
    measure sizes "${server[@]}" --data "$(data sizes_pg)" --database "$(url sizes)" --tickets "$sizes" --out "$out"
fi
if wants webhooks; then
    empty_database webhooks
    measure webhooks "${server[@]}" --data "$(data webhooks)" "${hooks[@]}" --out "$out"
    measure webhooks "${server[@]}" --data "$(data webhooks_pg)" --database "$(url webhooks)" "${hooks[@]}" --out "$out"
fi
if wants streams; then
    empty_database streams
    measure streams "${server[@]}" --data "$(data streams)" --streams "$streams" --seconds "$seconds" --out "$out"
    measure streams "${server[@]}" --data "$(data streams_pg)" --database "$(url streams)" --streams "$streams" \
        --seconds "$seconds" --out "$out"
fi
if wants mail; then
    empty_database mail
    measure mail "${server[@]}" --data "$(data mail)" --messages "$mails" --out "$out"
    measure mail "${server[@]}" --data "$(data mail_pg)" --database "$(url mail)" --messages "$mails" --out "$out"
fi
if wants compare && [[ -n "${OLDER:-}" ]]; then
    measure compare "${server[@]}" --older "$OLDER" --work-dir "$folder/work" --tickets "$compared" --seconds "$seconds" --out "$out"
    empty_database newer
    empty_database older
    measure compare "${server[@]}" --older "$OLDER" --work-dir "$folder/work" --tickets "$compared" --seconds "$seconds" \
        --database "$(url newer)" --older-database "$(url older)" --postgres-pid "$postmaster" --out "$out"
fi
if wants lists || wants agents || wants heavy || wants indexes || wants curve || wants flames || wants beyond; then
    measure grow "${server[@]}" --data "$(data large)" --tickets "$large"
    measure grow "${server[@]}" --data "$(data small)" --tickets "$small"
    if wants lists || wants agents || wants heavy; then # before anything is added to the databases they are carried from
        empty_database large
        empty_database small
        measure grow "${server[@]}" --data "$(data large_pg)" --database "$(url large)" --from "$(data large)"
        measure grow "${server[@]}" --data "$(data small_pg)" --database "$(url small)" --from "$(data small)"
    fi
fi
if wants lists; then
    for kind in "" _pg; do
        measure lists "${server[@]}" --small "$(data small$kind)" --large "$(data large$kind)" --requests "$requests" \
            --load-seconds "$load_seconds" --out "$out"
    done
fi
if wants agents; then
    measure agents "${server[@]}" --data "$(data large)" --seconds "$agents" --out "$out"
    measure agents "${server[@]}" --data "$(data large_pg)" --seconds "$agents" --postgres-pid "$postmaster" --out "$out"
fi
if wants heavy; then
    for kind in "" _pg; do
        measure heavy "${server[@]}" --data "$(data large$kind)" "${heavy[@]}" --out "$out"
    done
fi
if wants indexes; then
    measure indexes --data "$(data large)" --work-dir "$folder/work" --seconds "$seconds" --out "$out"
fi
if wants curve; then
    measure grow "${server[@]}" --data "$(data middle)" --tickets "$middle"
    measure curve "${server[@]}" --data "$(data small)" --data "$(data middle)" --data "$(data large)" \
        --picture "$(dirname "$out")/growth-sqlite.svg"
fi
if wants flames; then
    if command -v perf >/dev/null; then
        # With the names of functions and the frames that perf follows: another build, not the one that is measured.
        RUSTFLAGS="-C force-frame-pointers=yes" CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_STRIP=none \
            cargo build --release --target-dir "$target/profiled" -p dispatch-server
        python3 -B bench/flame.py --server "$target/profiled/release/dispatch" --data "$(data large)" --out "$(dirname "$out")/flames" || missed=1
    else
        echo "bench/run.sh: no flame graphs: perf is missing (Debian's linux-perf)" >&2
        missed=1
    fi
fi
if wants beyond; then # the last one: it changes the large database
    measure multiply "${server[@]}" --data "$(data large)" --times 10
    measure lists "${server[@]}" --small "$(data small)" --large "$(data large)" --requests "$requests" --load-seconds "$load_seconds" --out "$out"
    measure agents "${server[@]}" --data "$(data large)" --seconds "$agents" --out "$out"
fi
[[ "$out" != "$folder/"* ]] || cat "$out"
exit "$missed"
