#!/usr/bin/env bash
# run.sh [OPTIONS]: contract fuzzing (README.md); --help lists the options. PostgreSQL: run it through with-postgres.sh.
# run.sh --self-test: does it find what it should?
# Makes a virtual environment under the target folder first, and again whenever requirements.txt has changed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=${CARGO_TARGET_DIR:-$here/../../../target}
venv=$target/contract-fuzz

if ! cmp -s "$here/requirements.txt" "$venv/requirements.txt"; then
  rm -rf "$venv"
  python3 -m venv "$venv" || { echo "run.sh: no virtual environment: apt-get install python3-venv" >&2; exit 1; }
  "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
  cp "$here/requirements.txt" "$venv/"
fi
script=fuzz.py
if [ "${1:-}" = --self-test ]; then script=test_fuzz.py; shift; fi
# Sets of texts have an order that depends on their hash: the same one each time.
PYTHONHASHSEED=0 exec "$venv/bin/python" -B "$here/$script" "$@"
