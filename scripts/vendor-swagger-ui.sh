#!/usr/bin/env bash
# vendor-swagger-ui.sh: makes the parts of Swagger UI in crates/http/assets/docs anew, from the npm package of the version below.
# The same version gives the same bytes. To update: write the new version and the sha256 of its package here, run this,
# then docs/test (it looks at the page in a browser).
set -euo pipefail
cd "$(dirname "$0")/.."

version=5.35.0
sha256=1b8e891893404ea4c3558b6a87e2a3e494e7eedba41168c2ece5800a391a6ea6
folder=crates/http/assets/docs/swagger-ui

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
npm pack --silent --pack-destination "$tmp" "swagger-ui-dist@$version" >/dev/null
package=$tmp/swagger-ui-dist-$version.tgz
echo "$sha256  $package" | sha256sum --check --quiet || {
  echo "vendor-swagger-ui: the package is another one than it was when version $version was chosen" >&2
  exit 1
}
tar -xzf "$package" -C "$tmp"

# From 150 rows on only those in view would be there: the browser's own search would find nothing else, and an operation that
# is open would close itself when it is scrolled away. Our page has a filter, and all of it is there.
virtual='L.length>=150,\[V,z\]'
bundle=$tmp/package/swagger-ui-bundle.js
[ "$(grep -o "$virtual" "$bundle" | wc -l)" = 1 ] || { echo "vendor-swagger-ui: where lists become virtual is not found" >&2; exit 1; }
sed -i "s/$virtual/L.length>=1e6,[V,z]/" "$bundle"

mkdir -p "$folder"
for file in swagger-ui-bundle.js swagger-ui.css; do
  gzip -9 --no-name --stdout "$tmp/package/$file" >"$folder/$file.gz"
done
# The licence itself is ours as well (LICENSE-APACHE); these are the names that it asks for.
{
  echo "Swagger UI $version, https://github.com/swagger-api/swagger-ui, changed in one place (scripts/vendor-swagger-ui.sh)"
  cat "$tmp/package/NOTICE"
  echo
  cat "$tmp/package/LICENSE"
  printf '\n\nParts of others in swagger-ui-bundle.js:\n\n'
  cat "$tmp/package/swagger-ui-bundle.js.LICENSE.txt"
} >"$folder/licences.txt"
echo "vendor-swagger-ui: $version, $(cat "$folder"/*.gz | wc -c) bytes in $folder"
