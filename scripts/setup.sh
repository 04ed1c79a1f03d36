#!/usr/bin/env bash
# setup.sh run|test|proof|bench|package: checks that what these make targets need is on this machine; installs what is missing
# when it may (root or passwordless sudo, apt-get, rustup, cargo), else says it in one line. Silent when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin

build=(cargo cc)
case ${1:-} in
  run) needs=("${build[@]}" node) ;;
  test | proof)
    needs=("${build[@]}" make rustfmt clippy nextest postgresql strace python3 venv curl jq node nginx caddy openssl chromium)
    [ "$1" = test ] || needs+=(postfix dovecot swaks ip)
    ;;
  bench) needs=("${build[@]}" postgresql python3 curl) ;;
  package) needs=("${build[@]}" node curl dpkg-deb musl) ;;
  *) echo "usage: scripts/setup.sh run|test|proof|bench|package" >&2; exit 2 ;;
esac
[ "$1" != proof ] || needs+=(deny c++ garage) # make security; a bucket

present() {
  case $1 in
    rustfmt) cargo fmt --version ;; # rustup's proxies exist even when the component does not: ask them
    clippy) cargo clippy --version ;;
    nextest | deny) command -v "cargo-$1" ;;
    musl) command -v musl-gcc && rustc --print target-libdir --target x86_64-unknown-linux-musl | xargs test -d ;;
    postgresql) scripts/with-postgres.sh --bin-dir ;;
    venv) python3 -c 'import ensurepip, venv' ;;
    node) [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] && command -v npm ;;
    nginx | postfix | dovecot | ip) [ -x "/usr/sbin/$1" ] || command -v "$1" ;;
    *) command -v "$1" ;;
  esac >/dev/null 2>&1
}

# Sorts what is missing by who installs it: sets rust, packages, components and tools.
find_missing() {
  rust='' packages=() components=() tools=() musl=''
  for need in "${needs[@]}"; do
    present "$need" && continue
    case $need in
      cargo) rust=missing ;;
      rustfmt | clippy) components+=("$need") ;;
      musl) packages+=(musl-tools) musl=missing ;;
      nextest | deny) tools+=("cargo-$need") ;;
      garage) tools+=(garage) ;;
      cc) packages+=(gcc libc6-dev) ;; # bundled SQLite and ring are compiled from C
      c++) packages+=(g++) ;; # libFuzzer
      curl) packages+=(curl ca-certificates) ;;
      venv) packages+=(python3-venv) ;;
      node) packages+=(nodejs npm) ;;
      ip) packages+=(iproute2) ;;
      dovecot) packages+=(dovecot-core dovecot-imapd) ;;
      chromium) packages+=(chromium fonts-liberation) ;;
      *) packages+=("$need") ;;
    esac
  done
  [ -n "$rust" ] || [ $((${#packages[@]} + ${#components[@]} + ${#tools[@]})) -gt 0 ]
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

quietly() { # what it printed is shown only if it failed; whether that matters is decided by looking again afterwards
  echo "setup: $*" >&2
  local output
  output=$("$@" 2>&1 </dev/null) || echo "$output" >&2
}

# shellcheck disable=SC2317 # called through quietly
apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3 "$@"
}

install_missing() {
  if [ ${#packages[@]} -gt 0 ] && command -v apt-get >/dev/null && as_root true 2>/dev/null; then
    quietly apt update
    quietly apt install -y --no-install-recommends "${packages[@]}"
  fi
  [ -z "$rust" ] || return 0
  if [ ${#components[@]} -gt 0 ] && command -v rustup >/dev/null; then
    quietly rustup component add "${components[@]}"
  fi
  if [ -n "$musl" ] && command -v rustup >/dev/null; then
    quietly rustup target add x86_64-unknown-linux-musl
  fi
  # Last, since they need the C compiler. Hardly optimized: they take some minutes to build as it is, and do the same work.
  export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
  local tool more
  for tool in "${tools[@]}"; do
    more=()
    [ "$tool" != garage ] || more=(--no-default-features --features bundled-libs,sqlite)
    [ "$tool" != cargo-nextest ] || more=(--no-default-features --features default-no-update) # without its self-updater
    quietly cargo install "$tool" --locked "${more[@]}"
  done
}

find_missing || exit 0
install_missing
find_missing || exit 0

line=
[ -z "$rust" ] || line+="; Rust $(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml) or newer with rustup"
[ ${#packages[@]} = 0 ] || line+="; apt-get install ${packages[*]}"
[ ${#components[@]} = 0 ] || line+="; rustup component add ${components[*]}"
[ ${#tools[@]} = 0 ] || line+="; cargo install --locked ${tools[*]}"
[ -z "$musl" ] || line+="; rustup target add x86_64-unknown-linux-musl"
echo "setup: missing, please install: ${line#; }" >&2
exit 1
