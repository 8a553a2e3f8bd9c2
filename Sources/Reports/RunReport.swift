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
    let study = try directory.study()
    let journal = try Journal.read(directory.journal, digest: study.digest)
    try self.init(
      study: study, formats: try directory.formats(), journal: journal, version: version)
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
    self.study = study
    self.version = version
    model = journal.model
    method = try Self.method(of: journal.records)
    let names = Set(study.tasks.map(\.name))
    if let foreign = journal.records.first(where: { !names.contains($0.task) }) {
      throw InputError("journal: the task \(quoted(foreign.task)) is not part of the study")
    }
    var tasks: [TaskReport] = []
    for task in study.tasks {
      let evidence = try TaskEvidence(
        task, study: study, formats: formats[task.name] ?? [], records: journal.records)
      tasks.append(try TaskReport(evidence))
    }
    self.tasks = tasks
    judge(by: GateSettings(study.inference))
  }

  /// The one method of all answers.
  private static func method(of records: [EvaluationRecord]) throws(InputError) -> String? {
    let methods = Set(records.filter { $0.isCorrect != nil }.compactMap(\.method)).sorted()
    guard methods.count < 2 else {
      throw InputError(
        "journal: answers were obtained by different methods (\(methods.joined(separator: ", "))); "
          + "their accuracies cannot be compared")
    }
    return methods.first
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
