#!/bin/bash
# Runs a study on a real Slurm cluster of three nodes on this machine and compares its report with that of
# a single run:
#
#   Tests/Slurm/slurm.sh .build/release/formatspread
#
# An array of four shards, each with its own model server; one task's program is killed, one task's job is
# killed as a whole and requeued, one node is drained and comes back, and every task meets its deadline at
# least once. Skipped, with the reason, where there is no Slurm.
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/cluster.sh"
program=$(realpath "$1")
missing=$(cluster_missing)
if [ -n "$missing" ]; then
  echo "skipped: $missing"
  exit 0
fi
folder=$(mktemp -d /tmp/formatspread-slurm-XXXXXX)
chmod 755 "$folder"
trap 'cluster_end' EXIT
export FORMATSPREAD_HOME=$(cd "$here/../.." && pwd)
toy=$here/../Long/toy_model.py

fail() {
  echo "failed: $1 (everything is in $folder)" >&2
  squeue >&2
  tail -n 20 "$folder"/runner/runs/*.jobs/logs/* >&2
  exit 1
}

mkdir "$folder/runner" && cd "$folder/runner" || exit 1
cat > study.json <<EOF
{ "schema": "formatspread.study/1", "tasks": ["sentiment"], "backend": "http://localhost:8000/v1",
  "formats": 30, "examples": 100, "scoring": "generate", "seed": 3 }
EOF

echo "single run"
port=$(free_port)
python3 "$toy" --port "$port" & server=$!
sleep 1
"$program" run --config study.json --address "http://127.0.0.1:$port/v1" --out single --quiet > /dev/null \
  || fail "the single run"
kill $server
evaluations=$(($(wc -l < single/journal.jsonl) - 1))

echo "cluster"
cluster_start "$folder/cluster" || exit 1
# 50 ms for an answer and one request at a time: each of 750 evaluations a shard takes its while, so that
# a task meets its deadline of 30 s and goes on in another one.
"$program" submit slurm study.json --jobs 4 --out whole --time 00:01:00 --go \
  --serve "exec python3 $toy --port \$PORT --delay 0.05 --log $folder/requests" \
  -- --concurrency 1 > submitted.txt || fail "submit"
cat submitted.txt
jobs=$folder/runner/whole.jobs
array=$(squeue --noheader --format=%F --array | sort -n | head -n 1)

lines() { cat "$jobs/shard-$1/journal.jsonl" 2> /dev/null | wc -l; }
await() {
  local try
  for try in $(seq "$1"); do
    eval "$2" && return 0
    sleep 0.5
  done
  fail "waited for: $2"
}
restarts() { scontrol show job "${array}_$1" | grep -o 'Restarts=[0-9]*' | head -n 1 | cut -d= -f2; }

await 120 '[ "$(lines 1)" -gt 50 ] && [ "$(lines 2)" -gt 50 ] && [ "$(lines 3)" -gt 50 ]'
echo "kill the program of shard 1"
kill -KILL "$(cat "$jobs/shard-1/lock")" || fail "nothing to kill"
echo "requeue shard 2 as a whole"
scontrol requeue "${array}_2" || fail "requeue"
echo "drain the node of shard 3 and kill what runs there"
node=$(squeue --noheader --array --job "${array}_3" --format=%N)
scontrol update NodeName="$node" State=DRAIN Reason=test || fail "drain"
scontrol requeue "${array}_3" || fail "requeue"
await 60 '[ "$(sinfo --noheader --nodes='"$node"' --format=%t)" = drain ]'
sleep 15
squeue --array
scontrol update NodeName="$node" State=RESUME || fail "resume"
await 1200 '[ -f whole/report.json ] && [ -z "$(squeue --noheader)" ]'
scontrol show job "$array" | grep -E 'JobState|Restarts' | paste - - | sed 's/  */ /g'

cat "$jobs/logs/merge.log"
cmp single/report.json whole/report.json || fail "another report"
asked=$(sort "$folder/requests" | wc -l)
answered=$(($(wc -l < whole/journal.jsonl) - 1))
[ "$answered" = "$evaluations" ] || fail "$answered evaluations instead of $evaluations"
again=$(sort "$folder/requests" | uniq -d | wc -l)
echo "identical reports of $evaluations evaluations; $asked requests, probes included, $again prompts asked more than once"
# A kill may cost the answer under way, of which there is one in each task; probes ask the same each time.
[ "$again" -le 30 ] || fail "too many prompts asked again"
cluster_end
trap - EXIT
rm -rf "$folder"
