import Foundation
import Testing

/// What divides, bounds and continues runs, as a user meets it.
@Suite(.serialized) struct SessionTests {
  private let folder: URL

  init() throws { folder = try TemporaryFolder.make() }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func report(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appendingPathComponent(name + "/report.json"))
  }

  private func lines(_ name: String) -> Int {
    let text = try? String(contentsOfFile: path(name) + "/journal.jsonl", encoding: .utf8)
    return text?.split(separator: "\n").count ?? 0
  }

  /// A child that scores by the prompt's length, after a pause for each answer.
  private func backend(seconds: Double) throws -> String {
    try """
    import json, sys, time
    for line in sys.stdin:
        r = json.loads(line)
        a = {"id": r["id"]}
        if r["op"] == "hello":
            a.update(name="slow", capabilities=["score"], max_in_flight=4)
        else:
            time.sleep(\(seconds))
            a["scores"] = [{"logprob": -1.0 - (len(r["prompt"]) * 7 + len(c)) % 5, "tokens": 1}
                           for c in r["continuations"]]
        print(json.dumps(a), flush=True)
    """.write(toFile: path("slow.py"), atomically: true, encoding: .utf8)
    return "process:python3 \(path("slow.py"))"
  }

  private func options(_ backend: String, _ out: String) -> [String] {
    [
      "run", "sentiment", "--formats", "10", "--examples", "100", "--quiet", "--backend", backend,
      "--out", path(out),
    ]
  }

  @Test func `a deadline stops cleanly with status 3 and the same command continues`() throws {
    let command = options(try backend(seconds: 0.005), "a")
    let first = try Invocation(command + ["--deadline", "2s"])
    #expect(first.status == 3)
    #expect(
      first.errors.contains(
        "formatspread: stopped at the deadline of 2s; the same command continues the run in "
          + path("a")))
    let before = lines("a")
    #expect((1...1000).contains(before))
    let second = try Invocation(command + ["--deadline", "1h"])
    #expect(second.status == 0, "\(second.errors)")
    #expect(lines("a") == 1001)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `a signal stops a run whose model takes its time`(_ signal: Int32) throws {
    let running = try Invocation.Running(options(try backend(seconds: 60), "a"))
    for _ in 0..<1_000 where lines("a") == 0 { usleep(10_000) }
    kill(running.process.processIdentifier, signal)
    running.process.waitUntilExit()
    #expect(running.process.terminationStatus == 128 + signal)
    #expect(try running.errors.contains("stopped; the same command continues the run in"))
  }

  @Test func `a second interrupt stops at once and takes the model along`() throws {
    let mark = path("child")
    try """
    import os, json, sys, time
    for line in sys.stdin:
        r = json.loads(line)
        if r["op"] == "hello":
            print(json.dumps({"id": r["id"], "name": "deaf", "capabilities": ["score"]}), flush=True)
            open("\(mark)", "w").write(str(os.getpid()))
        else:
            time.sleep(600)
    """.write(toFile: path("deaf.py"), atomically: true, encoding: .utf8)
    let running = try Invocation.Running(options("process:python3 \(path("deaf.py"))", "a"))
    var child: Int32?
    for _ in 0..<1_000 {
      child = (try? String(contentsOfFile: mark, encoding: .utf8)).flatMap { Int32($0) }
      if child != nil, lines("a") == 1 { break }
      usleep(10_000)
    }
    let id = try #require(child)
    kill(running.process.processIdentifier, SIGINT)
    usleep(100_000)
    kill(running.process.processIdentifier, SIGINT)
    running.process.waitUntilExit()
    #expect(running.process.terminationStatus == 130)
    for _ in 0..<200 where kill(id, 0) == 0 { usleep(10_000) }
    #expect(kill(id, 0) != 0, "the child is gone")
  }

  @Test func `a run under nohup outlives a hangup`() throws {
    let command = options(try backend(seconds: 0.005), "a")
    // The program inherits the ignored signal, as from nohup.
    let before = signal(SIGHUP, SIG_IGN)
    defer { signal(SIGHUP, before) }
    let running = try Invocation.Running(command)
    for _ in 0..<1_000 where lines("a") < 20 { usleep(10_000) }
    kill(running.process.processIdentifier, SIGHUP)
    running.process.waitUntilExit()
    #expect(running.process.terminationStatus == 0)
    #expect(lines("a") == 1001)
  }

  @Test(arguments: [
    ["--formats", "8"], ["--formats", "8", "--search", "uniform", "--budget", "200"],
    ["--formats", "12", "--search", "adaptive", "--budget", "300"],
  ])
  func `shards merge to the report of the whole`(_ search: [String]) throws {
    let study =
      ["run", "sentiment", "plural", "--examples", "40", "--quiet", "--out"] + [path("whole")]
      + search
    #expect(try Invocation(study).status == 0)
    let config = path("whole") + "/study.json"
    for index in [3, 1, 2] {
      let shard = try Invocation([
        "run", "--config", config, "--shard", "\(index)/3", "--quiet", "--out", path("\(index)"),
      ])
      #expect(shard.status == 0, "\(shard.errors)")
      #expect(shard.output == "")
      #expect(!FileManager.default.fileExists(atPath: path("\(index)") + "/report.json"))
    }
    let part = try Invocation(["merge", path("2"), path("1"), "--out", path("m")])
    // An adaptive search is divided by its two tasks, so that the third shard is empty.
    #expect(part.status == (search.contains("adaptive") ? 0 : 3))
    let merged = try Invocation([
      "merge", path("2"), path("3"), path("1"), "--json", "--out", path("m"),
    ])
    #expect(merged.status == 0, "\(merged.errors)")
    #expect(try report("m") == report("whole"))
    #expect(try Data(merged.output.utf8) == report("whole"))
    #expect(lines("m") == lines("whole"))
  }

  @Test func `runs that disagree are not merged and the cells are named`() throws {
    let backend = try backend(seconds: 0)
    let small = ["--formats", "2", "--examples", "20"]
    let command = ["run", "plural", "--quiet", "--backend", backend, "--out"]
    for name in ["a", "b"] { #expect(try Invocation(command + [path(name)] + small).status == 0) }
    let same = try Invocation(["merge", path("a"), path("b"), "--out", path("m")])
    #expect(same.status == 0)
    #expect(same.errors.contains("40 answers of 2 runs, 40 of them given more than once"))
    // The model changes and keeps its name.
    let program = try String(contentsOfFile: path("slow.py"), encoding: .utf8)
    try program.replacing("-1.0 - ", with: "-9.0 + ")
      .write(toFile: path("slow.py"), atomically: true, encoding: .utf8)
    #expect(try Invocation(command + [path("c")] + small).status == 0)
    let other = try Invocation(["merge", path("a"), path("c"), "--out", path("n")])
    #expect(other.status == 1)
    #expect(other.errors.contains("plural, format 0, example "))
    #expect(other.errors.contains("disagree; nothing was written"))
    #expect(!FileManager.default.fileExists(atPath: path("n") + "/study.json"))
  }

  @Test func `answers of an earlier run are taken and counted`() throws {
    let command = ["run", "plural", "--examples", "20", "--quiet", "--out"]
    #expect(try Invocation(command + [path("a"), "--formats", "3"]).status == 0)
    #expect(try Invocation(command + [path("whole"), "--formats", "5"]).status == 0)
    let second = try Invocation(
      command + [path("b"), "--formats", "5", "--reuse", path("a")])
    #expect(second.status == 0)
    #expect(second.errors.contains("60 answers were taken from earlier runs"))
    #expect(try report("b") == report("whole"))
  }

  @Test func `a study's file is run, and the command line stands above it`() throws {
    try #"{"schema": "formatspread.study/1", "tasks": ["plural"], "formats": 3, "examples": 20}"#
      .write(toFile: path("study.json"), atomically: true, encoding: .utf8)
    let file = try Invocation([
      "run", "--config", path("study.json"), "--seed", "4", "--formats", "2", "--quiet", "--out",
      path("a"),
    ])
    #expect(file.status == 0, "\(file.errors)")
    let words = try Invocation([
      "run", "plural", "--formats", "2", "--examples", "20", "--seed", "4", "--quiet", "--out",
      path("b"),
    ])
    #expect(words.status == 0)
    #expect(try report("a") == report("b"))
    let again = try Invocation([
      "run", "--config", path("a") + "/study.json", "--quiet", "--out", path("a"),
    ])
    #expect(again.status == 0, "\(again.errors)")
    #expect(lines("a") == 41)
  }

  @Test(arguments: [
    (#"{"formts": 3}"#, "no key of a study (did you mean 'formats'?)"),
    (#"{"schema": "formatspread.study/2"}"#, "unknown schema 'formatspread.study/2'"),
    (#"{"formats": {"a": 1}}"#, "expected a text or a number"),
    (#"{"tasks": [{}]}"#, "expected a path or a name"),
    (#"{"tasks": ["plural"], "formats": 0}"#, "--formats '0': expected a whole number"),
    (
      #"{"tasks": [{"name": "plural", "path": "plural", "sha256": "00"}]}"#,
      "is not the file that"
    ),
  ])
  func `a wrong study's file is refused with its place`(_ text: String, _ reason: String) throws {
    try text.write(toFile: path("study.json"), atomically: true, encoding: .utf8)
    let result = try Invocation([
      "run", "--config", path("study.json"), "--out", path("a"),
    ])
    #expect(result.status == 2)
    #expect(result.errors.contains(reason), "\(result.errors)")
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    (["--deadline", "5"], "--deadline '5': expected a time such as 55m, 90s, 1h30m or 2d"),
    (["--deadline", "30m1h"], "--deadline '30m1h'"), (["--deadline", "0s"], "--deadline '0s'"),
    (["--shard", "3/2"], "--shard '3/2'"),
    (["--shard", "1/2", "--json"], "--json: a shard has no"),
    (["--shard", "env"], "neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX"),
    (["--address", "http://h:1/v1"], "--address 'http://h:1/v1'"),
    (["--reuse", "/nowhere"], "/nowhere: holds no run"),
  ])
  func `a wrong option gets one line`(_ words: [String], _ reason: String) throws {
    let result = try Invocation(
      ["run", "plural", "--quiet", "--formats", "2", "--examples", "5", "--out", path("a")] + words)
    #expect(result.status == 2)
    #expect(result.errors.contains(reason), "\(result.errors)")
  }

  @Test func `jobs for Slurm are written with absolute paths and not submitted`() throws {
    try #"{"tasks": ["plural"], "formats": 3, "backend": "http://localhost:8000/v1"}"#
      .write(toFile: path("study.json"), atomically: true, encoding: .utf8)
    let result = try Invocation([
      "submit", "slurm", path("study.json"), "--jobs", "4", "--time", "01:00:00", "--serve",
      "serve --port $PORT", "--out", path("whole"), "--", "--concurrency", "2",
    ])
    #expect(result.status == 0, "\(result.errors)")
    let script = try String(contentsOfFile: path("whole.jobs/array.sbatch"), encoding: .utf8)
    #expect(script.contains("--concurrency 2"))
    #expect(script.contains("#SBATCH --array=1-4\n"))
    let study = try String(contentsOfFile: path("whole.jobs/study.json"), encoding: .utf8)
    #expect(study.contains(#""path": "/"#))
    #expect(result.output.contains(path("whole.jobs/merge.sbatch")))
    let wrong = try Invocation(["submit", "slrm", path("study.json"), "--jobs", "4"])
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("did you mean 'slurm'?"))
  }
}
