import Foundation
import Testing

/// A suite of tasks with gates, a deadline and files for other programs, as a user meets it.
@Suite(.serialized) struct SuiteRunTests {
  private let folder: URL

  init() throws {
    folder = try TemporaryFolder.make()
    try #"""
    { "schema": "formatspread.suite/1", "name": "two", "options": { "examples": 20, "formats": 3 },
      "tasks": ["plural", { "task": "sentiment", "options": { "formats": 4 } }] }
    """#.write(toFile: path("suite.json"), atomically: true, encoding: .utf8)
  }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  private func suite(_ words: [String]) throws -> Invocation {
    try Invocation(["run", path("suite.json"), "--quiet", "--out", path("out")] + words)
  }

  @Test func `the gates of all tasks are in one file and failures decide the status`() throws {
    let words = [
      "--min-accuracy", "100%", "--gate", "point", "--junit", path("gates.xml"), "--summary",
      path("summary.md"), "--annotate", "gitlab",
    ]
    let result = try suite(words)
    #expect(result.status == 1, "\(result.errors)")
    #expect(result.output.hasPrefix("Suite two · 2 tasks"))
    let xml = try text("gates.xml")
    #expect(
      xml.matches(of: /<testsuite name="([^"]*)"/).map { String($0.output.1) }
        == ["plural", "sentiment"])
    #expect(xml.contains("<testsuites name=\"formatspread\" tests=\"4\" failures=\"1\""))
    #expect(try text("summary.md").hasPrefix("# Spread over prompt formats: `two`"))
    let findings = try text("out/gl-code-quality-report.json")
    #expect(findings.matches(of: /"severity": ?"major"/).count == 1)
    // Nothing of this decides where a suite is kept.
    let elsewhere = try Invocation(
      ["run", path("suite.json"), "--quiet"] + words + ["--dry-run"], directory: folder)
    let plain = try Invocation(
      [
        "run", path("suite.json"), "--quiet", "--min-accuracy", "100%", "--gate", "point",
        "--dry-run",
      ], directory: folder)
    #expect(plain.status == 0)
    func places(_ result: Invocation) -> [Substring] {
      result.output.split(separator: "\n").filter { $0.hasPrefix("Kept in") }
    }
    #expect(places(elsewhere) == places(plain))
    #expect(places(plain).count == 2)
  }

  @Test func `a deadline is for the whole suite`() throws {
    try """
    import json, sys, time
    for line in sys.stdin:
        r = json.loads(line)
        a = {"id": r["id"]}
        if r["op"] == "hello":
            a.update(name="slow", capabilities=["score"])
        else:
            time.sleep(60)
            a["scores"] = [{"logprob": -1.0, "tokens": 1} for c in r["continuations"]]
        print(json.dumps(a), flush=True)
    """.write(toFile: path("slow.py"), atomically: true, encoding: .utf8)
    let result = try suite([
      "--deadline", "2s", "--backend", "process:python3 \(path("slow.py"))",
    ])
    #expect(result.status == 3)
    #expect(result.errors.contains("stopped at the deadline of 2s"))
    #expect(FileManager.default.fileExists(atPath: path("out/plural/journal.jsonl")))
    #expect(!FileManager.default.fileExists(atPath: path("out/sentiment")))
  }

  @Test func `a baseline may be an earlier run of the suite`() throws {
    #expect(try suite([]).status == 0)
    let again = try Invocation([
      "run", path("suite.json"), "--quiet", "--out", path("again"), "--max-drop", "2%",
      "--baseline", path("out"),
    ])
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.errors.matches(of: /gates passed/).count == 2)
  }

  @Test(arguments: [["--shard", "1/2"], ["--config", "study.json"]])
  func `what belongs to a single run is refused`(_ words: [String]) throws {
    let result = try suite(words)
    #expect(result.status == 2)
    #expect(result.errors.contains("\(words[0]): belongs to a single run"))
  }
}
