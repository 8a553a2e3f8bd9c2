package import Basics
package import Runs

/// A report together with what pages, plots and long tables show beyond it.
package struct RunDossier: Sendable {
  package var report: RunReport
  /// One for each task, in the order of the report.
  package let details: [TaskDetails]
  /// All outcomes, in the order in which they were written.
  package let records: StoredRecords

  /// Reads a run directory, finished or not; nothing in it is changed.
  ///
  /// - Parameters:
  ///   - directory: A run; its last journal line may be torn.
  ///   - version: Of the tool.
  ///   - confidence: Of the intervals, instead of the study's.
  ///   - estimates: Whether the distribution of accuracy is estimated though the study does not ask.
  /// - Throws: `InputError` naming file and place when something stored is missing or damaged.
  package init(
    directory: RunDirectory, version: String, confidence: Double? = nil, estimates: Bool = false
  ) throws(InputError) {
    let (report, index) = try RunReport.indexed(
      directory, version: version, confidence: confidence, estimates: estimates)
    self.report = report
    records = index.all
    var details: [TaskDetails] = []
    for (task, reference) in zip(report.tasks, report.study.tasks) {
      details.append(
        try TaskDetails(
          task, count: reference.count, study: report.study, records: index.of(task.name)))
    }
    self.details = details
  }

  /// Draws everything from what a run stored.
  ///
  /// - Parameters:
  ///   - study: What was to be done.
  ///   - formats: The formats of each task by its name, in order.
  ///   - journal: All answers, in any order.
  ///   - version: Of the tool.
  /// - Throws: As `RunReport`.
  package init(
    study: Study, formats: [String: [FormatLine]], journal: Journal.Contents, version: String
  ) throws(InputError) {
    report = try RunReport(study: study, formats: formats, journal: journal, version: version)
    records = StoredRecords(journal.records)
    var details: [TaskDetails] = []
    for (task, reference) in zip(report.tasks, study.tasks) {
      details.append(
        try TaskDetails(task, count: reference.count, study: study, records: records))
    }
    self.details = details
  }
}
