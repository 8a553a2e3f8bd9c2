import Basics
import Estimation
import Foundation
import Prompts
import Testing

@testable import Plots
@testable import Reports
@testable import Runs

struct ExportTests {
  private func run() throws -> SampleRun {
    var run = SampleRun(["sums"], formats: 3, examples: 4)
    try run.add(
      "sums", ["1110", "10x0", "----"], templates: ["Q: {}\nA: {}", "say \"hi\", {}", "= {}"])
    return run
  }

  @Test func `one row for each format, read back as it was`() throws {
    let table = try CSV(Array(try run().dossier().csv(.formats).utf8), file: "t.csv")
    #expect(table.rows.count == 4)
    #expect(table.rows[0].cells[3] == "accuracy")
    #expect(table.rows[1].cells[3] == "0.750000")
    #expect(table.rows[1].cells.last == "Q: {}\nA: {}")
    #expect(table.rows[2].cells.last == "say \"hi\", {}")
    // No answers: no accuracy and no interval.
    #expect(Array(table.rows[3].cells[3...6]) == ["", "", "", ""])
    #expect(table.rows[1].cells[4] == "wilson")
  }

  @Test func `one row for each atom and each evaluation`() throws {
    let dossier = try run().dossier()
    let atoms = try CSV(Array(dossier.csv(.atoms).utf8), file: "t.csv")
    #expect(atoms.rows.count == 1 + 3)
    #expect(atoms.rows[1].cells[3...4] == ["separator", ":"])
    let cells = try CSV(Array(dossier.csv(.evaluations).utf8), file: "t.csv")
    #expect(cells.rows.count == 1 + 8)
    #expect(cells.rows.dropFirst().map { $0.cells[4] } == ["1", "1", "1", "0", "1", "0", "", "0"])
    #expect(cells.rows[7].cells.last == "timed out")
  }

  @Test func `a table for a paper, with special signs written out`() throws {
    var run = try run()
    run.study.tasks[0].name = "50%_{a}&b\\c"
    run.journal.records = run.journal.records.map { record in
      var record = record
      record.task = "50%_{a}&b\\c"
      return record
    }
    run.formats["50%_{a}&b\\c"] = run.formats["sums"]
    let latex = try run.report().latex
    #expect(latex.contains("50\\%\\_\\{a\\}\\&b\\textbackslash{}c & 2 & 33.3"))
    #expect(latex.contains("\\toprule"))
    #expect(latex.split(separator: "\n").last == "\\end{table}")
  }

  @Test func `a model card states the range`() throws {
    let card = try run().report().modelCard
    #expect(card.hasPrefix("---\nmodel-index:\n- name: \"tiny\"\n  results:\n"))
    #expect(
      card.contains("value: 33.3\n      name: \"Accuracy under the worst of 2 prompt formats, %\""))
    #expect(
      card.contains("value: 75.0\n      name: \"Accuracy under the best of 2 prompt formats, %\""))
    #expect(card.contains("\n---\n\n## "))
  }

  @Test func `samples are JSON lines with what viewers look for`() throws {
    var run = try run()
    run.journal.records[0].scores = [
      .init(logProbability: -0.5, tokens: 1, bytes: 3),
      .init(logProbability: -2.25, tokens: 1, bytes: 2),
    ]
    run.journal.records[0].choice = 0
    run.journal.records[0].prediction = "yes"
    var text = ""
    let known = SampleText(
      prompt: "Q: x\nA:", options: [" yes", " no"], answer: 0, target: " yes",
      document: .members(["q": .string("x")]))
    try run.dossier().samples(text: { _, _, _ in known }, write: { text += $0 })
    let lines = text.split(separator: "\n")
    // Failed cells are no samples.
    #expect(lines.count == 7)
    let first = JSONReader(try JSON.parse(Array(lines[0].utf8), file: "s"), file: "s")
    guard case .object(let object) = first.value else { return #expect(Bool(false)) }
    #expect(object["target"] == .string("0"))
    #expect(object["acc"] == .number(1))
    #expect(
      object["filtered_resps"]
        == .array([.strings(["-0.5", "True"]), .strings(["-2.25", "False"])]))
    guard case .object(let arguments)? = object["arguments"] else { return #expect(Bool(false)) }
    #expect(
      arguments["gen_args_1"]
        == .members(["arg_0": .string("Q: x\nA:"), "arg_1": .string(" no")]))
  }

  @Test func `samples of one format, without the task's file`() throws {
    var text = ""
    try run().dossier().samples(format: 1, text: { _, _, _ in nil }, write: { text += $0 })
    let lines = text.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.contains(#""arguments":{}"#) && $0.contains(#""format":1"#) })
  }

  @Test func `every plot is a file`() throws {
    var run = SampleRun(["sums"], formats: 4, examples: 4)
    try run.add("sums", ["1110", "1000", "1111", "0000"])
    let dossier = try run.dossier()
    let plots = TaskPlots(task: dossier.report.tasks[0], details: dossier.details[0])
    for name in ["range", "distribution", "heatmap"] {
      let file = try #require(plots.file(name), "\(name)")
      #expect(file.hasPrefix("<svg xmlns="))
    }
    // One value only, and no scores.
    #expect(plots.file("attribution") == nil)
    #expect(plots.file("reliability") == nil)
    #expect(plots.file("other") == nil)
  }
}

/// A small part of JSON Schema: what the published schema uses.
struct SchemaCheck {
  let root: JSONObject

  init() throws {
    let reader = JSONReader(
      try JSON.parse(Array(ReportSchema.text.utf8), file: "schema"), file: "schema")
    guard case .object(let object) = reader.value else { throw InputError("no object") }
    root = object
  }

  func problems(_ value: JSON) -> [String] { problems(value, root, "$") }

  private func problems(_ value: JSON, _ schema: JSONObject, _ place: String) -> [String] {
    var found: [String] = []
    for (key, rule) in schema.members {
      switch (key, rule) {
      case ("$ref", .string(let path)): found += problems(value, resolved(path), place)
      case ("const", _): if value != rule { found.append("\(place): not \(rule.compact)") }
      case ("enum", .array(let values)):
        if !values.contains(value) { found.append("\(place): not among \(rule.compact)") }
      case ("type", .string(let name)):
        if !Self.isKind(value, name) { found.append("\(place): no \(name)") }
      case ("type", .array(let names)):
        if !names.contains(where: {
          if case .string(let n) = $0 { Self.isKind(value, n) } else { false }
        }) {
          found.append("\(place): none of \(rule.compact)")
        }
      case ("minimum", _), ("maximum", _):
        if let number = Self.number(value), let limit = Self.number(rule),
          key == "minimum" ? number < limit : number > limit
        {
          found.append("\(place): beyond \(key)")
        }
      case ("minItems", _), ("maxItems", _):
        if case .array(let items) = value, let limit = Self.number(rule),
          key == "minItems" ? Double(items.count) < limit : Double(items.count) > limit
        {
          found.append("\(place): beyond \(key)")
        }
      case ("required", .array(let names)):
        guard case .object(let object) = value else { continue }
        for case .string(let name) in names where object[name] == nil {
          found.append("\(place): lacks \(name)")
        }
      case ("properties", .object(let rules)):
        guard case .object(let object) = value else { continue }
        for (name, inner) in object.members {
          if case .object(let rule)? = rules[name] {
            found += problems(inner, rule, place + "." + name)
          }
        }
      case ("patternProperties", .object(let rules)):
        guard case .object(let object) = value else { continue }
        for case (let start, .object(let rule)) in rules.members {
          for (name, inner) in object.members where ("^" + name).hasPrefix(start) {
            found += problems(inner, rule, place + "." + name)
          }
        }
      case ("additionalProperties", .object(let rule)):
        guard case .object(let object) = value else { continue }
        for (name, inner) in object.members { found += problems(inner, rule, place + "." + name) }
      case ("items", .object(let rule)):
        guard case .array(let items) = value else { continue }
        for (index, item) in items.enumerated() {
          found += problems(item, rule, "\(place)[\(index)]")
        }
      case ("anyOf", .array(let rules)):
        let isOne = rules.contains {
          if case .object(let rule) = $0 { problems(value, rule, place).isEmpty } else { false }
        }
        if !isOne { found.append("\(place): fits none") }
      case ("description", _), ("title", _), ("$schema", _), ("$id", _), ("$defs", _):
        break
      default: found.append("schema: \(key) is not known here")
      }
    }
    return found
  }

  private func resolved(_ path: String) -> JSONObject {
    guard case .object(let definitions)? = root["$defs"],
      case .object(let found)? = definitions[path.replacing("#/$defs/", with: "")]
    else { return JSONObject(["const": .string("no such definition: \(path)")]) }
    return found
  }

  private static func number(_ value: JSON) -> Double? {
    switch value {
    case .integer(let number): Double(number)
    case .number(let number): number
    case .digits(let digits): Double(digits)
    default: nil
    }
  }

  private static func isKind(_ value: JSON, _ name: String) -> Bool {
    switch (value, name) {
    case (.null, "null"), (.bool, "boolean"), (.string, "string"), (.array, "array"),
      (.object, "object"), (.integer, "integer"), (.digits, "integer"), (.integer, "number"),
      (.digits, "number"), (.number, "number"):
      true
    default: false
    }
  }
}

struct SchemaTests {
  @Test func `reports of all kinds keep to the published schema`() throws {
    let check = try SchemaCheck()
    var empty = try SampleRun(["11", "00"])
    empty.journal.records = []
    let adaptive = try SampleRun(["1100", "0011", "1111"], search: .uniform, budget: 6)
    for run in [
      try SampleRun(["1100", "1110", "1000", "11x1"]), try SampleRun(["11"]), empty, adaptive,
      try HTMLTests.sample(), try HTMLTests.hostile(), try SequenceReportTests.distant(),
    ] {
      #expect(try check.problems(run.report().json) == [])
    }
  }

  @Test(arguments: ["schema", "tasks", "finished", "study"])
  func `a report that lacks a key is refused`(_ key: String) throws {
    let check = try SchemaCheck()
    guard case .object(var object) = try SampleRun(["11", "00"]).report().json else { return }
    object[key] = nil
    #expect(check.problems(.object(object)) == ["$: lacks \(key)"])
  }

  @Test func `a figure beyond its range is refused`() throws {
    let check = try SchemaCheck()
    let text = try SampleRun(["11", "00"]).report().json.compact
      .replacing(#""spread":1.0"#, with: #""spread":1.5"#)
    let value = try JSON.parse(Array(text.utf8), file: "r")
    #expect(!check.problems(value).isEmpty)
  }
}
