#!/bin/bash
# Builds the program for cluster nodes, with Swift's libraries inside and without https, and tries it where
# there is no toolchain:
#
#   Tests/Long/static.sh [BUILD-FOLDER]
set -eu
cd "$(dirname "$0")/../.."
build=${1:-$(mktemp -d)}
swift build -c release --static-swift-stdlib --traits HTTPOnly --product formatspread --scratch-path "$build"
program=$build/release/formatspread
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
strip -o "$folder/formatspread" "$program"
echo "size: $(stat --format=%s "$program") bytes, $(stat --format=%s "$folder/formatspread") stripped"
echo "shared libraries:"
ldd "$folder/formatspread" | sed 's/^[[:space:]]*/  /; s/ (0x.*//'
if ldd "$folder/formatspread" | grep -Eq 'swift|curl|Foundation'; then
  echo "failed: it needs libraries that a node does not have" >&2
  exit 1
fi
cp -r tasks formats "$folder"
cd "$folder"
# Nothing of the toolchain or of this checkout can be found from here.
env -i PATH=/usr/bin:/bin HOME="$folder" ./formatspread run sentiment --formats 5 --examples 20 --quiet \
  --out run > table.txt
head -n 1 table.txt
if env -i PATH=/usr/bin:/bin ./formatspread probe --backend https://localhost:1/v1 2> errors; then exit 1; fi
cat errors
grep -q 'http only' errors
start=$(date +%s%N)
for _ in 1 2 3 4 5 6 7 8 9 10; do ./formatspread --version > /dev/null; done
echo "start: $((($(date +%s%N) - start) / 10000000)) ms"
