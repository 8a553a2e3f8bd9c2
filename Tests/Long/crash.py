#!/usr/bin/env python3
"""Kills formatspread at random moments and checks that nothing is lost and nothing is asked twice.

    python3 Tests/Long/crash.py .build/release/formatspread --kills 200

Each round makes a run, kills it with SIGKILL at random moments (one to three times), lets it come to its
end, and compares its report with that of an uninterrupted run, byte for byte. Rounds alternate between a
child process and an HTTP server as the model, and between searches; in some rounds the model is killed
too and comes back. The model's own log of requests shows that no cell was asked again after its line was
written.
"""
import argparse
import collections
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

here = os.path.dirname(os.path.abspath(__file__))
package = os.path.dirname(os.path.dirname(here))
parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("--kills", type=int, default=200)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
program = os.path.abspath(options.program)
chance = random.Random(options.seed)
folder = tempfile.mkdtemp(prefix="formatspread-crash-")
os.environ["FORMATSPREAD_HOME"] = package
toy = os.path.join(here, "toy_model.py")

SEARCHES = [
    ["--formats", "10", "--search", "full"],
    ["--formats", "12", "--search", "uniform", "--budget", "600"],
    ["--formats", "12", "--search", "thompson", "--budget", "500"],
    ["--formats", "12", "--search", "adaptive", "--budget", "500"],
]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """The toy model as a server, which can be killed and comes back."""

    def __init__(self, log):
        self.log = log
        self.port = free_port()
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, toy, "--port", str(self.port), "--log", self.log, "--delay", "0.004"])
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 0.2).close()
                return
            except OSError:
                time.sleep(0.02)
        raise SystemExit("the server did not start")

    def kill(self):
        self.process.kill()
        self.process.wait()


def digest(record):
    """The prompt's digest that the model put into its answer."""
    if record.get("scores"):
        return round(-record["scores"][0]["logprob"] * 2**34)
    return int(record["prediction"].rsplit("#", 1)[1])


def journal(path):
    """The answered cells whose whole line was written, with their prompts."""
    cells = {}
    try:
        data = open(path + "/journal.jsonl", "rb").read()
    except FileNotFoundError:
        return cells
    for line in data.split(b"\n")[1:-1]:
        record = json.loads(line)
        if record["correct"] is None:
            continue
        cell = (record["task"], record["format"], record["example"])
        if cell in cells:
            raise SystemExit(f"{path}: {cell} was written twice")
        cells[cell] = digest(record)
    return cells


def journal_size(path):
    try:
        return os.path.getsize(path + "/journal.jsonl")
    except FileNotFoundError:
        return 0


def requests(log):
    try:
        return [int(line) for line in open(log)]
    except FileNotFoundError:
        return []


def children(process):
    """The processes that a process started, from whichever of its threads."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            fields = open(f"/proc/{name}/stat").read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == process.pid:
            found.append(int(name))
    return found


def command(backend, search, out):
    return [program, "run", "sentiment", "--examples", "50", "--quiet", "--concurrency", "8",
            "--out", out] + search + backend


child_log = folder + "/child.log"
server_log = folder + "/server.log"
server = Server(server_log)
backends = {
    "child": (["--backend", f"process:{sys.executable} {toy} --log {child_log} --delay 0.0006"],
              child_log),
    "http": (["--backend", f"http://127.0.0.1:{server.port}/v1", "--scoring", "generate"],
             server_log),
}
whole = {}
whole_size = {}
for name, (backend, log) in backends.items():
    for search in SEARCHES:
        out = f"{folder}/whole-{name}-{search[3]}"
        start = time.monotonic()
        subprocess.run(command(backend, search, out), check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        seconds = time.monotonic() - start
        cells = journal(out)
        if len(set(cells.values())) != len(cells):
            raise SystemExit(f"{name}: two cells ask the same, so requests cannot be told apart")
        whole[name, search[3]] = (open(out + "/report.json", "rb").read(), len(cells), seconds)
        whole_size[name, search[3]] = journal_size(out)
        print(f"{name:5} {search[3]:8} {len(cells)} cells in {seconds:.2f} s", flush=True)

kills = rounds = backend_kills = repeated = 0
moments = collections.Counter()
while kills < options.kills:
    name = ["child", "http"][rounds % 2]
    search = SEARCHES[rounds // 2 % len(SEARCHES)]
    backend, log = backends[name]
    report, count, seconds = whole[name, search[3]]
    out = f"{folder}/round"
    shutil.rmtree(out, ignore_errors=True)
    planned = chance.choice([1, 1, 2, 3])
    crashing_backend = rounds % 5 == 4
    sessions = 0
    while True:
        written = journal(out)
        before = len(requests(log))
        errors = open(folder + "/errors", "wb")
        process = subprocess.Popen(command(backend, search, out), stdout=subprocess.DEVNULL,
                                   stderr=errors)
        sessions += 1
        killed = False
        if crashing_backend:
            time.sleep(chance.uniform(0.2, 0.8) * seconds)
            if name == "http":
                server.kill()
                time.sleep(0.1)
                server.start()
                backend_kills += 1
            else:
                for child in children(process):
                    os.kill(child, signal.SIGKILL)
                    backend_kills += 1
            crashing_backend = False
        if sessions <= planned and kills < options.kills:
            # Half of the moments fall anywhere in the run's time, its start included, and half among
            # its answers.
            if chance.random() < 0.5:
                moment = time.monotonic() + chance.uniform(0, seconds)
                while process.poll() is None and time.monotonic() < moment:
                    time.sleep(0.001)
            else:
                size = chance.random() * whole_size[name, search[3]]
                while process.poll() is None and journal_size(out) < size:
                    time.sleep(0.001)
                time.sleep(chance.uniform(0, 0.01))
            if process.poll() is None:
                process.kill()
                killed = True
            process.wait()
            if killed:
                kills += 1
                moments[10 * len(journal(out)) // count] += 1
        else:
            process.wait()
        # A request on its way when formatspread was killed may be logged a moment later.
        time.sleep(0.02)
        again = set(requests(log)[before:]) & set(written.values())
        if again:
            raise SystemExit(f"{name} {search}: {len(again)} cells were asked after their lines were "
                             f"written; see {folder}")
        # A server that is away when a session begins ends it with status 3; the next one continues.
        if not killed and (process.returncode != 3 or sessions > 20):
            break
    if process.returncode != 0:
        raise SystemExit(f"{name} {search}: status {process.returncode}: "
                         + open(folder + "/errors").read())
    if open(out + "/report.json", "rb").read() != report:
        raise SystemExit(f"{name} {search}: another report than the uninterrupted run's; see {folder}")
    if len(journal(out)) != count:
        raise SystemExit(f"{name} {search}: {len(journal(out))} cells instead of {count}")
    rounds += 1
    if rounds % 20 == 0:
        print(f"{kills} kills in {rounds} rounds", flush=True)

server.kill()
shutil.rmtree(folder)
print(f"{kills} kills in {rounds} rounds, the model killed {backend_kills} times: every report "
      "identical, no cell asked after its line was written")
print("cells written when killed, in tenths of the run: "
      + " ".join(f"{tenth}:{moments[tenth]}" for tenth in sorted(moments)))
