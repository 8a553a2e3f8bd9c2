#!/usr/bin/env bash
# Asks real model servers around one small model for representations and compares them. Not part of the
# plain tests.
#
#   Tests/real-embeddings.sh [EXAMPLES]   starts those that are installed, one after the other
#
# FORMATSPREAD_SHARED  the reference folder, with tools/real-servers.sh and models/tiny-fmt
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
shared=${FORMATSPREAD_SHARED:-$(cd "$here/../shared" 2>/dev/null && pwd)}
[ -x "$shared/tools/real-servers.sh" ] || { echo "no servers: set FORMATSPREAD_SHARED" >&2; exit 2; }
examples=${1:-10}
work=$(mktemp -d)
started=
end() {
  [ -n "$started" ] && kill "$started" 2>/dev/null
  rm -rf "$work"
}
trap end EXIT

cd "$here" || exit 1
swift build --product formatspread >"$work/build" 2>&1 || { cat "$work/build"; exit 1; }
tool=$(swift build --show-bin-path)/formatspread
"$tool" run sentiment --formats 12 --examples 30 --quiet --out "$work/run" >/dev/null || exit 1

# The server's name and what it is started with; the first is what the others are compared with.
while read -r name options; do
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  # shellcheck disable=SC2086
  started=$("$shared/tools/real-servers.sh" start "$name" "$port" $options) || { started=; continue; }
  rm -f "$work/run/embeddings.jsonl"
  if "$tool" run sentiment --formats 12 --examples 30 --quiet --out "$work/run" --embed "$examples" \
    --embed-backend "http://127.0.0.1:$port/v1" >/dev/null 2>"$work/error"; then
    cp "$work/run/embeddings.jsonl" "$work/$name${options:+_}${options// /_}.vectors"
    [ -f "$work/first" ] || echo "$name${options:+_}${options// /_}.vectors" >"$work/first"
    "$tool" metrics "$work/run" --json --resamples 0 >"$work/$name${options:+_}${options// /_}.metrics"
  else
    sed "s/^/✘ $name $options: /" "$work/error"
  fi
  kill "$started"
  wait "$started" 2>/dev/null
  started=
done <<'SERVERS'
llamacpp --embeddings --pooling last
llamacpp --embeddings --pooling none
llamacpp --embeddings --pooling mean
llama-cpp-python --embedding True
vllm --runner pooling
SERVERS

python3 - "$work" <<'PY'
import json, math, pathlib, sys
work = pathlib.Path(sys.argv[1])

def vectors(file):
    lines = [json.loads(line) for line in file.read_text().splitlines()[1:]]
    return {(line["format"], line["example"]): line["vector"] for line in lines}

def cosine(a, b):
    return sum(x * y for x, y in zip(a, b)) / math.sqrt(sum(x * x for x in a) * sum(y * y for y in b))

first = vectors(work / (work / "first").read_text().strip())
print("| server | prompts | smallest cosine to the first | told by two, by ten components |")
worst = 1
for file in sorted(work.glob("*.vectors")):
    found = vectors(file)
    least = min(cosine(found[key], first[key]) for key in first) if found.keys() == first.keys() else None
    groups = json.loads(file.with_suffix(".metrics").read_text())["tasks"][0]["groups"]
    told = [groups["separability"]["figures"][f"separability_{count}"]["value"] for count in (2, 10)]
    print(f"| {file.stem.replace('_', ' ')} | {len(found)} | {least} | {told[0]:.4f}, {told[1]:.4f} |")
    # A mean over tokens is another representation than the last token's.
    if "mean" not in file.stem:
        worst = min(worst, least if least is not None else -1)
sys.exit(0 if worst > 0.9999 else 1)
PY
