import Basics
import Estimation
import Prompts

@testable import Reports
@testable import Runs

/// A small run made by hand: formats with their templates, and an outcome for each cell.
struct SampleRun {
  var study: Study
  var formats: [String: [FormatLine]] = [:]
  var journal = Journal.Contents()

  /// A study of tasks with one pool example each and `examples` evaluated ones.
  init(
    _ tasks: [String], formats: Int, examples: Int, search: SearchKind = .full, budget: Int? = nil,
    batch: Int = 20, scoring: Scoring = .rank(nil)
  ) {
    study = Study(
      tasks: tasks.map {
        Study.TaskReference(
          name: $0, path: "tasks/\($0).json", digest: SHA256.hex($0), count: examples + 1)
      },
      grammar: Study.GrammarReference(name: "paper", path: nil, digest: "g"),
      backend: "reference", formats: formats, shots: 0, pool: 1, examples: examples,
      paperZeroShot: false, scoring: scoring, search: search, budget: budget, batch: batch,
      accounting: .everything, seed: 5)
    journal.model = "tiny"
  }

  /// A run of one task, `sums`, whose rows are written `1011`: right 1, wrong 0, failed x, missing -.
  init(_ rows: [String], search: SearchKind = .full, budget: Int? = nil, batch: Int = 20) throws {
    self.init(
      ["sums"], formats: rows.count, examples: rows[0].count, search: search, budget: budget,
      batch: batch)
    try add("sums", rows)
  }

  /// Formats and outcomes of one task.
  mutating func add(_ task: String, _ rows: [String], templates: [String]? = nil) throws {
    let order = try evaluated(task)
    formats[task] = rows.indices.map { index in
      Self.format(
        task, index,
        templates?[index] ?? "Question\(String(repeating: ":", count: index)) {}\nAnswer {}")
    }
    for (format, row) in rows.enumerated() {
      for (position, sign) in row.enumerated() where sign != "-" {
        var record = EvaluationRecord(task: task, format: format, example: order[position])
        record.milliseconds = Double(format * 31 + position)
        switch sign {
        case "x": record.error = "timed out"
        default:
          record.isCorrect = sign == "1"
          record.method = "echo"
        }
        journal.records.append(record)
      }
    }
  }

  /// The task's evaluated examples in search order.
  func evaluated(_ task: String) throws -> [Int] {
    let count = study.tasks.first { $0.name == task }?.count ?? 0
    return try Split(
      count: count, pool: study.pool, shots: study.shots, limit: study.examples, seed: study.seed
    ).evaluated
  }

  static func format(_ task: String, _ index: Int, _ template: String) -> FormatLine {
    FormatLine(
      task: task, index: index, template: template,
      atoms: [FormatLine.Atom(attribute: "separator", value: ":")], isPlausible: true)
  }

  func report() throws -> RunReport {
    try RunReport(study: study, formats: formats, journal: journal, version: "0.0.1")
  }

  func task() throws -> TaskReport { try report().tasks[0] }
}
