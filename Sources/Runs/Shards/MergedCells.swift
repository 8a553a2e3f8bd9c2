import Basics
import Prompts

/// What the sources of a merge answered, nine bytes for each cell of the study.
struct MergedCells {
  /// What a record adds.
  enum News {
    case new
    /// A failure, which an answer of another source outweighs.
    case failed
    /// The same answer as before.
    case known
    /// Another answer than before, in one line.
    case contradicts(String)
  }

  private struct Known {
    let name: String
    let formats: Int
    let evaluated: Int
    /// The place of each example of the task's file in the order of evaluation; -1 for the others.
    let positions: [Int32]
    /// 0 unknown, 1 wrong, 2 right.
    var outcomes: [UInt8]
    var answers: [UInt32]
    /// Which source answered first, for messages.
    var sources: [UInt32]
  }

  private let paths: [String]
  private var tasks: [Known] = []
  private var current = 0
  private(set) var answered = 0

  /// - Throws: `InputError` when the study's split is impossible.
  init(_ study: Study, formats: [String: Int], sources: [String]) throws(InputError) {
    paths = sources
    for task in study.tasks {
      let split = try Split(
        count: task.count, pool: study.pool, shots: study.shots, limit: study.examples,
        seed: study.seed)
      var positions = [Int32](repeating: -1, count: task.count)
      for (position, example) in split.evaluated.enumerated() {
        positions[example] = Int32(position)
      }
      let cells = (formats[task.name] ?? 0) * split.evaluated.count
      tasks.append(
        Known(
          name: task.name, formats: formats[task.name] ?? 0, evaluated: split.evaluated.count,
          positions: positions, outcomes: Array(repeating: 0, count: cells),
          answers: Array(repeating: 0, count: cells), sources: Array(repeating: 0, count: cells)))
    }
  }

  /// Notes a record.
  ///
  /// - Throws: `InputError` for a record of a cell that the study does not have.
  mutating func learn(_ line: Journal.Line, from source: Int) throws(InputError) -> News {
    let record = try line.record()
    if tasks[current].name != record.task {
      guard let found = tasks.firstIndex(where: { $0.name == record.task }) else {
        throw foreign(record, line)
      }
      current = found
    }
    guard record.format < tasks[current].formats, record.example < tasks[current].positions.count,
      case let position = Int(tasks[current].positions[record.example]), position >= 0
    else { throw foreign(record, line) }
    guard record.isAnswered else { return .failed }
    let cell = record.format * tasks[current].evaluated + position
    let outcome: UInt8 = record.isCorrect.map { $0 ? 2 : 1 } ?? 3
    let answer = Array((record.prediction ?? "\u{0}").utf8).withUnsafeBytes(CRC32C.checksum)
    if tasks[current].outcomes[cell] == 0 {
      tasks[current].outcomes[cell] = outcome
      tasks[current].answers[cell] = answer
      tasks[current].sources[cell] = UInt32(source)
      answered += 1
      return .new
    }
    if tasks[current].outcomes[cell] == outcome, tasks[current].answers[cell] == answer {
      return .known
    }
    let other = paths[Int(tasks[current].sources[cell])]
    let words = ["", "wrong", "right", "answered"]
    let before = words[Int(tasks[current].outcomes[cell])]
    return .contradicts(
      "\(record.task), format \(record.format), example \(record.example): \(before) in \(other), "
        + "\(words[Int(outcome)]) with \(quoted(record.prediction ?? "")) in "
        + paths[source])
  }

  private func foreign(_ record: EvaluationRecord, _ line: Journal.Line) -> InputError {
    InputError(
      "\(line.place): the study has no format \(record.format) on example \(record.example) of "
        + "the task \(quoted(record.task))")
  }
}
