#!/usr/bin/env bash
# fsync-before-answer.sh BINARY: runs the server on SQLite under strace, writes to it, and proves from the trace that
# every 201 left only after the fsync of the WAL that made it durable. A killed process cannot show this: the page cache lives on.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
binary=${1:?usage: fsync-before-answer.sh BINARY}
tickets=20
start_tries_max=5
ready_seconds_max=60

fail() { echo "fsync-before-answer: $*" >&2; exit 1; }
for tool in strace python3 curl; do
  command -v "$tool" >/dev/null || fail "$tool is missing: scripts/setup.sh test"
done
[ -x "$binary" ] || fail "$binary is not a program"
strace -D -f -o /dev/null true 2>/dev/null || fail "strace may not trace here (ptrace is forbidden), so nothing can be proved"

# The settings of whoever calls this (the test suite's, say) are not the ones to prove.
unset "${!DISPATCH_@}"
export DISPATCH_RATE_LIMITS_ENABLED=false

tmp=$(mktemp -d "${TMPDIR:-/tmp}/dispatch-fsync.XXXXXX")
server=
cleanup() {
  if [ -n "$server" ]; then kill -KILL "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  rm -rf "$tmp"
}
trap cleanup EXIT
trap 'exit 130' INT TERM HUP

alive() { kill -0 "$server" 2>/dev/null; }

# -D: strace is the grandchild, so $! is the server itself. -y: descriptors with their paths. -s: whole pages, since
# the analysis looks for each ticket's title in what was written.
start() {
  local port=$((20000 + RANDOM % 12000)) deadline=$((SECONDS + ready_seconds_max))
  url=http://127.0.0.1:$port/v1
  strace -D -f -tt -y -s 70000 -o "$tmp/trace" \
    -e trace=fdatasync,fsync,write,writev,pwrite64,pwritev,sendto,sendmsg \
    "$binary" serve --data "$tmp/data" --listen "127.0.0.1:$port" </dev/null >"$tmp/server.log" 2>&1 &
  server=$!
  while alive && [ $SECONDS -lt $deadline ]; do
    if curl -sf -o "$tmp/reply" --max-time 5 "$url/health" && alive; then return; fi
    sleep 0.1
  done
  return 1
}

# post PATH JSON: one request, which must be answered 201; its body is then in $tmp/reply.
post() {
  local code
  code=$(curl -s -o "$tmp/reply" -w '%{http_code}' --max-time 30 -H "Authorization: Bearer $key" \
    -H 'Content-Type: application/json' -d "$2" "$url$1") || fail "POST $1: no answer"
  [ "$code" = 201 ] || fail "POST $1 answered $code: $(head -c 500 "$tmp/reply")"
}

key=$("$binary" admin create-key --data "$tmp/data" --name t --all-brands) || fail "admin create-key failed"
for try in $(seq $start_tries_max); do # the port was a guess
  if start; then break; fi
  if alive || [ "$try" = $start_tries_max ]; then cat "$tmp/server.log" >&2; fail "the server did not start"; fi
done

titles=("Acme Support")
post /brands '{"name":"Acme Support","slug":"acme"}'
brand=$(python3 -c 'import json, sys; print(json.load(sys.stdin)["id"])' <"$tmp/reply")
for n in $(seq -w $tickets); do
  titles+=("fsync proof ticket $n.")
  post "/brands/$brand/tickets" "{\"title\":\"fsync proof ticket $n.\"}"
done

kill -TERM "$server"
for _ in {1..200}; do alive || break; sleep 0.05; done # then cleanup kills it; the trace has every answer already
python3 "$here/fsync_before_answer.py" "$tmp/trace" "${titles[@]}"
