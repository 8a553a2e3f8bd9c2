import Foundation
import Models

/// A Python program with one fault, written to a directory of its own.
struct PythonChild {
  let directory: URL

  static let isAvailable = (try? Command(parsing: "python3").located(on: path)) != nil

  static let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("formatspread-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    try Data(Self.source.utf8).write(to: script)
  }

  func remove() {
    try? FileManager.default.removeItem(at: directory)
  }

  var script: URL { directory.appendingPathComponent("child.py") }

  var log: URL { directory.appendingPathComponent("errors.log") }

  /// Runs `body` with a model in this mode, then closes it.
  static func run(
    _ mode: String..., settings given: ChildProcessModel.Settings = .init(),
    body: (ChildProcessModel, PythonChild) async throws -> Void
  ) async throws {
    let child = try PythonChild()
    defer { child.remove() }
    var settings = given
    settings.errorLog = child.log.path
    let model = try ChildProcessModel(
      Command(executable: "python3", arguments: [child.script.path] + mode), settings: settings)
    try await body(model, child)
    await model.close()
  }

  /// A message without the part that differs from run to run.
  func portable(_ error: ModelError) -> String {
    error.message.replacingOccurrences(of: script.path, with: "child.py")
  }

  /// The ids of the processes that ran the program: it leaves a file each time.
  var processes: [Int32] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: directory.path)
    return (names ?? []).filter { $0.hasPrefix("start-") }.compactMap { Int32($0.dropFirst(6)) }
  }

  /// How often the program was started.
  var starts: Int { processes.count }

  // Scores are -(length of prompt) - (length of continuation) / 100, so that a test knows every value.
  private static let source = #"""
    import json, os, signal, sys, time

    mode, extra = sys.argv[1], sys.argv[2:]
    here = os.path.dirname(sys.argv[0])
    open(os.path.join(here, "start-%d" % os.getpid()), "w").close()
    first = len([n for n in os.listdir(here) if n.startswith("start-")]) == 1

    def say(answer):
        print(json.dumps(answer), flush=True)

    def raw(text):
        sys.stdout.write(text)
        sys.stdout.flush()

    def scores(request):
        return [{"logprob": -len(request["prompt"]) - len(c) / 100, "tokens": len(c)}
                for c in request["continuations"]]

    def right(request):
        if request["op"] == "score":
            return {"id": request["id"], "scores": scores(request)}
        return {"id": request["id"], "text": request["prompt"][::-1][:request["max_tokens"]]}

    if mode == "die-at-start":
        print("loading", file=sys.stderr)
        print("ModuleNotFoundError: No module named 'torch'", file=sys.stderr)
        sys.exit(3)
    if mode == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    held = []
    count = 0
    for line in sys.stdin:
        request = json.loads(line)
        if request["op"] == "hello":
            hello = {"id": 0, "name": "child", "capabilities": ["score", "generate"], "max_in_flight": 8}
            if mode == "hello":
                hello = json.loads(extra[0])
            if mode == "silent":
                time.sleep(600)
            if mode == "one-at-a-time":
                hello["max_in_flight"] = 1
            if mode == "noisy-start":
                print("Loading weights: 100%", flush=True)
            say(hello)
            continue
        count += 1
        if mode == "reply":
            raw(extra[0].replace("ID", str(request["id"])) + "\n")
        elif mode == "reversed":
            held.append(request)
            if len(held) == int(extra[0]):
                for request in reversed(held):
                    say(right(request))
                held = []
        elif mode == "crash-after" and count > int(extra[0]):
            print("Traceback: boom", file=sys.stderr)
            os._exit(7)
        elif mode == "crash-once" and first and count > 3:
            os.kill(os.getpid(), signal.SIGSEGV)
        elif mode == "hang-once" and first:
            time.sleep(600)
        elif mode in ("hang", "stubborn") and request["prompt"] == "hang":
            time.sleep(600)
        elif mode == "garbage-once" and first:
            raw("Downloading… 3%\n")
        elif mode == "garbage":
            raw("Traceback (most recent call last):\n")
        elif mode == "twice":
            say(right(request)); say(right(request))
        elif mode == "unknown":
            answer = right(request); answer["id"] += 1000; say(answer)
        elif mode == "no-newline":
            raw(json.dumps(right(request)))
        elif mode == "flood":
            sys.stderr.write("x" * 200_000 + "\n"); sys.stderr.flush()
            say(right(request))
        elif mode == "long-line":
            raw("y" * (17 << 20))
        elif mode == "slow-reader":
            time.sleep(0.2 if count == 1 else 0)
            say(right(request))
        elif mode == "environment":
            say({"id": request["id"], "text": json.dumps(dict(os.environ))})
        elif mode == "one-at-a-time":
            time.sleep(0.002)
            import select
            more = select.select([sys.stdin], [], [], 0)[0]
            say({"id": request["id"], "text": "crowded" if more else "alone"})
        elif mode == "group":
            import subprocess
            child = subprocess.Popen(["sleep", "600"])
            say({"id": request["id"], "text": str(child.pid)})
        elif mode == "ignore":
            pass
        else:
            say(right(request))
    """#
}

extension ChildProcessModel.Settings {
  static func requestTimeout(_ seconds: Double) -> Self {
    var settings = Self()
    settings.requestTimeout = .seconds(seconds)
    return settings
  }

  static func startTimeout(_ seconds: Double) -> Self {
    var settings = Self()
    settings.startTimeout = .seconds(seconds)
    return settings
  }

  static func restarts(_ count: Int) -> Self {
    var settings = Self()
    settings.restarts = count
    return settings
  }
}
