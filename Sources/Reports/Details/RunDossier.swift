package import Basics
package import Runs

/// A report together with what pages, plots and long tables show beyond it.
package struct RunDossier: Sendable {
  package var report: RunReport
  /// One for each task, in the order of the report.
  package let details: [TaskDetails]
  /// For each task an example under its worst and its best format, where its prompts are known.
  package var pairs: [PromptPair?] = []
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
    var notes = RecordNotes()
    let (report, records) = try RunReport.indexed(
      directory, version: version, confidence: confidence, estimates: estimates
    ) { record in notes.add(record) }
    self.report = report
    self.records = records
    notes.close()
    details = Self.details(
      report, notes, records, try ExtraMeasurements(directory, digest: report.study.digest))
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
    var notes = RecordNotes()
    for record in journal.records { notes.add(record) }
    notes.close()
    details = Self.details(report, notes, records)
  }

  private static func details(
    _ report: RunReport, _ notes: RecordNotes, _ records: StoredRecords,
    _ extras: ExtraMeasurements = .none
  ) -> [TaskDetails] {
    let answers = AnswerNotes(report, records).tasks
    return zip(zip(report.tasks, report.study.tasks), answers).map { pair, answers in
      TaskDetails(
        pair.0, notes: notes.of(pair.0.name), count: pair.1.count, seed: report.study.seed,
        answers: answers, extras: extras.of(pair.0.name, scoring: report.study.scoring),
        evaluations: report.evaluations)
    }
  }
}
