package import Basics
import Runs
import Statistics

/// An earlier run that a new one is compared with.
///
/// Read from a `report.json` or a run directory. Where the run's journal lies beside its report, answers
/// are compared cell by cell; a report alone has only each format's right answers, which are compared
/// as two samples. Formats are the same where their templates are.
package struct Baseline: Sendable, Hashable {
  package let path: String
  /// Whether the answers themselves are known.
  package let hasAnswers: Bool
  private let tasks: [BaselineTask]

  /// - Parameters:
  ///   - path: A report, or a run directory with one.
  ///   - report: Its report.
  ///   - run: The run that the report is of, where it lies beside; nil where it does not.
  /// - Throws: `InputError` naming file and place.
  package init(
    path: String, report: JSONReader, run: RunReport?
  ) throws(InputError) {
    self.path = path
    let known = try report.members()
    guard let schema = known.first(where: { $0.key == "schema" })?.reader,
      try schema.string() == RunReport.schema
    else {
      throw report.failure("expected a report of formatspread ('\(RunReport.schema)')")
    }
    guard let list = known.first(where: { $0.key == "tasks" })?.reader else {
      throw report.failure("the key 'tasks' is missing")
    }
    hasAnswers = run != nil
    var tasks: [BaselineTask] = []
    for item in try list.items() {
      let task = try BaselineTask(item)
      if let run, let place = run.tasks.firstIndex(where: { $0.name == task.name }) {
        tasks.append(BaselineTask(run.tasks[place], digest: run.study.tasks[place].digest))
      } else {
        tasks.append(task)
      }
    }
    self.tasks = tasks
  }

  /// Whether it has a task of that name.
  package func has(task name: String) -> Bool { tasks.contains { $0.name == name } }

  /// The two runs on what they share; nil when that is nothing.
  func comparison(with task: TaskReport, digest: String) -> BaselineComparison? {
    guard let before = tasks.first(where: { $0.name == task.name }) else { return nil }
    return before.comparison(with: task, digest: digest)
  }
}

/// One task of a baseline.
private struct BaselineTask: Sendable, Hashable {
  struct Format: Sendable, Hashable {
    let right: Int
    let asked: Int
  }

  let name: String
  let digest: String
  private let formats: [String: Format]
  /// Answers by template and position in the task's file; nil when only counts are known.
  private let answers: [String: [UInt8]]?
  private let isAdaptive: Bool

  init(_ reader: JSONReader) throws(InputError) {
    func member(_ key: String, of reader: JSONReader) throws(InputError) -> JSONReader {
      guard let found = try reader.members().first(where: { $0.key == key })?.reader else {
        throw reader.failure("the key '\(key)' is missing")
      }
      return found
    }
    name = try member("name", of: reader).string()
    digest = try member("sha256", of: reader).string()
    var formats: [String: Format] = [:]
    for item in try member("formats", of: reader).items() {
      formats[try member("template", of: item).string()] = Format(
        right: try member("right", of: item).int(in: 0...Int.max),
        asked: try member("asked", of: item).int(in: 0...Int.max))
    }
    self.formats = formats
    answers = nil
    isAdaptive = false
  }

  init(_ task: TaskReport, digest: String) {
    name = task.name
    self.digest = digest
    var formats: [String: Format] = [:]
    var answers: [String: [UInt8]] = [:]
    let size = (task.exampleNumbers.max() ?? -1) + 1
    for result in task.formats {
      var row = [UInt8](repeating: ResponseMatrix.missing, count: size)
      for (value, number) in zip(task.answers.row(result.index), task.exampleNumbers) {
        row[number] = value
      }
      formats[result.format.template] = Format(right: result.right, asked: result.asked)
      answers[result.format.template] = row
    }
    self.formats = formats
    self.answers = answers
    isAdaptive = task.isAdaptive
  }

  func comparison(with task: TaskReport, digest: String) -> BaselineComparison? {
    let shared = task.formats.filter { formats[$0.format.template] != nil }
    if let answers, digest == self.digest {
      let now = ResponseMatrix(rows: shared.map { Array(task.answers.row($0.index)) })
      let before = ResponseMatrix(
        rows: shared.map { result in
          let row = answers[result.format.template] ?? []
          return task.exampleNumbers.map { $0 < row.count ? row[$0] : ResponseMatrix.missing }
        })
      guard !shared.isEmpty, let drop = PairedDrop(before: before, after: now) else { return nil }
      return .paired(drop, isChosen: isAdaptive || task.isAdaptive)
    }
    var counts = (before: 0, beforeAsked: 0, after: 0, afterAsked: 0)
    var sizes = (before: 0, after: 0)
    for result in shared {
      guard let old = formats[result.format.template], old.asked > 0, result.asked > 0 else {
        continue
      }
      counts.before += old.right
      counts.beforeAsked += old.asked
      counts.after += result.right
      counts.afterAsked += result.asked
      sizes.before = max(sizes.before, old.asked)
      sizes.after = max(sizes.after, result.asked)
    }
    guard counts.beforeAsked > 0, counts.afterAsked > 0 else { return nil }
    return .unpaired(
      before: Double(counts.before) / Double(counts.beforeAsked),
      after: Double(counts.after) / Double(counts.afterAsked), sizes: [sizes.before, sizes.after],
      formats: shared.count, isSameTask: digest == self.digest)
  }
}

/// Two runs on what they share.
enum BaselineComparison: Sendable, Hashable {
  /// Cell by cell; `isChosen` when the answers of a run decided what it was asked.
  case paired(PairedDrop, isChosen: Bool)
  case unpaired(
    before: Double, after: Double, sizes: [Int], formats: Int, isSameTask: Bool)

  var before: Double {
    switch self {
    case .paired(let drop, _): drop.before
    case .unpaired(let before, _, _, _, _): before
    }
  }

  var after: Double {
    switch self {
    case .paired(let drop, _): drop.after
    case .unpaired(_, let after, _, _, _): after
    }
  }

  var drop: Double { before - after }

  var basis: String {
    switch self {
    case .paired(let drop, let isChosen):
      "\(counted(drop.cells, "shared cell"))" + (isChosen ? " that a search chose" : "")
    case .unpaired(_, _, _, let formats, let isSameTask):
      "\(counted(formats, "shared format"))"
        + (isSameTask ? "" : ", with another version of the task's file")
    }
  }

  /// What the interval rests on.
  var test: String {
    switch self {
    case .paired: "paired over examples"
    case .unpaired: "unpaired, as the baseline's answers are not beside its report"
    }
  }

  /// An interval for the drop on the population of examples; nil where there is no honest one.
  func interval(_ confidence: Double) -> Interval? {
    switch self {
    case .paired(let drop, let isChosen):
      return isChosen ? nil : drop.interval(confidence: confidence)
    case .unpaired(let before, let after, let sizes, _, _):
      guard sizes.allSatisfy({ $0 >= PairedDrop.fewest }) else { return nil }
      // Formats may agree on every example, so that the examples alone count as sample size; and Wilson's
      // centres keep a share of 0 or 1 from claiming that it is exact.
      let z = SpecialFunctions.normalQuantile(0.5 + confidence / 2)
      let variance = zip([before, after], sizes).reduce(0.0) { sum, part in
        let n = Double(part.1)
        let rate = (part.0 * n + z * z / 2) / (n + z * z)
        return sum + rate * (1 - rate) / n
      }
      let half = z * variance.squareRoot()
      return Interval(max(-1, drop - half), min(1, drop + half))
    }
  }
}
