#!/usr/bin/env bash
# run.sh SECONDS: fuzzes what reads mail with libFuzzer, with the compiler that everything else is built with: what cargo-fuzz passes to a
# nightly compiler is said here by stable flags (no address sanitizer: the crates here have no unsafe code of ours).
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:?usage: run.sh SECONDS}
export RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
-Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 -Cdebug-assertions --cfg fuzzing"
cargo build --release --target "$(rustc -vV | sed -n 's/^host: //p')"
mkdir -p corpus
exec "$(find target -path '*release/message' -type f | head -1)" corpus -max_len=65536 -max_total_time="$seconds" -timeout=20 -print_final_stats=1
