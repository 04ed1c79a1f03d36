#!/usr/bin/env bash
# test.sh: does what build.sh left in target/package do its work? Unpacks the Debian package, looks at the unit, and takes a brand,
# a ticket and an answer through the binary in it, on the machine's own libraries or without any.
set -euo pipefail
cd "$(dirname "$0")/.."

out=${CARGO_TARGET_DIR:-target}/package
(cd "$out" && sha256sum --quiet -c SHA256SUMS)
folder=$(mktemp -d)
server=
cleanup() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$folder"
}
trap cleanup EXIT
fail() { echo "packaging/test.sh: $*" >&2; exit 1; }

dpkg-deb -x "$out"/dispatch-server_*.deb "$folder/root"
dpkg-deb -e "$out"/dispatch-server_*.deb "$folder/control"
for script in postinst prerm postrm; do sh -n "$folder/control/$script"; done
binary=$folder/root/usr/bin/dispatch
! ldd "$binary" >/dev/null 2>&1 || ldd "$binary" 2>&1 | grep -q 'statically linked' || fail "the binary is not static: $(ldd "$binary" | head -n 3)"
if command -v systemd-analyze >/dev/null; then
  sed "s#/usr/bin/dispatch#$binary#" "$folder/root/lib/systemd/system/dispatch.service" >"$folder/dispatch.service"
  said=$(systemd-analyze verify "$folder/dispatch.service" 2>&1) || fail "the unit: $said"
  [ -z "$said" ] || fail "the unit: $said"
fi

port=$((20000 + RANDOM % 30000))
sed -e "s#/var/lib/dispatch#$folder/data#" -e "s#127.0.0.1:8080#127.0.0.1:$port#" "$folder/root/etc/dispatch/dispatch.toml" >"$folder/dispatch.toml"
"$binary" serve --config "$folder/dispatch.toml" >"$folder/log" 2>&1 &
server=$!
api=http://127.0.0.1:$port/v1
curl -fsS --retry 50 --retry-delay 1 --retry-connrefused -o /dev/null "$api/ready" || fail "it does not start: $(cat "$folder/log")"
key=$(grep -o 'sk_live_[a-z0-9]*' "$folder/data/first-run.txt" | head -n 1)
call() { curl -fsS -H "Authorization: Bearer $key" "$api$1" "${@:2}"; }
brand=$(call /brands --json '{"name": "Acme", "slug": "acme"}' | grep -o 'br_[a-z0-9]*' | head -n 1)
call "/brands/$brand/tickets" --json '{"title": "It arrives", "customerEmail": "jane@example.com"}' | grep -q '"DT-1001"' || fail "no ticket"
call "/brands/$brand/tickets/DT-1001/comments" --json '{"body": "Good."}' >/dev/null
curl -fsS "http://127.0.0.1:$port/" | grep -q '<div id="root"' || fail "no dashboard: build dashboard/dist first"
kill "$server"
wait "$server" || fail "it did not end well: $(tail -n 3 "$folder/log")"
server=
"$binary" doctor --data "$folder/data" >/dev/null || fail "doctor is not content"
echo "packaging/test.sh: $(cd "$out" && ls -1 -- *.deb) does its work"
