import Basics
import Foundation
import Models
import Testing

private func request(_ prompt: String, _ continuations: [String] = [" yes", " no"]) -> ScoreRequest
{
  ScoreRequest(prompt: prompt, continuations: continuations)
}

/// What the test child answers to `request`.
private func expected(_ request: ScoreRequest) -> [OptionScore] {
  request.continuations.map { text in
    let prompt = Double(request.prompt.unicodeScalars.count)
    let length = text.unicodeScalars.count
    return OptionScore(logprob: -prompt - Double(length) / 100, tokens: length)
  }
}

/// The error of a call that must fail.
private func failure(_ call: () async throws -> Void) async throws -> ModelError {
  do {
    try await call()
  } catch {
    return try #require(error as? ModelError)
  }
  throw NothingFailed()
}

private struct NothingFailed: Error {}

/// For values that are awaited inside a closure, where the expectation macro does not compile.
private func expectEqual<Value: Equatable>(
  _ found: Value, _ wanted: Value, at place: SourceLocation = #_sourceLocation
) {
  #expect(found == wanted, sourceLocation: place)
}

/// Calls until the model gives a score, as the conductor does, up to a number of attempts.
private func retried(
  _ model: some Model, _ request: ScoreRequest, attempts: Int = 8
) async throws -> [OptionScore] {
  for _ in 1..<attempts {
    do {
      return try await model.score(request)
    } catch let error as ModelError where error.retry == .transient {
      continue
    }
  }
  return try await model.score(request)
}

@Suite(.enabled(if: PythonChild.isAvailable, "needs python3"), .timeLimit(.minutes(5)))
struct ChildProcessModelTests {
  @Test func `a child that works is greeted, scores and generates`() async throws {
    try await PythonChild.run("right") { model, child in
      expectEqual(
        try await model.hello(),
        Capabilities(name: "child", scoring: .process, generates: true, maxInFlight: 8))
      let asked = request("line one\n\"é🙂\"\t\u{1}", ["a", " b c"])
      expectEqual(try await model.score(asked), expected(asked))
      let generated = try await model.generate(
        GenerateRequest(prompt: "abc", maxTokens: 2, stop: ["\n"], seed: 1))
      #expect(generated == Generation(text: "cb"))
      #expect(child.starts == 1)
      await model.close()
      expectEqual(try await failure { _ = try await model.score(asked) }, .closed)
    }
  }

  @Test func `answers in any order reach their requests`() async throws {
    try await PythonChild.run("reversed", "8") { model, _ in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<64 {
          group.addTask {
            let asked = request(String(repeating: "x", count: number), ["a"])
            expectEqual(try await model.score(asked), expected(asked))
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func `no more requests are sent than the child takes`() async throws {
    try await PythonChild.run("one-at-a-time") { model, _ in
      try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<20 {
          group.addTask {
            try await model.generate(
              GenerateRequest(prompt: "", maxTokens: 1, stop: [], seed: 0)
            ).text
          }
        }
        for try await text in group { #expect(text == "alone") }
      }
    }
  }

  @Test func `prompts larger than a pipe do not block, however slowly the child reads`()
    async throws
  {
    try await PythonChild.run("slow-reader") { model, _ in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<32 {
          group.addTask {
            let asked = request(String(repeating: "y", count: 100_000 + number))
            expectEqual(try await model.score(asked), expected(asked))
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func `a flood on standard error blocks nothing and lands in the log`() async throws {
    try await PythonChild.run("flood") { model, child in
      for number in 0..<10 {
        let asked = request(String(number))
        expectEqual(try await model.score(asked), expected(asked))
      }
      await model.close()
      expectEqual(try Data(contentsOf: child.log).count, 10 * 200_001)
    }
  }

  @Test func `a child that ends at start is reported with its status and last words`() async throws
  {
    try await PythonChild.run("die-at-start") { model, child in
      for _ in 0..<2 {
        let error = try await failure { _ = try await model.hello() }
        #expect(
          child.portable(error)
            == "process 'python3 child.py die-at-start': ended with exit status 3 before it "
            + "answered hello; its last words: 'loading', 'ModuleNotFoundError: No module named "
            + "'torch''")
        #expect(error.retry == .no)
        #expect(error.scope == .model)
      }
      #expect(child.starts == 1)
    }
  }

  @Test func `a crash fails what was in flight as transient and the next request starts anew`()
    async throws
  {
    try await PythonChild.run("crash-once") { model, child in
      for number in 0..<10 {
        let asked = request(String(number))
        if number == 3 {
          let error = try await failure { _ = try await model.score(asked) }
          #expect(
            child.portable(error)
              == "process 'python3 child.py crash-once': ended with signal 11 (SIGSEGV); it wrote "
              + "nothing to its standard error")
          #expect(error.retry == .transient)
          #expect(error.scope == .request)
        }
        expectEqual(try await model.score(asked), expected(asked))
      }
      #expect(child.starts == 2)
    }
  }

  @Test func `a child that keeps crashing after some answers is used all the same`() async throws {
    let notices = Notices()
    var settings = ChildProcessModel.Settings()
    settings.notice = notices.add
    try await PythonChild.run("crash-after", "3", settings: settings) {
      model, child in
      for number in 0..<30 {
        let asked = request(String(number))
        expectEqual(try await retried(model, asked), expected(asked))
      }
      #expect(child.starts == 10)
      #expect(notices.all.count == 9)
      let first = try #require(notices.all.first)
      #expect(
        first.hasSuffix(
          "ended with exit status 7; its last words: 'Traceback: boom'; it is started again"))
    }
  }

  @Test func `a child that crashes at every request is given up`() async throws {
    try await PythonChild.run("crash-after", "0", settings: .restarts(2)) { model, child in
      var errors: [ModelError] = []
      for _ in 0..<4 {
        errors.append(try await failure { _ = try await model.score(request("x")) })
      }
      #expect(errors.map(\.retry) == [.transient, .transient, .no, .no])
      #expect(errors.map(\.scope) == [.request, .request, .model, .model])
      #expect(
        child.portable(errors[3])
          == "process 'python3 child.py crash-after 0': gave up after 3 failures, the last one: "
          + "ended with exit status 7; its last words: 'Traceback: boom'")
      #expect(child.starts == 3)
    }
  }

  @Test func `a child that hangs is ended after the time-out and started again`() async throws {
    try await PythonChild.run("hang-once", settings: .requestTimeout(0.7)) {
      model, child in
      let error = try await failure { _ = try await model.score(request("x")) }
      #expect(
        child.portable(error)
          == "process 'python3 child.py hang-once': no answer to score within 0.7 s; does it flush "
          + "its standard output after each line?")
      #expect(error.retry == .transient)
      // On a busy machine a right answer may be late too.
      expectEqual(try await retried(model, request("y")), expected(request("y")))
      #expect(child.starts >= 2)
    }
  }

  @Test func `a child that ignores SIGTERM is killed`() async throws {
    try await PythonChild.run("stubborn", settings: .requestTimeout(0.5)) {
      model, child in
      let error = try await failure { _ = try await model.score(request("hang")) }
      #expect(error.retry == .transient)
      #expect(child.portable(error).contains("no answer to score within 0.5 s"))
    }
  }

  @Test func `a child that never says hello is given up after the time for starting`() async throws
  {
    try await PythonChild.run("silent", settings: .startTimeout(0.5)) {
      model, child in
      let error = try await failure { _ = try await model.hello() }
      #expect(
        child.portable(error)
          == "process 'python3 child.py silent': no answer to hello within 0.5 s; does it flush "
          + "its standard output after each line?")
      #expect(error.retry == .no)
    }
  }

  @Test func `an answer without a newline is named when the time is over`() async throws {
    try await PythonChild.run("no-newline", settings: .requestTimeout(1)) {
      model, child in
      let error = try await failure {
        _ = try await model.generate(
          GenerateRequest(prompt: "ba", maxTokens: 9, stop: [], seed: 0))
      }
      #expect(
        child.portable(error)
          == "process 'python3 child.py no-newline': no answer to generate within 1 s; it wrote "
          + "'{\"id\": 2, \"text\": \"ab\"}' without a newline")
    }
  }

  @Test func `a stray line after hello costs a restart`() async throws {
    try await PythonChild.run("garbage-once") { model, child in
      let error = try await failure { _ = try await model.score(request("x")) }
      #expect(
        child.portable(error)
          == "process 'python3 child.py garbage-once': wrote a line that is not JSON: "
          + "'Downloading… 3%' ('D' where a value should be); only answers may go to its standard "
          + "output")
      #expect(error.retry == .transient)
      expectEqual(try await model.score(request("y")), expected(request("y")))
      #expect(child.starts == 2)
    }
  }

  @Test func `stray lines again and again, or before hello, end the model`() async throws {
    try await PythonChild.run("garbage", settings: .restarts(1)) { model, child in
      _ = try await failure { _ = try await model.score(request("x")) }
      let error = try await failure { _ = try await model.score(request("x")) }
      #expect(
        child.portable(error)
          == "process 'python3 child.py garbage': gave up after 2 failures, the last one: wrote a "
          + "line that is not JSON: 'Traceback (most recent call last):' ('T' where a value should "
          + "be); only answers may go to its standard output")
      #expect(error.retry == .no)
    }
    try await PythonChild.run("noisy-start") { model, child in
      let error = try await failure { _ = try await model.hello() }
      #expect(error.scope == .model)
      #expect(
        child.portable(error)
          == "process 'python3 child.py noisy-start': wrote a line that is not JSON: 'Loading "
          + "weights: 100%' ('L' where a value should be); only answers may go to its standard "
          + "output")
      #expect(child.starts == 1)
    }
  }

  @Test func `a line without an end is cut off`() async throws {
    try await PythonChild.run("long-line", settings: .restarts(0)) { model, child in
      let error = try await failure { _ = try await model.score(request("x")) }
      let beginning = String(repeating: "y", count: 80)
      #expect(
        child.portable(error)
          == "process 'python3 child.py long-line': gave up after 1 failure, the last one: wrote a "
          + "line longer than 16777216 bytes, beginning with '\(beginning)…'")
    }
  }

  @Test func `an answer that comes twice or that nobody asked for ends the model`() async throws {
    try await PythonChild.run("twice") { model, child in
      let asked = request("x")
      var error: ModelError?
      for _ in 0..<3 where error == nil {
        do {
          expectEqual(try await model.score(asked), expected(asked))
        } catch {
          let error = try #require(error as? ModelError)
          #expect(
            child.portable(error).hasPrefix(
              "process 'python3 child.py twice': answered request "))
        }
        error = try? await failure { _ = try await model.score(asked) }
      }
      let last = try #require(error)
      #expect(last.message.hasSuffix(" twice"))
      #expect(last.retry == .no)
      #expect(last.scope == .model)
      #expect(child.starts == 1)
    }
    try await PythonChild.run("unknown") { model, child in
      let error = try await failure { _ = try await model.score(request("x")) }
      #expect(
        child.portable(error)
          == "process 'python3 child.py unknown': answered request 1002, which it was not given")
      #expect(error.retry == .no)
    }
  }

  @Test(arguments: [
    (
      #"{"id":ID,"scores":[{"logprob":-1,"tokens":1}]}"#,
      "bad answer to score: 1 scores for 2 continuations", RetryDecision.transient
    ),
    (
      #"{"id":ID,"scores":[{"logprob":-Infinity,"tokens":1},{"logprob":-1,"tokens":1}]}"#,
      "bad answer to score: scores[0].logprob: expected a number of at most 0, found the text "
        + "'-Infinity'", .transient
    ),
    (#"{"id":ID,"error":{"message":"no","retry":"no"}}"#, "score failed: 'no'", .no),
    (
      #"{"id":ID,"error":{"message":"later","retry":"rate-limit","after_s":0.25}}"#,
      "score failed: 'later'", .rateLimit(after: .seconds(0.25))
    ),
  ])
  func `a bad answer fails its request and nothing else`(
    _ line: String, _ reason: String, _ retry: RetryDecision
  ) async throws {
    try await PythonChild.run("reply", line) { model, child in
      for _ in 0..<3 {
        let error = try await failure { _ = try await model.score(request("x")) }
        #expect(error.message.hasSuffix(": " + reason))
        #expect(error.retry == retry)
        #expect(error.scope == .request)
      }
      #expect(child.starts == 1)
    }
  }

  @Test func `what a child cannot do is not asked of it`() async throws {
    let hello = #"{"id":0,"name":"m","capabilities":["generate"],"protocol":1}"#
    try await PythonChild.run("hello", hello) { model, _ in
      expectEqual(try await model.hello().scoring, nil)
      let error = try await failure { _ = try await model.score(request("x")) }
      #expect(error.message.hasSuffix(": it cannot score (its capabilities: generate)"))
      #expect(error.retry == .no)
    }
  }

  @Test func `a cancelled caller is released at once and its late answer ignored`() async throws {
    try await PythonChild.run("reversed", "2") { model, _ in
      _ = try await model.hello()
      let first = Task { try await model.score(request("first")) }
      first.cancel()
      await #expect(throws: CancellationError.self) { try await first.value }
      let waiting = Task { try await model.score(request("second")) }
      // Whether or not the first was sent before it was cancelled, a few more complete the pairs.
      let filler = Task { try await model.score(request("third")) }
      let more = Task { try await model.score(request("fourth")) }
      expectEqual(try await waiting.value, expected(request("second")))
      filler.cancel()
      more.cancel()
      _ = await (filler.result, more.result)
    }
  }

  @Test func `closing releases everyone and ends the whole process group`() async throws {
    try await PythonChild.run("group") { model, _ in
      let text = try await model.generate(
        GenerateRequest(prompt: "", maxTokens: 1, stop: [], seed: 0)
      ).text
      let grandchild = try #require(Int32(text))
      #expect(kill(grandchild, 0) == 0)
      await model.close()
      // Its parent is gone, so the system reaps it, at a time of its choosing.
      for _ in 0..<200 where !isGone(grandchild) { try await Task.sleep(for: .milliseconds(50)) }
      #expect(isGone(grandchild))
    }
    try await PythonChild.run("ignore") { model, _ in
      _ = try await model.hello()
      let waiting = (0..<20).map { _ in Task { try await model.score(request("x")) } }
      await Task.yield()
      await model.close()
      for task in waiting {
        let error = try await failure { _ = try await task.value }
        #expect(error == .closed)
      }
    }
  }

  @Test func `a child sees the stated environment`() async throws {
    var settings = ChildProcessModel.Settings()
    settings.environment["OPENAI_API_KEY"] = "secret"
    settings.environment["LC_TEST"] = "é"
    try await PythonChild.run("environment", settings: settings) { model, _ in
      let text = try await model.generate(
        GenerateRequest(prompt: "", maxTokens: 1, stop: [], seed: 0)
      ).text
      guard case .object(let variables) = try JSON.parse(text) else {
        Issue.record("not an object: \(text)")
        return
      }
      #expect(variables["OPENAI_API_KEY"] == nil)
      #expect(variables["LC_TEST"] == .string("é"))
      #expect(variables["PYTHONUTF8"] == .string("1"))
    }
  }

  @Test func `the example of the article runs as it stands`() async throws {
    let article = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/Models/Models.docc/ChildProcessProtocol.md")
    let text = try String(contentsOf: article, encoding: .utf8)
    let code = try #require(
      text.components(separatedBy: "```python\n").last?.components(separatedBy: "```").first)
    #expect(code.split(separator: "\n", omittingEmptySubsequences: false).count <= 21)
    let child = try PythonChild()
    defer { child.remove() }
    try Data(code.utf8).write(to: child.script)
    let model = try ChildProcessModel(
      Command(executable: "python3", arguments: [child.script.path]))
    expectEqual(
      try await model.hello(),
      Capabilities(name: "counts", scoring: .process, generates: true, maxInFlight: 8))
    let scores = try await model.score(ScoreRequest(prompt: "AAB", continuations: ["A", "BB"]))
    #expect(scores.map(\.tokens) == [1, 2])
    #expect(abs(scores[0].logprob - log(3.0 / 131)) < 1e-12)
    #expect(abs(scores[1].logprob - log(2.0 / 131) - log(3.0 / 132)) < 1e-12)
    let generation = try await model.generate(
      GenerateRequest(prompt: "CCD", maxTokens: 1, stop: [], seed: 0))
    #expect(generation.text == "C")
    await model.close()
  }

  @Test func `a model that is dropped without being closed ends its child`() async throws {
    let child = try PythonChild()
    defer { child.remove() }
    var model: ChildProcessModel? = try ChildProcessModel(
      Command(executable: "python3", arguments: [child.script.path, "right"]))
    _ = try await model?.hello()
    let process = try #require(child.processes.first)
    #expect(!isGone(process))
    model = nil
    for _ in 0..<200 where !isGone(process) { try await Task.sleep(for: .milliseconds(50)) }
    #expect(isGone(process))
    #expect(model == nil)
  }

  private func isGone(_ process: Int32) -> Bool {
    // A zombie that waits for init to reap it counts as gone.
    guard kill(process, 0) == 0 else { return true }
    let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    return status.map { $0.contains(") Z") } ?? true
  }
}

/// Faults that need no Python.
@Suite(.timeLimit(.minutes(5))) struct OrdinaryProgramTests {
  private func model(_ line: String) throws -> ChildProcessModel {
    var settings = ChildProcessModel.Settings()
    settings.errorLog = "/dev/null"
    return try ChildProcessModel(Command(parsing: line), settings: settings)
  }

  @Test func `a program that repeats its input is no model`() async throws {
    let model = try model("/bin/cat")
    let error = try await failure { _ = try await model.hello() }
    #expect(
      error.message
        == "process '/bin/cat': bad answer to hello: name: expected the model's name, it is missing"
    )
    #expect(error.scope == .model)
    await model.close()
  }

  @Test func `a program that ends at once is no model`() async throws {
    let model = try model("/bin/true")
    let error = try await failure { _ = try await model.hello() }
    #expect(
      error.message
        == "process '/bin/true': ended with exit status 0 before it answered hello; it wrote "
        + "nothing to its standard error")
    await model.close()
  }

  @Test func `a program that prints something else is no model`() async throws {
    let model = try model("/bin/echo 'hello world'")
    let error = try await failure { _ = try await model.hello() }
    #expect(
      error.message
        == #"process '/bin/echo "hello world"': wrote a line that is not JSON: 'hello world' "#
        + "('h' where a value should be); only answers may go to its standard output")
    await model.close()
  }
}

private final class Notices: @unchecked Sendable {
  private let lock = NSLock()
  private var lines: [String] = []

  func add(_ line: String) {
    lock.withLock { lines.append(line) }
  }

  var all: [String] { lock.withLock { lines } }
}
