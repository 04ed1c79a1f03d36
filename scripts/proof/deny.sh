#!/usr/bin/env bash
# deny.sh: what comes in from outside, by deny.toml: licenses, sources and crates that are not wanted. Advisories are in a git
# repository on GitHub; where that cannot be reached this says so and goes on, since nothing was found out either way.
set -euo pipefail
cd "$(dirname "$0")/../.."
cargo deny --locked check bans licenses sources
if GIT_TERMINAL_PROMPT=0 timeout 20 git ls-remote -q https://github.com/RustSec/advisory-db HEAD >/dev/null 2>&1; then
  cargo deny --locked check advisories
else
  echo "deny.sh: the advisories of RustSec cannot be reached from here and were not looked at" >&2
fi
