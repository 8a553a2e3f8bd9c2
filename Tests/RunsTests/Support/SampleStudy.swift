import Basics
import Estimation
import Formats
import Foundation
import Models
import Prompts
import Synchronization
import Tasks

@testable import Runs

/// Small tasks of each kind of answer.
enum SampleTask: String, Sendable, CaseIterable {
  case fixed
  case labels
  case texts
  case free

  /// A task file with `count` examples; `twins` of them ask what the first one asks.
  func json(count: Int = 24, twins: Int = 0) -> String {
    let head =
      #"{"schema": "formatspread.task/1", "name": "\#(rawValue)", "instruction": "Answer.","#
    let examples = (0..<(count + twins)).map { index in example(index < count ? index : 0) }
    return head + body + #" "examples": [\#(examples.joined(separator: ",\n"))]}"#
  }

  private var body: String {
    switch self {
    case .fixed:
      #""structure": {"template": "Question: {question}\nAnswer: {answer}"}, "options": ["yes", "no"],"#
    case .labels:
      #""structure": {"template": "Question: {question}\nOptions:\nA. {c.1}\nB. {c.2}\nAnswer: {answer}"}, "options": "c","#
    case .texts:
      #""structure": {"template": "Question: {question}\nAnswer: {answer}"}, "options": "c","#
    case .free:
      #""structure": {"template": "Question: {question}\nAnswer: {answer}"},"#
    }
  }

  private func example(_ index: Int) -> String {
    switch self {
    case .fixed:
      #"{"question": "Is \#(index) even?", "answer": "\#(index % 2 == 0 ? "yes" : "no")"}"#
    case .labels, .texts:
      #"{"question": "Which is \#(index)?", "c": ["north \#(index)", "south"], "answer": \#(1 + index % 2)}"#
    case .free:
      #"{"question": "Where is \#(index)?", "answer": "north"}"#
    }
  }

  func prepared(count: Int = 24, twins: Int = 0) throws -> PreparedTask {
    let file = "\(rawValue).json"
    let json = try JSON.parse(Array(json(count: count, twins: twins).utf8), file: file)
    return try PreparedTask(
      try EvaluationTask(JSONReader(json, file: file)), grammar: .paper,
      structureFile: { name throws(InputError) in throw InputError("\(name): no such file") })
  }
}

extension Study {
  /// A small study of sample tasks.
  static func sample(
    _ tasks: [SampleTask] = [.fixed], search: SearchKind = .full, budget: Int? = nil,
    scoring: Scoring = .rank(nil), formats: Int = 8, examples: Int = 20, twins: Int = 0,
    seed: UInt64 = 5
  ) -> Study {
    Study(
      tasks: tasks.map {
        TaskReference(
          name: $0.rawValue, path: "\($0.rawValue).json",
          digest: SHA256.hex($0.json(twins: twins)), count: 24 + twins)
      },
      grammar: GrammarReference(name: "paper", path: nil, digest: "0123"), backend: "reference",
      formats: formats, shots: 2, pool: 4, examples: examples, paperZeroShot: false,
      scoring: scoring, search: search, budget: budget, batch: 5, accounting: .everything,
      seed: seed)
  }
}

extension Plan {
  static func sample(_ study: Study, twins: Int = 0) throws -> Plan {
    try Plan(
      study,
      prepared: study.tasks.map { reference in
        guard let task = SampleTask(rawValue: reference.name) else {
          throw InputError("\(reference.name): no such sample")
        }
        return try task.prepared(twins: twins)
      })
  }
}

/// Calls `body` with a fresh path for a run directory inside a folder that is removed afterwards.
@discardableResult
func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
  let folder = FileManager.default.temporaryDirectory.path + "/runs-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try await body(folder)
}

/// The events of a run in their order of arrival.
final class EventLog: Sendable {
  let events = Mutex<[RunEvent]>([])

  func add(_ event: RunEvent) { events.withLock { $0.append(event) } }

  var notices: [String] {
    events.withLock { all in
      all.compactMap { if case .notice(let text) = $0 { text } else { nil } }
    }
  }

  var opened: [Int] {
    events.withLock { all in
      all.compactMap { if case .opened(_, let reused) = $0 { reused } else { nil } }
    }
  }

  /// The cells that the model answered, and those from the journal.
  func cells(reused: Bool) -> [EvaluationRecord] {
    events.withLock { all in
      all.compactMap {
        if case .evaluated(let record, reused) = $0 { record } else { nil }
      }
    }
  }
}

extension Sequence where Element == EvaluationRecord {
  /// The records without what differs between two runs of the same study: the time they took.
  var timeless: Set<EvaluationRecord> {
    Set(
      map { record in
        var record = record
        record.milliseconds = nil
        return record
      })
  }

  /// One line for each cell with its outcome, sorted.
  var outcomes: [String] {
    map { "\($0.task) \($0.format) \($0.example) \($0.isCorrect.map { "\($0)" } ?? "failed")" }
      .sorted()
  }
}

extension EventLog {
  var startedTasks: [String] {
    events.withLock { all in
      all.compactMap { if case .taskStarted(let task) = $0 { task.name } else { nil } }
    }
  }
}
