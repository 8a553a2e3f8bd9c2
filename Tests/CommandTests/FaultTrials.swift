import Foundation
import Testing

/// Whole runs against a test server that injects faults.
///
/// `FORMATSPREAD_MOCKLLM=/path/to/mockllm swift test --filter FaultTrials`, where mockllm is a program
/// that takes the options below and prints `listening HOST:PORT`.
private let mock = ProcessInfo.processInfo.environment["FORMATSPREAD_MOCKLLM"]

@Suite(.serialized, .enabled(if: mock != nil)) struct FaultTrials {
  /// A test server under way.
  private final class Server {
    let process = Process()
    let address: String

    init(_ options: [String], port: Int = 0) throws {
      let output = Pipe()
      process.executableURL = URL(fileURLWithPath: try #require(mock))
      process.arguments = ["--port", "\(port)"] + options
      process.standardOutput = output
      process.standardError = output
      try process.run()
      var text = ""
      while !text.contains("\n") {
        let more = output.fileHandleForReading.availableData
        try #require(!more.isEmpty, "the test server did not start")
        text += String(decoding: more, as: UTF8.self)
      }
      let line = text.split(separator: "\n")[0]
      address = String(try #require(line.split(separator: " ").last))
    }

    var port: Int { address.split(separator: ":").last.flatMap { Int($0) } ?? 0 }

    var url: String { "http://\(address)/v1" }

    /// Kills it: a thread of the tests may have blocked milder signals, and a child inherits that.
    func stop() {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }

    deinit {
      if process.isRunning { stop() }
    }
  }

  private struct Result {
    let status: Int32
    let errors: String
    let folder: URL
    var report: Data? { try? Data(contentsOf: folder.appendingPathComponent("report.json")) }

    /// The journal's lines, without the header.
    var lines: [[String: Any]] {
      get throws {
        let journal = folder.appendingPathComponent("journal.jsonl")
        return try String(contentsOf: journal, encoding: .utf8).split(separator: "\n").dropFirst()
          .map {
            try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
          }
      }
    }

    /// The cells without an answer, sorted.
    var failed: [String] {
      get throws {
        try lines.filter { $0["correct"] is NSNull }.map {
          "\($0["format"] ?? "") \($0["example"] ?? "")"
        }
        .sorted()
      }
    }
  }

  private static let task: String = {
    let words = ["amber", "birch", "coral", "dunes"]
    let examples = (0..<210).map { number in
      let first = number % 4
      let order = (0..<4).map { "\"\(words[(first + $0) % 4])\"" }.joined(separator: ", ")
      return """
        {"question": "in record \(120_000 + number) which word goes with the lamp",
         "choices": [\(order)], "answer": \(1 + number % 4)}
        """
    }
    let text = """
      {"schema": "formatspread.task/1", "name": "faults", "instruction": "Choose the right word.",
       "structure": {"template": "Question: {question}\\nOptions:\\nA. {choices.1}\\nB. {choices.2}\\nC. {choices.3}\\nD. {choices.4}\\nAnswer: {answer}"},
       "options": "choices", "examples": [\(examples.joined(separator: ",\n"))]}
      """
    return (try? TemporaryFolder.file("faults.json", text)) ?? ""
  }()

  /// Runs 4,000 cells.
  private func run(
    _ servers: [Server], _ options: [String] = [], in folder: URL? = nil
  ) throws -> Result {
    let folder = try folder ?? TemporaryFolder.make()
    let backends = servers.flatMap { ["--backend", $0.url] }
    let invocation = try Invocation(
      ["run", Self.task, "--formats", "20", "--quiet", "--out", folder.path] + backends + options)
    return Result(status: invocation.status, errors: invocation.errors, folder: folder)
  }

  /// The result without faults, from a server at a port that is free again afterwards.
  private func clean(_ options: [String]) throws -> (port: Int, result: Result) {
    let server = try Server([])
    defer { server.stop() }
    let result = try run([server], options)
    #expect(result.status == 0, "\(result.errors)")
    return (server.port, result)
  }

  private static let ways = [["--scoring", "rank"], ["--scoring", "generate"]]

  private static let faults = [
    "--fault-500", "5", "--fault-429", "5", "--fault-reset", "5", "--fault-badjson", "5",
    "--fault-shape", "5", "--fault-null", "5", "--fault-trunc", "5",
  ]

  @Test(
    arguments: ways,
    [
      faults, ["--chunked"], ["--close-every", "7"], ["--max-inflight", "8", "--retry-after", "0"],
      ["--no-chat"],
    ])
  func `the report is that of the run without faults`(
    _ way: [String], _ options: [String]
  ) throws {
    let (port, expected) = try clean(way)
    let server = try Server(options, port: port)
    defer { server.stop() }
    let result = try run([server], way)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try result.failed == [])
    #expect(try result.lines.count == 4_000)
    #expect(result.report == expected.report)
  }

  // The test server refuses bodies, not prompts, so one that it would refuse alone passes in a list.
  @Test(arguments: [ways[0], ways[1] + ["--prompts-per-request", "1"]])
  func `prompts that are refused for good fail, and no other cell does`(_ way: [String]) throws {
    let (port, expected) = try clean(way)
    let server = try Server(["--fault-400", "1"], port: port)
    defer { server.stop() }
    let result = try run([server], way)
    #expect(result.status == 3, "\(result.errors)")
    let failed = try result.failed
    #expect(failed.count > 10 && failed.count < 100)
    let lines = try result.lines
    #expect(lines.count == 4_000)
    #expect(
      lines.allSatisfy {
        !($0["correct"] is NSNull) || ($0["error"] as? String)?.contains("status 400") == true
      })
    #expect(result.errors.contains("\(failed.count) cells failed"))
    #expect(result.report != expected.report)
    // They alone are asked again, and fail again.
    let again = try run([server], way, in: result.folder)
    #expect(again.status == 3)
    #expect(try again.lines.count == 4_000 + failed.count)
    #expect(try Set(again.failed) == Set(failed))
    server.stop()
    let well = try Server([], port: port)
    defer { well.stop() }
    let mended = try run([well], way, in: result.folder)
    #expect(mended.status == 0)
    #expect(mended.report == expected.report)
  }

  @Test(arguments: ways)
  func `an endpoint that dies leaves its work to the other`(_ way: [String]) throws {
    let (port, expected) = try clean(way)
    let first = try Server([], port: port)
    let second = try Server(["--die-after", "1000"])
    defer { first.stop() }
    let result = try run([first, second], way)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("\(second.address) fails; the other endpoints take its work"))
    let endpoints = try result.lines.compactMap { $0["endpoint"] as? String }
    #expect(Set(endpoints) == [first.address, second.address])
    #expect(endpoints.count { $0 == second.address } > 500)
    #expect(result.report == expected.report)
  }

  @Test func `a server without log-probabilities is refused for ranking in one line`() throws {
    let server = try Server(["--no-logprobs"])
    defer { server.stop() }
    let result = try run([server], ["--scoring", "rank"])
    #expect(result.status == 2)
    #expect(
      result.errors
        == "formatspread: the model 'mock' gives no log-probabilities that can be used (echo: bad "
        + "answer: it has no log-probabilities (logprobs is null); first token: bad answer: it has "
        + "no log-probabilities (logprobs is null)); use --scoring generate\n")
    #expect(try run([server], ["--scoring", "generate"]).status == 0)
  }

  @Test func `a server without chat is refused for chat in one line`() throws {
    let server = try Server(["--no-chat"])
    defer { server.stop() }
    let result = try run([server], ["--scoring", "generate", "--chat", "single"])
    #expect(result.status == 3)
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(
      result.errors.hasSuffix(
        "chat: status 404: 'no such path'; without --chat, the completions endpoint is tried first\n"
      ),
      "\(result.errors)")
  }

  @Test func `a key is needed, taken from a file and never stored`() throws {
    let server = try Server(["--api-key", "the-secret"])
    defer { server.stop() }
    let without = try run([server])
    #expect(without.status == 3)
    #expect(
      without.errors
        == "formatspread: \(server.url): status 401; it needs an API key (in "
        + "FORMATSPREAD_API_KEY or a file for --api-key-file): 'invalid api key'\n")
    let key = try TemporaryFolder.file("key", "the-secret\n")
    let result = try run([server], ["--api-key-file", key])
    #expect(result.status == 0, "\(result.errors)")
    for name in try FileManager.default.contentsOfDirectory(atPath: result.folder.path) {
      let data = try Data(contentsOf: result.folder.appendingPathComponent(name))
      #expect(data.range(of: Data("the-secret".utf8)) == nil, "\(name)")
    }
  }
}
