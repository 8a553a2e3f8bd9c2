#!/usr/bin/env bash
# Trials of the whole tool against real model servers, with a printed table. Not part of the plain tests.
#
#   Tests/real-servers.sh URL…      servers that run already, each around the small model of ORACLES
#   Tests/real-servers.sh --start   starts those that are installed, tries them and stops them again
#
# For every server, format and number of shots it prints how many of the tool's choices are the exact
# model's: first through the library (any number of shots), then through `formatspread run` (task files
# written for it, without demonstrations). Another task is tried when ORACLES names a folder with its
# NAME.json and oracle-NAME.json.
#
# FORMATSPREAD_SHARED  the reference folder, with tools/real-servers.sh and models/tiny-fmt
# FORMATSPREAD_ORACLES the tasks' folder (default: models/tiny-fmt there)
# FORMATSPREAD_METHOD  one method instead of the best that is confirmed
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
shared=${FORMATSPREAD_SHARED:-$(cd "$here/../shared" 2>/dev/null && pwd)}
export FORMATSPREAD_SHARED=$shared
oracles=${FORMATSPREAD_ORACLES:-$shared/models/tiny-fmt}
[ -d "$oracles" ] || { echo "no folder of tasks with exact values: set FORMATSPREAD_SHARED or FORMATSPREAD_ORACLES" >&2; exit 2; }
export FORMATSPREAD_ORACLES=$oracles
work=$(mktemp -d)
started=()
end() {
  for id in "${started[@]:-}"; do [ -n "$id" ] && kill "$id" 2>/dev/null; done
  rm -rf "$work"
}
trap end EXIT

urls=("$@")
[ $# -gt 0 ] || { sed -n '2,16s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 2; }
if [ "$1" = --start ]; then
  urls=()
  for name in llamacpp llama-cpp-python llama-cpp-python-addbos vllm transformers; do
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    if id=$("$shared/tools/real-servers.sh" start "$name" "$port"); then
      started+=("$id")
      urls+=("http://127.0.0.1:$port/v1")
    else
      echo "# $name is not installed or does not start; it is left out" >&2
    fi
  done
fi

cd "$here" || exit 1
swift build --product formatspread >"$work/build" 2>&1 || { cat "$work/build"; exit 1; }
tool=$(swift build --show-bin-path)/formatspread
failed=0
python3 - "$oracles" "$work" <<'PY'
import json, pathlib, sys
oracles, work = map(pathlib.Path, sys.argv[1:])
labels = {"upper": "ABCDEF", "lower": "abcdef", "digit": "123456",
          "roman": ["I", "II", "III", "IV", "V", "VI"]}
for file in sorted(oracles.glob("oracle-*.json")):
    oracle = json.loads(file.read_text())
    examples = json.loads((oracles / f"{oracle['task']}.json").read_text())["examples"]
    first = int("".join(c for c in oracle["scored"] if c.isdigit()))
    # Option texts that every example shares are a fixed list; others are listed in the prompt or not at all.
    fixed = len({tuple(e["options"]) for e in examples}) == 1
    for name, f in oracle["formats"].items():
        if not f["enum"] and not fixed:
            continue
        template = f["q"] + f["sep"] + "{question}" + f["field"]
        if f["enum"]:
            items = " ".join(f["enum"][1].format(labels[f["enum"][0]][i]) + "{options.%d}" % (i + 1)
                             for i in range(len(examples[0]["options"])))
            template += f["odesc"] + f["sep"] + items + f["field"]
        task = {"schema": "formatspread.task/1", "name": f"{oracle['task']}-{name}",
                "structure": {"template": template + f["a"] + f["sep"] + "{answer}"},
                "options": "options" if f["enum"] else examples[0]["options"],
                "examples": [{k: v for k, v in e.items() if k != "options" or f["enum"]}
                             for e in examples[first:]]}
        (work / f"task-{oracle['task']}-{name}.json").write_text(json.dumps(task))
PY
for url in "${urls[@]}"; do
  echo "## $url"
  FORMATSPREAD_SERVERS=$url swift test --filter RealServerTrials >"$work/trial" 2>&1 || failed=1
  grep -E '^(\||#|✘)' "$work/trial" | grep -v '^| .*| all |' | awk '!seen[$0]++'
  grep -E '^\| .*\| all \|' "$work/trial" | awk '!seen[$0]++'
  if grep -q '| none |' "$work/trial"; then
    "$tool" run "$work/$(ls "$work" | grep -m1 '^task-')" --backend "$url" --formats 1 --shots 0 \
      --pool 0 --quiet --out "$work/refused" 2>&1 | sed 's/^/ranking: /'
    scoring=(--scoring generate --max-tokens 4)
  else
    scoring=()
    [ -n "${FORMATSPREAD_METHOD:-}" ] && scoring=(--method "$FORMATSPREAD_METHOD")
  fi
  for task in "$work"/task-*.json; do
    out=$work/run-$(basename "$task" .json)
    rm -rf "$out"
    "$tool" run "$task" --backend "$url" --formats 1 --shots 0 --pool 0 --quiet --out "$out" \
      "${scoring[@]}" >/dev/null 2>"$work/error" || { failed=1; sed 's/^/✘ /' "$work/error"; }
    python3 - "$oracles" "$out" <<'PY'
import json, pathlib, sys
oracles, out = map(pathlib.Path, sys.argv[1:])
cells = [json.loads(l) for l in (out / "journal.jsonl").read_text().splitlines()[1:]]
cells = [c for c in cells if "example" in c]
study = json.loads((out / "study.json").read_text())
name = cells[0]["task"] if cells else "?"
for file in sorted(oracles.glob("oracle-*.json")):
    oracle = json.loads(file.read_text())
    for format in oracle["formats"]:
        if f"{oracle['task']}-{format}" != name:
            continue
        exact = oracle["results"][oracle["task"]]["0"][format]["logprobs"]
        right = oracle["results"][oracle["task"]]["0"][format]["correct"]
        if all("choice" in c for c in cells):
            same = sum(exact[c["example"]][c["choice"]] >= max(exact[c["example"]]) - 1e-4 for c in cells)
            what = f"{same} of {len(exact)} choices"
        else:
            what = "generated text"
        correct = sum(c.get("correct") is True for c in cells)
        print(f"| formatspread run | {cells[0].get('method', 'generation')} | {name} | {what} | "
              f"{correct} right, the exact model by ranking {right} |")
PY
  done
done
exit $failed
