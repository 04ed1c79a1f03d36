#!/usr/bin/env bash
# run.sh SECONDS [TARGET...]: fuzzes with libFuzzer what reads cursors, signed links, query strings and the bodies of events, one
# target after the other, with the compiler that everything else is built with: what cargo-fuzz passes to a nightly compiler is said
# here by stable flags (no address sanitizer: the crates here have no unsafe code of ours). Beside it: crates/mail/fuzz.
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:?usage: run.sh SECONDS [cursor|link|query|event...]}
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(cursor link query event)
export RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
-Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 -Cdebug-assertions --cfg fuzzing"
host=$(rustc -vV | sed -n 's/^host: //p')
cargo build --release --target "$host"
for target in "${targets[@]}"; do
  mkdir -p "corpus/$target" "artifacts/$target"
  echo "fuzz/run.sh: $target for $seconds s" >&2
  "target/$host/release/$target" "corpus/$target" "seeds/$target" -max_len=8192 -max_total_time="$seconds" -timeout=20 \
    -artifact_prefix="artifacts/$target/" -print_final_stats=1 -verbosity=0
done
