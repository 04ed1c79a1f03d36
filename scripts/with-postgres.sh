#!/usr/bin/env bash
# with-postgres.sh [--durable] CMD ...: runs CMD beside a temporary PostgreSQL cluster, then removes it whatever happened.
# CMD finds DISPATCH_TEST_POSTGRES (URL), _PG_BIN and _PG_DATA. A URL that is already set is used instead.
set -euo pipefail

find_bin_dir() {
  local dir candidates=()
  if command -v initdb >/dev/null; then candidates+=("$(dirname "$(readlink -f "$(command -v initdb)")")"); fi
  while read -r dir; do candidates+=("$dir"); done < <(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV)
  for dir in "${candidates[@]}"; do
    if [ -x "$dir/initdb" ] && [ -x "$dir/postgres" ] && [ -x "$dir/pg_ctl" ]; then echo "$dir"; return; fi
  done
  echo "with-postgres: no PostgreSQL server found: apt-get install postgresql" >&2
  return 1
}

fsync=off # a test cluster need not survive the machine; --durable is for proofs and measurements
case ${1:-} in
  --bin-dir) find_bin_dir; exit ;;
  --durable) fsync=on; shift ;;
esac
[ $# -gt 0 ] || { echo "usage: with-postgres.sh [--durable] CMD ..." >&2; exit 2; }
if [ -n "${DISPATCH_TEST_POSTGRES:-}" ]; then exec "$@"; fi

bin=$(find_bin_dir)
tmp=
cmd_pid=
signalled=

# PostgreSQL refuses to run as root. It also warns about a current folder it may not read, so it always runs in $tmp.
as_postgres() (
  cd "$tmp"
  export LC_ALL=C
  if [ "$(id -u)" != 0 ]; then exec "$@"; fi
  exec runuser -u "$(stat -c %U "$tmp")" -- "$@"
)

# A cluster that need not last lies in memory where there is room: hundreds of databases are copied and thrown away.
in_memory() {
  [ "$fsync" = off ] && [ "$(df -k --output=avail /dev/shm 2>/dev/null | tail -1)" -ge 4194304 ] 2>/dev/null && echo /dev/shm
}

make_folder() {
  local base owner=nobody
  if id -u postgres >/dev/null 2>&1; then owner=postgres; fi
  for base in $(in_memory) "${TMPDIR:-/tmp}" /tmp; do # TMPDIR may lie where only root can go, or be too long for a socket's name
    [ ${#base} -le 60 ] || continue
    tmp=$(mktemp -d "$base/dispatch-pg.XXXXXX") || continue
    if [ "$(id -u)" != 0 ]; then return; fi
    chown "$owner" "$tmp"
    if as_postgres test -w "$tmp" 2>/dev/null; then return; fi
    rm -rf "$tmp"
    tmp=
  done
  echo "with-postgres: no temporary folder that user $owner can write to" >&2
  return 1
}

create_cluster() {
  as_postgres "$bin/initdb" -D "$tmp/data" -U postgres --auth=trust --encoding=UTF8 --locale=C --no-sync \
    >"$tmp/initdb.log" 2>&1 || { cat "$tmp/initdb.log" >&2; return 1; }
  # In the file, not as arguments, so that a test can stop and start the cluster with pg_ctl and get the same one.
  cat >>"$tmp/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$tmp'
fsync = $fsync
full_page_writes = $fsync
synchronous_commit = on
max_connections = 300
shared_buffers = 128MB
autovacuum = $fsync # on its own time it changes what a plan reads, and tests look at that
CONF
}

# Whether a port is free only the bind can tell: try, and try another one. Below the ephemeral range (32768 ...).
start_cluster() {
  local log=$tmp/server.log
  for _ in {1..20}; do
    port=$((20000 + RANDOM % 12000))
    echo "port = $port" >>"$tmp/data/postgresql.conf"
    if as_postgres "$bin/pg_ctl" -D "$tmp/data" -l "$log" -w -t 60 start </dev/null >"$tmp/start.log" 2>&1; then return; fi
    grep -q 'Address already in use' "$log" || break
    as_postgres rm -f "$log"
  done
  echo "with-postgres: the cluster did not start" >&2
  cat "$tmp/start.log" "$log" >&2 || true
  return 1
}

alive() { # a zombie nobody reaps (containers without an init) counts as gone
  kill -0 "$1" 2>/dev/null && ! grep -q '^State:[[:space:]]*Z' "/proc/$1/status" 2>/dev/null
}

gone_within() { # PID SECONDS
  for ((i = 0; i < $2 * 20; i++)); do
    alive "$1" || return 0
    sleep 0.05
  done
  return 1
}

cleanup() {
  trap '' INT TERM HUP
  local pid=
  # Read the pid now: CMD may have restarted the cluster. QUIT = at once, without a checkpoint nobody will read.
  if [ -n "$tmp" ] && [ -f "$tmp/data/postmaster.pid" ]; then read -r pid <"$tmp/data/postmaster.pid" || true; fi
  if [[ $pid =~ ^[0-9]+$ ]] && alive "$pid"; then
    kill -QUIT "$pid" || true
    gone_within "$pid" 15 || kill -KILL "$pid" || true
    gone_within "$pid" 5 || true
  fi
  if [ -n "$tmp" ]; then rm -rf "$tmp" || { sleep 1; rm -rf "$tmp"; }; fi
}

# TERM and HUP reach only this shell, so they are passed on; Ctrl-C reaches CMD by itself. CMD has 20 s to end.
on_signal() {
  [ -n "$cmd_pid" ] || exit 130
  signalled=1
  if [ "$1" != INT ]; then kill -s "$1" "$cmd_pid" 2>/dev/null || true; fi
  gone_within "$cmd_pid" 15 || kill -TERM "$cmd_pid" 2>/dev/null || true
  gone_within "$cmd_pid" 5 || kill -KILL "$cmd_pid" 2>/dev/null || true
}

trap cleanup EXIT
trap 'on_signal INT' INT
trap 'on_signal TERM' TERM
trap 'on_signal HUP' HUP

make_folder
create_cluster
start_cluster
export DISPATCH_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres"
export DISPATCH_TEST_PG_BIN="$bin"
export DISPATCH_TEST_PG_DATA="$tmp/data"

# In the background, since a shell that waits for a foreground command does not run its traps; with `env`, since a
# background command would ignore Ctrl-C; with <&0, since it would lose its input.
env --default-signal=INT,QUIT "$@" <&0 &
cmd_pid=$!
status=0
wait "$cmd_pid" || status=$?
if [ -n "$signalled" ]; then # then the trap ended that wait; CMD is gone by now, and this is its own status
  status=0
  wait "$cmd_pid" || status=$?
fi
[ "$status" = 0 ] || exit "$status"
