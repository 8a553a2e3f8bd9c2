import Foundation
import Testing

/// Whole runs with the built-in model.
@Suite(.serialized) struct RunTests {
  private func report(_ folder: URL) throws -> Data {
    try Data(contentsOf: folder.appendingPathComponent("report.json"))
  }

  private func lines(_ folder: URL) throws -> [Substring] {
    try String(contentsOf: folder.appendingPathComponent("journal.jsonl"), encoding: .utf8)
      .split(separator: "\n")
  }

  @Test(arguments: [
    ["--formats", "6"],
    ["--formats", "12", "--search", "uniform", "--budget", "600"],
    ["--formats", "12", "--search", "thompson", "--budget", "1k"],
    ["--formats", "3", "--scoring", "generate"],
  ])
  func `a study gives the same report at any concurrency`(_ options: [String]) throws {
    let common = ["run", "sentiment", "--examples", "100", "--quiet"] + options
    let one = try TemporaryFolder.make()
    let many = try TemporaryFolder.make()
    let first = try Invocation(common + ["--concurrency", "1", "--out", one.path])
    #expect(first.status == 0, "\(first.errors)")
    #expect(try Invocation(common + ["--concurrency", "16", "--out", many.path]).status == 0)
    #expect(try report(one) == report(many))
    #expect(try lines(one).count > 100)
  }

  @Test func `the same command on a finished run asks nothing and reports the same`() throws {
    let folder = try TemporaryFolder.make()
    let command = [
      "run", "topic", "--formats", "4", "--examples", "50", "--quiet", "--out", folder.path,
    ]
    let first = try Invocation(command)
    let before = try (lines(folder), report(folder))
    let second = try Invocation(command)
    #expect(second.output == first.output)
    #expect(try lines(folder) == before.0)
    #expect(try report(folder) == before.1)
    try FileManager.default.removeItem(at: folder.appendingPathComponent("report.json"))
    let again = try Invocation(["report", folder.path])
    #expect(again.output == first.output)
    #expect(try report(folder) == before.1)
  }

  @Test(arguments: [(99, true), (100, false)])
  func `a budget of few answers a format is named`(_ budget: Int, _ isNamed: Bool) throws {
    let folder = try TemporaryFolder.make()
    let run = try Invocation([
      "run", "sentiment", "--formats", "10", "--budget", "\(budget)", "--out", folder.path,
    ])
    #expect(run.status == 0, "\(run.errors)")
    let notice =
      "formatspread: a budget of 99 is about 9 for each of 10 formats; below 10 the range is "
      + "mostly a guess: take --budget 100 or fewer --formats\n"
    #expect(run.errors.contains(notice) == isNamed, "\(run.errors)")
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a stopped run says how to go on, and goes on`(_ signal: Int32) throws {
    let whole = try TemporaryFolder.make()
    let stopped = try TemporaryFolder.make()
    let command = ["run", "plural", "--formats", "40", "--examples", "300"]
    #expect(try Invocation(command + ["--quiet", "--out", whole.path]).status == 0)
    let running = try Invocation.Running(command + ["--out", stopped.path])
    let journal = stopped.appendingPathComponent("journal.jsonl").path
    for _ in 0..<6_000 {
      let size = try? FileManager.default.attributesOfItem(atPath: journal)[.size] as? Int
      if let size, size > 50_000 { break }
      usleep(10_000)
    }
    kill(running.process.processIdentifier, signal)
    running.process.waitUntilExit()
    #expect(running.process.terminationStatus == 128 + signal)
    #expect(
      try running.errors.contains(
        "formatspread: stopped; the same command continues the run in \(stopped.path)\n"))
    let partial = try lines(stopped).count
    #expect(partial > 100)
    #expect(partial < 12_000)
    #expect(try Invocation(command + ["--quiet", "--out", stopped.path]).status == 0)
    #expect(try lines(stopped).count == 12_001, "every cell was asked once")
    #expect(try report(stopped) == report(whole))
  }

  @Test func `a child that is killed and torn lines do not change the report`() throws {
    let whole = try TemporaryFolder.make()
    let broken = try TemporaryFolder.make()
    let command = ["run", "sentiment", "--formats", "4", "--examples", "100", "--quiet", "--out"]
    #expect(try Invocation(command + [whole.path]).status == 0)
    #expect(try Invocation(command + [broken.path]).status == 0)
    let journal = broken.appendingPathComponent("journal.jsonl")
    let bytes = try Data(contentsOf: journal)
    try bytes.prefix(bytes.count / 2).write(to: journal)
    let again = try Invocation(command + [broken.path])
    #expect(again.status == 0)
    #expect(again.errors.contains("the journal's unfinished last line was cut off"))
    #expect(try report(broken) == report(whole))
  }

  @Test func `json goes to standard output and nothing else does`() throws {
    let folder = try TemporaryFolder.make()
    let result = try Invocation([
      "run", "plural", "--formats", "2", "--examples", "20", "--json", "--out", folder.path,
    ])
    #expect(try Data(result.output.utf8) == report(folder))
  }
}
