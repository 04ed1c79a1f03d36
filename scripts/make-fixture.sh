#!/usr/bin/env bash
# make-fixture.sh VERSION: makes the databases of this version that later versions must be able to open, through the API,
# into crates/server/tests/fixtures/VERSION. A fixture of a released version is never made again. DISPATCH_BIN: the binary.
set -euo pipefail
cd "$(dirname "$0")/.."
version=${1:?usage: scripts/make-fixture.sh VERSION}
bytes_max=1200000 # an empty table or index is a page of 4 KB each; packed by git they are a tenth

binary=${DISPATCH_BIN:-}
if [ -z "$binary" ]; then
  cargo build -q -p dispatch-server
  binary=${CARGO_TARGET_DIR:-target}/debug/dispatch
fi
said=$("$binary" --version)
[ "$said" = "dispatch $version" ] || { echo "make-fixture: $binary is '$said', not version $version" >&2; exit 1; }

# A database of its own, beside whatever the tests use: the same script again, with a cluster of its own.
if [ -z "${MAKE_FIXTURE_CLUSTER:-}" ]; then
  exec env -u DISPATCH_TEST_POSTGRES MAKE_FIXTURE_CLUSTER=1 DISPATCH_BIN="$binary" scripts/with-postgres.sh "$0" "$version"
fi

tmp=$(mktemp -d)
server=
cleanup() {
  if [ -n "$server" ]; then kill -KILL "$server" 2>/dev/null || true; fi
  rm -rf "$tmp"
}
trap cleanup EXIT
postgres=$DISPATCH_TEST_POSTGRES
bin=$DISPATCH_TEST_PG_BIN
unset "${!DISPATCH_@}"

# make NAME FLAGS...: a key, a server on these flags, the data, the server's end.
make() {
  local name=$1
  shift
  "$binary" admin create-key --name Fixture --all-brands "$@" >"$tmp/$name.key"
  printf 'correct horse battery\n' \
    | "$binary" admin create-member --name "Ana Ito" --email ana@example.com --role admin --all-brands --password-stdin "$@" >/dev/null
  "$binary" serve --listen 127.0.0.1:0 "$@" >"$tmp/$name.out" 2>"$tmp/$name.log" &
  server=$!
  python3 -B scripts/fixture_data.py "$tmp/$name.out" "$(cat "$tmp/$name.key")" || { cat "$tmp/$name.log" >&2; exit 1; }
  kill -TERM "$server"
  wait "$server"
  server=
  "$binary" doctor "$@" >"$tmp/$name.doctor" || { cat "$tmp/$name.doctor" >&2; exit 1; }
}

# The key of the tests (crates/testkit), which opens what is sealed in the fixtures.
key=server.key=$(printf '5eed%.0s' {1..16})
make sqlite --data "$tmp/sqlite" --set "$key"
make postgres --data "$tmp/postgres" --database "$postgres" --set "$key"

python3 - "$tmp/sqlite/dispatch.sqlite" <<'PY'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA journal_mode = DELETE")
db.execute("VACUUM")
db.close()
PY
# --inserts, so that a driver can restore it without psql.
"$bin/pg_dump" --inserts --no-owner --no-privileges --dbname "$postgres" >"$tmp/dispatch.sql"

folder=crates/server/tests/fixtures/$version
mkdir -p "$folder"
cp "$tmp/sqlite/dispatch.sqlite" "$tmp/dispatch.sql" "$tmp/sqlite.key" "$tmp/postgres.key" "$folder"
bytes=$(cat "$folder"/* | wc -c)
[ "$bytes" -le $bytes_max ] || { echo "make-fixture: $folder has $bytes bytes, more than $bytes_max" >&2; exit 1; }
echo "make-fixture: $folder, $bytes bytes"
