package import Basics
package import Runs

/// What a run found, computed only from what its directory stores.
///
/// A report is a value: the same study, formats and answers give an equal report, in whatever order
/// the answers were written and however fast. The files and tables of a run are drawn from it.
package struct RunReport: Sendable, Hashable {
  package let study: Study
  /// The model that answered, by its own name; nil before the first answer.
  package let model: String?
  /// How the answers were obtained; nil before the first answer.
  package let method: String?
  /// The version of the tool that made the report.
  package let version: String
  /// In the order of the study.
  package let tasks: [TaskReport]
  /// How the demands on the run came out; nil without any.
  package var gates: GateReport?

  /// Reads a run directory, finished or not; nothing in it is changed.
  ///
  /// - Parameters:
  ///   - directory: A run; its last journal line may be torn.
  ///   - version: Of the tool.
  /// - Throws: `InputError` naming file and place when something stored is missing or damaged.
  package init(directory: RunDirectory, version: String) throws(InputError) {
    self = try Self.indexed(directory, version: version).report
  }

  /// The report of a run directory, and where the records of each task stand in its journal.
  ///
  /// - Parameters:
  ///   - directory: A run, which stays as it is.
  ///   - version: Of the tool.
  ///   - confidence: Of the intervals, instead of the study's.
  ///   - estimates: Whether the distribution of accuracy is estimated though the study does not ask.
  /// - Returns: Both.
  /// - Throws: `InputError` naming file and place when something stored is missing or damaged.
  static func indexed(
    _ directory: RunDirectory, version: String, confidence: Double? = nil, estimates: Bool = false
  ) throws(InputError) -> (report: RunReport, records: StoredRecords.Index) {
    var study = try directory.study()
    // What a report asks for beyond the study leaves its name as it is.
    let digest = study.digest
    study.inference.reportedConfidence = confidence
    if estimates { study.inference.estimatesDistribution = true }
    // Records are taken one at a time: a million of them would fill the memory.
    var evidence = try Evidence(study, formats: try directory.formats())
    let index = try StoredRecords.index(directory.journal, digest: digest) {
      record throws(InputError) in
      try evidence.add(record)
    }
    let report = try RunReport(
      study: study, evidence: evidence, model: index.contents.model, version: version)
    return (report, index)
  }

  /// - Parameters:
  ///   - study: What was to be done.
  ///   - formats: The formats of each task by its name, in order.
  ///   - journal: All answers, in any order.
  ///   - version: Of the tool.
  /// - Throws: `InputError` when formats or records do not belong to the study, or when answers were
  ///   obtained by different methods.
  package init(
    study: Study, formats: [String: [FormatLine]], journal: Journal.Contents, version: String
  ) throws(InputError) {
    var evidence = try Evidence(study, formats: formats)
    for record in journal.records { try evidence.add(record) }
    try self.init(study: study, evidence: evidence, model: journal.model, version: version)
  }

  private init(
    study: Study, evidence: consuming Evidence, model: String?, version: String
  ) throws(InputError) {
    self.study = study
    self.version = version
    self.model = model
    method = try evidence.method()
    tasks = try evidence.reports()
    judge(by: GateSettings(study.inference))
  }

  /// Cells with an outcome, answered or failed.
  package var evaluations: Int { tasks.reduce(0) { $0 + $1.evaluations } }

  /// Cells whose every attempt failed.
  package var failed: Int { tasks.reduce(0) { $0 + $1.failed } }

  /// Cells that were to be evaluated and have no outcome yet.
  package var missing: Int { tasks.reduce(0) { $0 + $1.missing } }

  /// Whether every search came to its end.
  package var isFinished: Bool { tasks.allSatisfy(\.isFinished) }
}

/// The evidence of all tasks, as records come.
private struct Evidence {
  private var tasks: [TaskEvidence] = []
  private var methods: Set<String> = []
  /// The task of the last record; the records of one task follow each other.
  private var current = 0

  init(_ study: Study, formats: [String: [FormatLine]]) throws(InputError) {
    for task in study.tasks {
      tasks.append(try TaskEvidence(task, study: study, formats: formats[task.name] ?? []))
    }
  }

  mutating func add(_ record: EvaluationRecord) throws(InputError) {
    if tasks[current].name != record.task {
      guard let found = tasks.firstIndex(where: { $0.name == record.task }) else {
        throw InputError("journal: the task \(quoted(record.task)) is not part of the study")
      }
      current = found
    }
    try tasks[current].add(record)
    if record.isCorrect != nil, let method = record.method { methods.insert(method) }
  }

  /// The one method of all answers.
  func method() throws(InputError) -> String? {
    guard methods.count < 2 else {
      throw InputError(
        "journal: answers were obtained by different methods "
          + "(\(methods.sorted().joined(separator: ", "))); their accuracies cannot be compared")
    }
    return methods.first
  }

  /// The reports in the order of the study; each task's evidence goes as soon as its report is made.
  mutating func reports() throws(InputError) -> [TaskReport] {
    var reports: [TaskReport] = []
    tasks.reverse()
    while let evidence = tasks.popLast() { reports.append(try TaskReport(evidence)) }
    return reports
  }
}
