"""A deterministic model for long tests: a child process on its standard streams, or a server with --port.

Every answer names the prompt it belongs to, so that a journal's lines can be compared with the requests
in --log, one line each: a score's first log-probability is -H / 2^34 and a text ends with ' #H', where H
are the first 40 bits of the prompt's SHA-256.
"""
import argparse
import hashlib
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

arguments = argparse.ArgumentParser()
arguments.add_argument("--port", type=int)
arguments.add_argument("--log")
arguments.add_argument("--delay", type=float, default=0.0, help="seconds before each answer")
arguments.add_argument("--words", default="positive negative")
options = arguments.parse_args()
words = options.words.split()
log = os.open(options.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644) if options.log else None


def digest(text):
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:5], "big")


def note(prompt):
    if log is not None:
        os.write(log, b"%d\n" % digest(prompt))
    if options.delay:
        time.sleep(options.delay)


def scores(prompt, continuations):
    first = [digest(prompt)] + [digest(prompt + "\0" + text) for text in continuations[1:]]
    return [{"logprob": -value / 2**34, "tokens": 1} for value in first]


def text(prompt):
    value = digest(prompt)
    return f" {words[value // 7 % len(words)]} #{value}"


def child():
    for line in sys.stdin:
        request = json.loads(line)
        answer = {"id": request["id"]}
        if request["op"] == "hello":
            answer.update(name="toy", capabilities=["score", "generate"], max_in_flight=16)
        elif request["op"] == "score":
            note(request["prompt"])
            answer["scores"] = scores(request["prompt"], request["continuations"])
        else:
            note(request["prompt"])
            answer["text"] = text(request["prompt"])
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


class Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def reply(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == "/v1/models":
            self.reply(200, {"object": "list", "data": [{"id": "toy", "object": "model"}]})
        else:
            self.reply(404, {"error": {"message": "no such path"}})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path != "/v1/completions" or not isinstance(body.get("prompt"), str):
            return self.reply(404, {"error": {"message": "no such path"}})
        note(body["prompt"])
        choice = {"index": 0, "text": text(body["prompt"]), "finish_reason": "stop", "logprobs": None}
        self.reply(200, {
            "object": "text_completion", "model": "toy", "choices": [choice],
            "usage": {"prompt_tokens": 1, "completion_tokens": 3, "total_tokens": 4}})


class Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    allow_reuse_address = True

    def handle_error(self, request, client_address):
        """A client that is killed closes its connections; that is what the tests are about."""


if options.port is None:
    child()
else:
    Listener(("127.0.0.1", options.port), Server).serve_forever()
