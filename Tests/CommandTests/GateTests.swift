import Basics
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Demands on a run, as a CI job meets them: outcome, message, exit status, files.
@Suite(.serialized) struct GateTests {
  struct Runs {
    /// Everything asked.
    let full: String
    /// Too little asked to be sure of anything.
    let little: String
    /// The same cells as `full`, of a model that knows them a little worse.
    let worse: String
    /// A model that does not answer everything.
    let failing: String
    let folder: URL
  }

  /// Knows the answers, but misses a share of the examples: a twentieth, a quarter more where the format
  /// has one line, and `loss` more.
  private static func model(_ folder: URL, loss: Double, failing: Bool) throws -> String {
    let path = folder.appendingPathComponent("model-\(loss)-\(failing).py").path
    try """
    import json, sys, zlib
    tasks = json.load(open("\(Invocation.package.path)/tasks/sentiment.json"))
    known = {e["review"]: e["answer"] for e in tasks["examples"]}
    for line in sys.stdin:
        r = json.loads(line)
        a = {"id": r["id"]}
        if r["op"] == "hello":
            a.update(name="drawn", capabilities=["score"], max_in_flight=1)
        else:
            query = r["prompt"][r["prompt"].rfind("\\n\\n") + 2:]
            review = next(t for t in known if t in query)
            draw = zlib.crc32(review.encode()) % 1000 / 1000
            misses = 0.05 + \(loss) + (0 if "\\n" in query else 0.25)
            if \(failing ? "draw > 0.9" : "False"):
                a["error"] = {"message": "out of memory", "retry": "no"}
            else:
                a["scores"] = [
                    {"logprob": -1.0 if (c.strip() == known[review]) == (draw >= misses) else -2.0,
                     "tokens": 1} for c in r["continuations"]]
        print(json.dumps(a), flush=True)
    """.write(toFile: path, atomically: true, encoding: .utf8)
    return "process:python3 \(path)"
  }

  static let runs = Result {
    let folder = try TemporaryFolder.make()
    func run(_ name: String, _ backend: String, _ more: [String] = []) throws -> String {
      let out = folder.appendingPathComponent(name).path
      let result = try Invocation(
        [
          "run", "sentiment", "--formats", "6", "--examples", "150", "--quiet", "--backend",
          backend, "--out", out,
        ] + more)
      try #require([0, 3].contains(result.status), "\(result.errors)")
      return out
    }
    let good = try model(folder, loss: 0, failing: false)
    return Runs(
      full: try run("full", good),
      little: try run("little", good, ["--search", "uniform", "--budget", "60"]),
      worse: try run("worse", try model(folder, loss: 0.3, failing: false)),
      failing: try run("failing", try model(folder, loss: 0, failing: true)), folder: folder)
  }

  enum Kind {
    case full
    case little
    case failing
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let run: Kind
    let gates: [String]
    let status: Int32
    /// The line on standard error, from its beginning.
    let verdict: String

    var testDescription: String { gates.joined(separator: " ") }

    init(
      _ run: Kind, _ gates: String, _ status: Int32, _ verdict: String
    ) {
      self.run = run
      self.gates = gates.split(separator: " ").map(String.init)
      self.status = status
      self.verdict = verdict
    }
  }

  static let cases = [
    Case(.full, "--max-spread 100%", 0, "gates passed"),
    Case(.full, "--max-spread 0", 1, "1 of 1 gate failed"),
    Case(.full, "--min-accuracy 0.01 --min-median 0.01", 0, "gates passed"),
    Case(.full, "--min-accuracy 0.99 --min-median 0.01", 1, "1 of 2 gates failed"),
    Case(.full, "--min-median 99%", 1, "1 of 1 gate failed"),
    Case(.little, "--max-spread 50%", 1, "1 of 1 gate undecided: too little evidence"),
    Case(
      .little, "--max-spread 50% --undecided pass", 0,
      "gates passed (1 undecided, accepted by --undecided pass)"),
    Case(.little, "--max-spread 100% --gate point", 0, "gates passed"),
    Case(.little, "--min-accuracy 100% --gate point", 1, "1 of 1 gate failed"),
    Case(.failing, "--max-spread 100%", 3, "the run is incomplete, and no gate has certainly"),
    Case(.failing, "--max-spread 100% --max-failures 900 --gate point", 0, "gates passed"),
    Case(.failing, "--max-failures 1", 3, "the run is incomplete, and no gate has certainly"),
    Case(.failing, "--min-accuracy 100% --max-failures 1", 1, "1 of 2 gates failed"),
  ]

  /// A table's text, its lines joined.
  private static func unwrapped(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test(arguments: cases)
  func `the printed verdict and the status agree`(_ one: Case) throws {
    let runs = try Self.runs.get()
    let run =
      switch one.run {
      case .full: runs.full
      case .little: runs.little
      case .failing: runs.failing
      }
    let result = try Invocation(["report", run] + one.gates)
    #expect(result.status == one.status)
    #expect(
      result.errors.hasPrefix("formatspread: \(one.verdict)"), "\(result.errors)")
    #expect(result.errors.hasSuffix("; exit status \(one.status)\n"))
    // The table, the page, the Markdown and the JSON say the same.
    let ending = "exit status \(one.status)"
    #expect(Self.unwrapped(result.output).contains(ending))
    for name in ["report.html", "report.md"] {
      #expect(try String(contentsOfFile: run + "/" + name, encoding: .utf8).contains(ending))
    }
    #expect(
      try String(contentsOfFile: run + "/report.json", encoding: .utf8)
        .contains("\"exit_status\": \(one.status)"))
  }

  @Test func `a run with gates ends with their status, and asks no more than they need`() throws {
    let out = try TemporaryFolder.make().path
    let command = ["run", "sentiment", "--formats", "6", "--quiet", "--out", out]
    let junit = out + ".xml"
    let summary = out + ".md"
    let failed = try Invocation(
      command + ["--max-spread", "1%", "--junit", junit, "--summary", summary])
    #expect(failed.status == 1)
    #expect(failed.errors.contains("formatspread: 1 of 1 gate failed; exit status 1\n"))
    #expect(try String(contentsOfFile: summary, encoding: .utf8).contains("exit status 1"))
    #expect(try Cases(String(contentsOfFile: junit, encoding: .utf8)).failures == ["max-spread"])
    let lines = try String(contentsOfFile: out + "/journal.jsonl", encoding: .utf8)
      .split(separator: "\n").count
    #expect(lines < 6 * 310)
  }

  // MARK: The fall against a baseline

  @Test func `a fall beyond the limit fails, by the cells that both runs answered`() throws {
    let runs = try Self.runs.get()
    let fall = try Invocation(["report", runs.worse, "--max-drop", "2%", "--baseline", runs.full])
    #expect(fall.status == 1)
    let printed = Self.unwrapped(fall.output)
    #expect(printed.contains("on 900 shared cells"), "\(fall.output)")
    #expect(printed.contains("paired over examples"))
    let same = try Invocation(["report", runs.full, "--max-drop", "0", "--baseline", runs.full])
    #expect(same.status == 0, "\(same.errors)")
    let rise = try Invocation(["report", runs.full, "--max-drop", "1%", "--baseline", runs.worse])
    #expect(rise.status == 0)
  }

  @Test func `a baseline that is a report alone is compared as two samples`() throws {
    let runs = try Self.runs.get()
    let report = try TemporaryFolder.file(
      "baseline.json", String(contentsOfFile: runs.full + "/report.json", encoding: .utf8))
    let fall = try Invocation(["report", runs.worse, "--max-drop", "1%", "--baseline", report])
    #expect(fall.status == 1)
    #expect(Self.unwrapped(fall.output).contains("unpaired"), "\(fall.output)")
    let itself = try Invocation(["report", runs.full, "--max-drop", "1%", "--baseline", report])
    #expect(itself.status == 1, "two samples cannot exclude a fall of a point")
    #expect(itself.errors.contains("undecided"))
  }

  @Test(arguments: [
    (["--max-drop", "2%"], "--max-drop: needs --baseline"),
    (["--baseline", "x"], "--baseline: belongs to --max-drop"),
    (["--max-drop", "2%", "--baseline", "/nowhere"], "--baseline /nowhere: no such file"),
    (["--gate", "point"], "--gate: there is no gate"),
    (["--max-spread", "10%", "--gate", "sure"], "--gate 'sure'"),
    (["--max-spread", "10"], "--max-spread '10': expected a share from 0 to 1"),
    (["--max-spread", "10%", "--annotate", "gitea"], "--annotate 'gitea'"),
  ])
  func `a demand that cannot be judged is one line`(_ words: [String], _ message: String) throws {
    let result = try Invocation(["report", Self.runs.get().full] + words)
    #expect(result.status == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  // MARK: Where people look

  /// What a JUnit file says, read as XML.
  final class Cases: NSObject, XMLParserDelegate {
    private(set) var suites: [[String: String]] = []
    private(set) var names: [String] = []
    private(set) var failures: [String] = []
    private(set) var errors: [String] = []

    init(_ text: String) throws {
      super.init()
      let parser = XMLParser(data: Data(text.utf8))
      parser.delegate = self
      try #require(parser.parse())
    }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String] = [:]
    ) {
      switch name {
      case "testsuite": suites.append(attributes)
      case "testcase": names.append(attributes["name"] ?? "")
      case "failure": failures.append(names.last ?? "")
      case "error": errors.append(names.last ?? "")
      default: break
      }
    }
  }

  @Test func `JUnit has a suite for each task and a case for each gate`() throws {
    let runs = try Self.runs.get()
    let failed = try Invocation([
      "report", runs.full, "--max-spread", "0", "--min-median", "1%", "--max-failures", "0",
      "--junit",
    ])
    #expect(failed.status == 1)
    let cases = try Cases(failed.output)
    #expect(cases.suites.map { $0["name"] } == ["sentiment", "run"])
    #expect(cases.suites.map { $0["tests"] } == ["3", "1"])
    #expect(cases.suites.map { $0["failures"] } == ["1", "0"])
    #expect(cases.names == ["complete", "max-spread", "min-median", "max-failures"])
    #expect(cases.failures == ["max-spread"])
    let broken = try Cases(Invocation(["report", runs.failing, "--junit"]).output)
    #expect(broken.errors == ["complete"])
    let open = try Invocation(["report", runs.little, "--max-spread", "50%", "--junit"]).output
    #expect(open.contains("<failure type=\"undecided\""))
  }

  @Test(arguments: [["--annotate", "github"], ["--annotate", "auto"]])
  func `GitHub is told what failed, in workflow commands`(_ words: [String]) throws {
    let run = try Self.runs.get().full
    let failed = try Invocation(
      ["report", run, "--max-spread", "0"] + words, environment: ["GITHUB_ACTIONS": "true"])
    #expect(failed.status == 1)
    #expect(
      failed.errors.hasPrefix("::error title=formatspread max-spread (sentiment)::failed, the"))
    let passed = try Invocation(
      ["report", run, "--max-spread", "1"] + words, environment: ["GITHUB_ACTIONS": "true"])
    #expect(passed.errors.hasPrefix("::notice title=formatspread::gates passed; exit status 0\n"))
    // On a desk nothing is annotated.
    let elsewhere = try Invocation(["report", run, "--max-spread", "0", "--annotate", "auto"])
    #expect(!elsewhere.errors.contains("::error"))
  }

  @Test func `undecided gates that are let pass are warnings`() throws {
    let run = try Self.runs.get().little
    let words = ["report", run, "--max-spread", "50%", "--annotate", "github"]
    #expect(try Invocation(words).errors.hasPrefix("::error title="))
    #expect(try Invocation(words + ["--undecided", "pass"]).errors.hasPrefix("::warning title="))
  }

  @Test func `GitLab gets a code-quality report, an empty one when all passed`() throws {
    let run = try Self.runs.get().full
    func findings(_ limit: String) throws -> [JSON] {
      _ = try Invocation(
        ["report", run, "--max-spread", limit, "--annotate", "auto"],
        environment: ["GITLAB_CI": "true"])
      let path = run + "/gl-code-quality-report.json"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      guard case .array(let list) = try JSON.parse(Array(text.utf8), file: path) else { return [] }
      return list
    }
    #expect(try findings("1").isEmpty)
    let found = try findings("0")
    #expect(found.count == 1)
    guard case .object(let finding)? = found.first else { return }
    for key in ["description", "check_name", "fingerprint", "severity", "location"] {
      #expect(finding[key] != nil, "\(key)")
    }
    #expect(finding["severity"] == .string("major"))
  }
}
