#!/usr/bin/env bash
# large-upload.sh BINARY [MB]: uploads a file of 5,120 MB (or so many) to the local store, downloads it again, and proves that
# the server's memory does not grow with it. The bytes are made on the way and never kept here.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
binary=${1:?usage: large-upload.sh BINARY [MB]}
mb=${2:-5120}

fail() { echo "large-upload: $*" >&2; exit 1; }
command -v python3 >/dev/null || fail "python3 is missing: scripts/setup.sh test"
[ -x "$binary" ] || fail "$binary is not a program"
unset "${!DISPATCH_@}"

tmp=$(mktemp -d "${TMPDIR:-/tmp}/dispatch-large.XXXXXX")
server=
cleanup() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  rm -rf "$tmp"
}
trap cleanup EXIT
trap 'exit 130' INT TERM HUP

free_mb=$(df -Pm "$tmp" | awk 'NR == 2 { print $4 }')
[ "$free_mb" -gt $((mb + 1024)) ] || fail "$free_mb MB are free in $tmp, and $((mb + 1024)) are needed"
key=$("$binary" admin create-key --data "$tmp/data" --name t --all-brands) || fail "admin create-key failed"
port=$((20000 + RANDOM % 12000))
"$binary" serve --data "$tmp/data" --listen "127.0.0.1:$port" --set storage.max_file_mb=5120 --set rate_limits.enabled=false \
  </dev/null >"$tmp/server.log" 2>&1 &
server=$!
python3 -B "$here/large_upload.py" "http://127.0.0.1:$port" "$key" "$server" "$mb" \
  || { tail -n 20 "$tmp/server.log" >&2; fail "see above"; }
