#!/usr/bin/env bash
# build.sh [--binary FILE]: the static binary, a Debian package and an archive, with their checksums, in target/package.
# Without --binary it builds the binary first: for musl, so that it needs nothing of the system that it runs on.
# The same commit gives the same bytes: all times are those of the commit.
set -euo pipefail
cd "$(dirname "$0")/.."

TARGET=x86_64-unknown-linux-musl
target=${CARGO_TARGET_DIR:-target}
binary=
case ${1:-} in
  '') ;;
  --binary) binary=${2:?--binary needs a file} ;;
  *) echo "usage: packaging/build.sh [--binary FILE]" >&2; exit 2 ;;
esac
if [ -z "$binary" ]; then
  CC_x86_64_unknown_linux_musl=musl-gcc cargo build --release --locked --target "$TARGET" -p dispatch-server
  binary=$target/$TARGET/release/dispatch
fi

version=$("$binary" --version | awk '{ print $2 }')
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || date +%s)
export SOURCE_DATE_EPOCH
out=$target/package
root=$out/root
rm -rf "$out"
mkdir -p "$root/DEBIAN"
umask 022

install -D -m 0755 "$binary" "$root/usr/bin/dispatch"
install -D -m 0644 packaging/dispatch.service "$root/lib/systemd/system/dispatch.service"
install -D -m 0644 packaging/dispatch.toml "$root/etc/dispatch/dispatch.toml"
doc=$root/usr/share/doc/dispatch-server
install -d "$doc"
install -m 0644 README.md LICENSE-MIT LICENSE-APACHE packaging/debian/copyright "$doc/"
gzip -9nc CHANGELOG.md >"$doc/changelog.gz"
size=$(du -sk --apparent-size "$root" | cut -f1)
sed -e "s/@VERSION@/$version/" -e "s/@SIZE@/$size/" -e "s/@ARCHITECTURE@/amd64/" packaging/debian/control >"$root/DEBIAN/control"
install -m 0644 packaging/debian/conffiles "$root/DEBIAN/"
install -m 0755 packaging/debian/postinst packaging/debian/prerm packaging/debian/postrm "$root/DEBIAN/"
(cd "$root" && find etc lib usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
find "$root" -exec touch --no-dereference --date "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz --build "$root" "$out/dispatch-server_${version}_amd64.deb" >/dev/null

name=dispatch-$version-linux-amd64
mkdir "$out/$name"
cp "$root/usr/bin/dispatch" packaging/dispatch.service packaging/dispatch.toml README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "$out/$name/"
tar -C "$out" --sort=name --owner=0 --group=0 --numeric-owner --mtime "@$SOURCE_DATE_EPOCH" -c "$name" | gzip -9n >"$out/$name.tar.gz"
rm -rf "$out/$name" "$root"
(cd "$out" && sha256sum -- *.deb *.tar.gz | tee SHA256SUMS)
