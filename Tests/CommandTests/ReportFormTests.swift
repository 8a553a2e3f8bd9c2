import Basics
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Every form in which a finished run can be printed.
@Suite(.serialized) struct ReportFormTests {
  /// A run of one task and one of two, made once.
  struct Runs {
    let one: String
    let two: String
    /// What the first run printed.
    let table: String
  }

  static let runs = Result {
    let folder = try TemporaryFolder.make()
    let one = folder.appendingPathComponent("one").path
    let two = folder.appendingPathComponent("two").path
    let first = try Invocation([
      "run", "sentiment", "--formats", "8", "--examples", "40", "--quiet", "--out", one,
    ])
    let second = try Invocation([
      "run", "plural", "topic", "--formats", "4", "--examples", "20", "--quiet", "--out", two,
    ])
    try #require(first.status == 0 && second.status == 0, "\(first.errors)\(second.errors)")
    return Runs(one: one, two: two, table: first.output)
  }

  private func runs() throws -> Runs { try Self.runs.get() }

  private func file(_ run: String, _ name: String) throws -> String {
    try String(contentsOfFile: run + "/" + name, encoding: .utf8)
  }

  /// What a form prints, nothing on standard error.
  private func printed(_ words: [String]) throws -> String {
    let result = try Invocation(["report"] + words)
    #expect(result.status == 0)
    #expect(result.errors == "")
    return result.output
  }

  private func isXML(_ text: String) -> Bool { XMLParser(data: Data(text.utf8)).parse() }

  @Test func `without a form the table comes again, and the files are the same`() throws {
    let run = try runs()
    let names = ["report.html", "report.json", "report.md"]
    let before = try names.map { try file(run.one, $0) }
    #expect(try printed([run.one]) == run.table)
    #expect(try names.map { try file(run.one, $0) } == before)
  }

  @Test(arguments: [
    ("--html", "report.html"), ("--markdown", "report.md"), ("--json", "report.json"),
  ])
  func `a form prints what its file holds`(_ form: String, _ name: String) throws {
    let run = try runs().two
    #expect(try printed([run, form]) == file(run, name))
  }

  @Test func `the page shows one example under the worst and the best format`() throws {
    let page = try file(runs().one, "report.html")
    #expect(isXML(page))
    #expect(page.contains("One example as the model saw it"))
    #expect(page.contains("Worst: wrong, answered"))
    #expect(page.contains("Best: right, answered"))
    // The instruction is in both prompts.
    #expect(page.components(separatedBy: "decide whether its writer is satisfied").count == 3)
  }

  @Test func `a run whose task has changed has a page without the example's text`() throws {
    let folder = try TemporaryFolder.make()
    let task = folder.appendingPathComponent("small.json").path
    try WrongInputTests.task.write(toFile: task, atomically: true, encoding: .utf8)
    let out = folder.appendingPathComponent("run").path
    let run = try Invocation([
      "run", task, "--formats", "12", "--pool", "1", "--quiet", "--out", out,
    ])
    #expect(run.status == 0, "\(run.errors)")
    let before = try file(out, "report.html")
    _ = try printed([out])
    #expect(try file(out, "report.html") == before)
    try (WrongInputTests.task + "\n").write(toFile: task, atomically: true, encoding: .utf8)
    let page = try printed([out, "--html"])
    #expect(!page.contains("One example as the model saw it"))
    let samples = try Invocation(["report", out, "--samples"])
    #expect(samples.status == 0)
    #expect(samples.errors.contains("has changed since the run"))
  }

  @Test(arguments: [
    ("formats", 8, "accuracy"), ("atoms", 8 * 3, "attribute"), ("evaluations", 8 * 40, "correct"),
  ])
  func `long tables have a row for each thing`(_ rows: String, _ count: Int, _ column: String)
    throws
  {
    let text = try printed([runs().one, "--csv", "--rows", rows])
    let table = try CSV(Array(text.utf8), file: rows)
    #expect(table.rows.count == count + 1)
    #expect(table.rows[0].cells.contains(column))
    #expect(table.rows.allSatisfy { $0.cells.count == table.rows[0].cells.count })
    if rows == "formats" { #expect(try printed([runs().one, "--csv"]) == text) }
  }

  @Test func `a LaTeX table and a model card state the range`() throws {
    let run = try runs().one
    let latex = try printed([run, "--latex"])
    for part in ["\\begin{table}", "\\toprule", "sentiment &", "\\bottomrule", "\\end{table}"] {
      #expect(latex.contains(part))
    }
    let card = try printed([run, "--model-card"])
    #expect(card.hasPrefix("---\nmodel-index:\n- name: \"reference\"\n"))
    #expect(card.contains("Accuracy under the worst of 8 prompt formats, %"))
  }

  @Test func `samples are JSON lines with prompts, of one format if asked`() throws {
    let run = try runs().one
    let all = try printed([run, "--samples"]).split(separator: "\n")
    #expect(all.count == 8 * 40)
    let one = try printed([run, "--samples", "--format", "3"]).split(separator: "\n")
    #expect(one.count == 40)
    #expect(one.allSatisfy { all.contains($0) })
    for line in one.prefix(3) {
      guard case .object(let sample) = try JSON.parse(Array(line.utf8), file: "s") else {
        return #expect(Bool(false), "no object")
      }
      for key in ["doc_id", "doc", "target", "arguments", "resps", "filtered_resps", "acc"] {
        #expect(sample[key] != nil, "\(key)")
      }
      #expect(line.contains("decide whether its writer is satisfied"))
    }
  }

  @Test(arguments: ["range", "distribution", "attribution", "heatmap", "reliability"])
  func `each plot is a picture of its own`(_ name: String) throws {
    let svg = try printed([runs().one, "--svg", name])
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
    #expect(isXML(svg))
    #expect(try printed([runs().two, "--svg", name, "--task", "topic"]).hasPrefix("<svg"))
  }

  @Test func `all plots are written at once, with the task's number where there are several`()
    throws
  {
    let run = try runs().two
    let paths = try printed([run, "--svg", "all"]).split(separator: "\n").map(String.init)
    #expect(paths.contains("\(run)/plots/1-range.svg"))
    #expect(paths.contains("\(run)/plots/2-heatmap.svg"))
    for path in paths { #expect(isXML(try String(contentsOfFile: path, encoding: .utf8))) }
  }

  @Test func `a plain table has no plot, and no form has colours in a file`() throws {
    let run = try runs()
    let plain = try printed([run.one, "--plain"])
    #expect(run.table.contains("Noise only  "))
    #expect(run.table.contains("\nRange  "))
    #expect(!plain.contains("\nRange  "))
    #expect(plain.contains("lowest"))
    #expect(!run.table.contains("\u{1B}"))
  }

  @Test func `a summary is appended, not replaced`() throws {
    let run = try runs().one
    let path = try TemporaryFolder.file("summary.md", "before\n")
    for _ in 0..<2 { _ = try printed([run, "--summary", path]) }
    // A summary is the report alone, without the sections on why the accuracy moves.
    let whole = try file(run, "report.md").components(separatedBy: "\n## Sensitivity")
    #expect(whole.count == 2)
    let markdown = whole[0]
    #expect(
      try String(contentsOfFile: path, encoding: .utf8)
        == "before\n" + markdown + "\n" + markdown + "\n")
    let wrong = try Invocation(["report", run, "--summary", "/nowhere/summary.md"])
    #expect(wrong.status == 2)
    #expect(
      wrong.errors.hasPrefix("formatspread: --summary /nowhere/summary.md: cannot be written"))
  }

  @Test(.enabled(if: !FileManager.default.fileExists(atPath: "/usr/bin/xdg-open")))
  func `without a browser the page's path is told`() throws {
    let run = try runs().one
    let result = try Invocation(["report", run, "--open"])
    #expect(result.status == 0)
    #expect(result.errors.hasSuffix("; open \(run)/report.html in a browser\n"))
  }

  @Test(arguments: [
    (["--html", "--json"], "--json: one form at a time, and --html was asked for"),
    (["--rows", "atoms"], "--rows: belongs to --csv"),
    (["--svg", "rnge"], "--svg 'rnge': unknown (did you mean 'range'?)"),
    (["--svg", "range"], "the run has several tasks; choose with --task: plural, topic"),
    (["--svg", "range", "--task", "topc"], "the run has no such task (did you mean 'topic'?)"),
    (["--csv", "--rows", "cells"], "--rows 'cells'"),
  ])
  func `a form that cannot be is one line`(_ words: [String], _ message: String) throws {
    let result = try Invocation(["report", runs().two] + words)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  @Test func `a task of hostile texts harms no form`() throws {
    let texts = [
      "<script>alert(1)</script>", "]]>", "\\u202e\\u2066rtl\\u2069", "nul\\u0000byte",
      String(repeating: "w", count: 10_000), "</style></title><!-- & 'x'", "a\\u2028b",
    ]
    let examples = (texts + texts).enumerated().map { place, text in
      #"{"t": "\#(text)", "answer": \#(place % 2 + 1)}"#
    }
    let task = try TemporaryFolder.file(
      "hostile.json",
      #"""
      {"schema": "formatspread.task/1", "name": "hostile", "instruction": "<b>]]>\u0000",
       "structure": {"template": "T: {t}\nO: {answer}"}, "options": ["yes</script>", "no]]>"],
       "examples": [\#(examples.joined(separator: ",\n"))]}
      """#)
    let out = try TemporaryFolder.make().path + "/run"
    let run = try Invocation([
      "run", task, "--formats", "6", "--pool", "3", "--quiet", "--out", out,
    ])
    #expect(run.status == 0, "\(run.errors)")
    let page = try file(out, "report.html")
    #expect(isXML(page))
    #expect(page.components(separatedBy: "<script").count == 2, "its own script alone")
    let steering: (Unicode.Scalar) -> Bool = {
      $0 != "\n" && ($0.value < 32 || "\u{202E}\u{2066}\u{2028}".unicodeScalars.contains($0))
    }
    for text in [page, run.output, try file(out, "report.md")] {
      #expect(!text.unicodeScalars.contains(where: steering))
    }
    #expect(isXML(try printed([out, "--junit"])))
    for path in try printed([out, "--svg", "all"]).split(separator: "\n").map(String.init) {
      #expect(isXML(try String(contentsOfFile: path, encoding: .utf8)))
    }
    let cells = try printed([out, "--csv", "--rows", "evaluations"])
    #expect(try CSV(Array(cells.utf8), file: "cells").rows.count == 6 * 11 + 1)
    for line in try printed([out, "--samples"]).split(separator: "\n") {
      _ = try JSON.parse(Array(line.utf8), file: "sample")
    }
    // Half of a surrogate pair is no text.
    let half = try TemporaryFolder.file(
      "half.json",
      String(contentsOfFile: task, encoding: .utf8).replacing("]]>\"", with: "\\ud800\""))
    let refused = try Invocation(["run", half, "--out", out + "2"])
    #expect(refused.status == 2)
    #expect(refused.errors.contains("not valid JSON: half of a surrogate pair"))
  }

  @Test func `several runs make one page, and no other form`() throws {
    let runs = try runs()
    let page = try printed([runs.one, runs.two, "--html"])
    #expect(isXML(page))
    for name in ["sentiment", "plural", "topic"] { #expect(page.contains(" · \(name)</a>")) }
    let wrong = try Invocation(["report", runs.one, runs.two, "--json"])
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("report: several runs make one page with --html, and no --json"))
  }

  @Test func `a report has what the printed schema requires and nothing that it does not name`()
    throws
  {
    func object(_ text: String) throws -> JSONObject {
      guard case .object(let object) = try JSON.parse(Array(text.utf8), file: "t") else {
        throw InputError("no object")
      }
      return object
    }
    let schema = try object(Invocation(["schema"]).output)
    #expect(schema["$schema"] == .string("https://json-schema.org/draft/2020-12/schema"))
    guard case .object(let known)? = schema["properties"],
      case .array(let required)? = schema["required"]
    else { return #expect(Bool(false), "no properties") }
    for run in [try runs().one, try runs().two] {
      let keys = try object(file(run, "report.json")).members.map(\.key)
      for key in keys { #expect(known[key] != nil, "\(key)") }
      for key in required {
        guard case .string(let name) = key else { return #expect(Bool(false)) }
        #expect(keys.contains(name))
      }
    }
  }

  /// Whether python has the reference validator.
  private static let hasValidator: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", "import jsonschema"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  @Test(.enabled(if: hasValidator))
  func `another program's validator accepts reports`() throws {
    let schema = try TemporaryFolder.file("schema.json", Invocation(["schema"]).output)
    let program = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft202012Validator.check_schema(schema)
      for path in sys.argv[2:]:
          jsonschema.Draft202012Validator(schema).validate(json.load(open(path)))
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c", program, schema, try runs().one + "/report.json",
      try runs().two + "/report.json",
    ]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
