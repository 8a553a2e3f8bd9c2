#!/bin/bash
# Takes the disk away from runs in the ways that a machine can, and checks that each ends with status 3 and
# its cause, keeps a journal that opens, and comes to the same report afterwards:
#
#   Tests/Long/faults.sh .build/release/formatspread
#
# A full disk (a small tmpfs), a directory deleted during the run, a directory and a journal that may not
# be written, a read-only file system, a newer schema, a clock that jumps back. What needs rights that are
# not there is skipped by name.
set -u
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "$1")
export FORMATSPREAD_HOME=$(cd "$here/../.." && pwd)
folder=$(mktemp -d)
chmod 755 "$folder"
mounted=()
finish() {
  local mount
  for mount in ${mounted[@]+"${mounted[@]}"}; do umount "$mount" 2> /dev/null; done
  rm -rf "$folder"
}
trap finish EXIT
cd "$folder" || exit 1
fail() { echo "failed: $1" >&2; cat errors >&2; exit 1; }
backend="process:python3 $here/toy_model.py --delay 0.002"
run() { "$program" run sentiment --formats 10 --examples 100 --quiet --concurrency 4 --backend "$backend" "$@" > /dev/null 2> errors; }
expect() {
  [ "$1" = "$2" ] || fail "status $2 instead of $1"
  grep -q "$3" errors || fail "no word of '$3'"
  echo "ok: $4: $(tail -n 1 errors | cut -c 1-150)"
}
same() { cmp -s whole/report.json "$1/report.json" || fail "another report in $1"; }

run --out whole || fail "the uninterrupted run"

mkdir small
if mount -t tmpfs -o size=80k tmpfs small 2> /dev/null; then
  mounted+=("$folder/small")
  run --out small/run
  expect 3 $? "No space left on device" "a full disk"
  tail -c 1 small/run/journal.jsonl | od -An -c | grep -q '\\n' || fail "the last line is not whole"
  mount -o remount,size=100M small
  run --out small/run || fail "continuing after a full disk"
  same small/run
  rm small/run/report.json
  mount -o remount,ro small
  run --out small/run
  expect 3 $? "Read-only file system" "a read-only file system"
else
  echo "skipped: a full disk, a read-only file system (no right to mount a tmpfs)"
fi

run --out gone & process=$!
for _ in $(seq 200); do [ "$({ wc -l < gone/journal.jsonl || echo 0; } 2> /dev/null)" -gt 100 ] && break; sleep 0.02; done
rm -rf gone
wait $process
expect 3 $? "was deleted during the run" "a directory deleted during the run"

if [ "$(id -u)" = 0 ]; then as=(setpriv --reuid=65534 --regid=65534 --clear-groups); else as=(); fi
mkdir locked && chmod 777 locked
cp "$here/toy_model.py" toy.py && chmod 644 toy.py
cp "$program" program && chmod 755 program
open="process:python3 $folder/toy.py"
other() { "${as[@]}" ./program run sentiment --formats 4 --examples 50 --quiet --backend "$open" --out locked/run > /dev/null 2> errors; }
if "${as[@]}" true 2> /dev/null && [ "$(command -v python3)" ] && other; then
  cp -p locked/run/report.json first.json
  sed -i '$d' locked/run/journal.jsonl
  chown --reference=locked/run/study.json locked/run/journal.jsonl
  chmod 400 locked/run/journal.jsonl
  other
  expect 3 $? "Permission denied" "a journal that may not be written"
  chmod 600 locked/run/journal.jsonl
  chmod 500 locked/run
  rm -f locked/run/lock
  other
  expect 3 $? "Permission denied" "a directory that may not be written"
  chmod 700 locked/run
  other || fail "continuing with the rights back"
  cmp -s first.json locked/run/report.json || fail "another report after the rights came back"
else
  echo "skipped: revoked rights (no other user may run the program): $(head -n 1 errors)"
fi

cp -r whole newer
sed -i '1s/journal\/1/journal\/2/' newer/journal.jsonl
python3 - newer/journal.jsonl << 'PYTHON'
import sys
def crc32c(data):
    value = 0xFFFFFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
    return value ^ 0xFFFFFFFF
lines = open(sys.argv[1], "rb").read().split(b"\n")
body = lines[0][:lines[0].rindex(b',"crc":"')]
lines[0] = body + b',"crc":"%08x"}' % crc32c(body)
open(sys.argv[1], "wb").write(b"\n".join(lines))
PYTHON
run --out newer
expect 2 $? "unknown schema 'formatspread.journal/2'" "a newer schema"

cat > clock.c << 'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/time.h>
#include <time.h>
/* The wall clock goes back by a day, over and over, two seconds after the start. */
static long back(void) {
  struct timespec now;
  static int (*real)(clockid_t, struct timespec *);
  static long start;
  if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
  real(CLOCK_MONOTONIC, &now);
  if (!start) start = now.tv_sec;
  return now.tv_sec - start < 1 ? 0 : 86400 * ((now.tv_sec - start) % 3 + 1);
}
int clock_gettime(clockid_t id, struct timespec *time) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
  int result = real(id, time);
  if (id == CLOCK_REALTIME) time->tv_sec -= back();
  return result;
}
C
if cc -shared -fPIC -o clock.so clock.c -ldl 2> errors; then
  LD_PRELOAD=$folder/clock.so run --out clock || fail "a clock that jumps back"
  same clock
  echo "ok: a clock that jumps back by days"
else
  echo "skipped: a clock that jumps back (no C compiler)"
fi
