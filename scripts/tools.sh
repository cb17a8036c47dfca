#!/usr/bin/env bash
# Brings the checkers that the suite needs and PyPI does not have into .tools; quick when they are there already.
set -euo pipefail
cd "$(dirname "$0")/.."

name=@microsoft/sarif-multitool-linux
version=5.7.0
sha512=NxUbpq6ISCWoTQ/NfOYEwEDKq1Heka/rMoJ5R5LMydcAZQX/X7g5mWHcgxDub+0M07LC96tZ5LZHvF1Qy3gjTA==
target=.tools/sarif-multitool

[ "$(cat "$target/.version" 2>/dev/null)" = "$version" ] && exit 0
command -v npm >/dev/null || { echo "scripts/tools.sh: npm is needed to bring $name: pip install -e .[dev] has one" >&2; exit 1; }
mkdir -p .tools
fresh=$(mktemp -d .tools/fresh.XXXXXX)
trap 'rm -rf "$fresh"' EXIT
echo "bringing $name $version into .tools ..."
npm pack --silent --pack-destination "$fresh" "$name@$version" >/dev/null
found=$(openssl dgst -sha512 -binary "$fresh"/*.tgz | openssl base64 -A)
[ "$found" = "$sha512" ] || { echo "scripts/tools.sh: $name $version is not what it was: sha512 $found" >&2; exit 1; }
tar -xzf "$fresh"/*.tgz -C "$fresh"
chmod +x "$fresh/package/Sarif.Multitool"
echo "$version" >"$fresh/package/.version"
rm -rf "$target"
mv "$fresh/package" "$target"
