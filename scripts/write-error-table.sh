#!/usr/bin/env bash
# write-error-table.sh BINARY: writes the table of error codes in docs/errors.md anew from the code; `make generate` calls it.
set -euo pipefail
binary=$(realpath "${1:?usage: scripts/write-error-table.sh BINARY}")
cd "$(dirname "$0")/.."
page=docs/errors.md

trap 'rm -f "$page.tmp"' EXIT
table=$("$binary" errors)
TABLE=$table awk '
  /^<!-- made by .make generate.: -->$/ { print $0 "\n\n" ENVIRON["TABLE"] "\n"; inside = 1; begun++; next }
  /^<!-- end -->$/ { inside = 0; ended += begun }
  !inside
  END { exit begun != 1 || ended != 1 }
' "$page" >"$page.tmp" || { echo "write-error-table: $page has not one place for the table" >&2; exit 1; }
mv "$page.tmp" "$page"
