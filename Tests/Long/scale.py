#!/usr/bin/env python3
"""Measures what an evaluation costs from ten thousand to 2.65 million of them.

    python3 Tests/Long/scale.py .build/release/formatspread [--sizes 4]

A child process that answers at once is the model. The processor time is formatspread's own, without
the child's, which tells its share when it ends. The structure has 480 formats, so that 53 tasks make 2.54 million evaluations. Also planned, but
only begun, are 53 tasks × 480 formats × 1,000 examples.
"""
import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("--sizes", type=int, default=4)
options = parser.parse_args()
program = os.path.abspath(options.program)
here = os.path.dirname(os.path.abspath(__file__))
os.environ["FORMATSPREAD_HOME"] = os.path.dirname(os.path.dirname(here))
folder = tempfile.mkdtemp(prefix="formatspread-scale-")
os.chdir(folder)

with open("model.py", "w") as file:
    file.write('''
import json, resource, sys, zlib
for line in sys.stdin.buffer:
    request = json.loads(line)
    if request["op"] == "hello":
        answer = '{"id":%d,"name":"fast","capabilities":["score"],"max_in_flight":64}'
        print(answer % request["id"], flush=True)
        continue
    value = zlib.crc32(request["prompt"].encode())
    answer = '{"id":%d,"scores":[{"logprob":-%d.%03d,"tokens":1},{"logprob":-%d.5,"tokens":1}]}\\n'
    sys.stdout.write(answer % (request["id"], value % 5, value // 5 % 1000, value // 7 % 5))
    sys.stdout.flush()
used = resource.getrusage(resource.RUSAGE_SELF)
with open("model-seconds", "a") as file:
    print(used.ru_utime + used.ru_stime, file=file)
''')


def task(number, examples):
    """A task whose examples all differ."""
    name = f"task-{number}-{examples}"
    rows = [{"passage": f"Passage {index} of {name}, of no interest.",
             "question": f"Is {index * 7919 % 1009} even?",
             "answer": "yes" if index % 2 else "no"} for index in range(examples + 10)]
    with open(name + ".json", "w") as file:
        json.dump({"schema": "formatspread.task/1", "name": name, "instruction": "Answer.",
                   "structure": {"template": "Passage: {passage}\nQuestion: {question}\nAnswer: {answer}"},
                   "options": ["yes", "no"], "examples": rows}, file)
    return name + ".json"


def measure(*words, accepted=(0,)):
    """Own seconds of processor time, seconds of the clock and the largest memory in MB."""
    open("model-seconds", "w").close()
    start = time.monotonic()
    process = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL,
                               stderr=open("errors", "w"))
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in accepted:
        raise SystemExit(f"{words}: {open('errors').read()}")
    model = sum(float(line) for line in open("model-seconds"))
    return (usage.ru_utime + usage.ru_stime - model, time.monotonic() - start, usage.ru_maxrss / 1024)


print("evaluations  journal     run: µs/evaluation    MB   continue: s     MB   report: s     MB")
print("                           cpu        clock")
for tasks, formats in [(1, 100), (2, 500), (20, 500), (53, 500)][:options.sizes]:
    files = [task(number, 100) for number in range(tasks)]
    command = ["run", *files, "--formats", str(formats), "--examples", "100", "--quiet", "--out", "run",
               "--backend", f"process:{sys.executable} model.py"]
    cpu, clock, memory = measure(*command)
    size = os.path.getsize("run/journal.jsonl")
    count = sum(1 for _ in open("run/journal.jsonl")) - 1
    _, again, again_memory = measure(*command)
    _, report, report_memory = measure("report", "run")
    print(f"{count:11,} {size / 1e6:6.0f} MB {cpu / count * 1e6:11.1f} {clock / count * 1e6:12.1f} "
          f"{memory:6.0f} {again:13.2f} {again_memory:6.0f} {report:11.2f} {report_memory:6.0f}",
          flush=True)
    shutil.rmtree("run")

files = [task(number, 1000) for number in range(53)]
_, clock, memory = measure(
    "run", *files, "--formats", "500", "--examples", "1000", "--quiet", "--out", "run",
    "--backend", f"process:{sys.executable} model.py", "--deadline", "20s", accepted=(3,))
lines = sum(1 for _ in open("run/journal.jsonl"))
print(f"planned: 25,440,000 evaluations; {lines:,} answered in {clock:.1f} s with {memory:.0f} MB")
shutil.rmtree(folder)
