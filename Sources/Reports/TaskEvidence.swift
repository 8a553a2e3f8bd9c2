import Basics
import Estimation
import Prompts
import Runs
import Statistics

/// The outcomes of one task, put in the order in which searches ask.
struct TaskEvidence {
  let name: String
  let study: Study
  let formats: [FormatLine]
  /// Positions in the task's file of the evaluated examples, in search order.
  let examples: [Int]
  /// Answers by format and search position.
  private(set) var answers: ResponseMatrix
  /// The record that stands for each cell, row by row; nil where there is none.
  private(set) var cells: [EvaluationRecord?]

  /// Picks one record for each cell: an answer beats a failure, a later answer an earlier one.
  ///
  /// Among failures the first message in byte order stands, so that nothing depends on their order.
  ///
  /// - Throws: `InputError` for a task without formats and for a record outside the plan.
  init(
    _ task: Study.TaskReference, study: Study, formats: [FormatLine], records: [EvaluationRecord]
  ) throws(InputError) {
    guard !formats.isEmpty else {
      throw InputError("formats.jsonl: no format of the task \(quoted(task.name))")
    }
    name = task.name
    self.study = study
    self.formats = formats
    examples = try Split(
      count: task.count, pool: study.pool, shots: study.shots, limit: study.examples,
      seed: study.seed
    ).evaluated
    answers = ResponseMatrix(arms: formats.count, examples: examples.count)
    cells = Array(repeating: nil, count: formats.count * examples.count)
    var positions = [Int?](repeating: nil, count: task.count)
    for (position, example) in examples.enumerated() { positions[example] = position }
    for record in records {
      guard record.format < formats.count else {
        throw InputError(
          "journal: format \(record.format) of the task \(quoted(name)), which has "
            + "\(formats.count) formats")
      }
      guard record.example < task.count, let position = positions[record.example] else {
        throw InputError(
          "journal: example \(record.example) of the task \(quoted(name)) is not among the "
            + "\(examples.count) evaluated")
      }
      file(record, at: position)
    }
  }

  private mutating func file(_ record: EvaluationRecord, at position: Int) {
    let index = record.format * examples.count + position
    if let isCorrect = record.isCorrect {
      answers[record.format, position] = isCorrect ? 1 : 0
      cells[index] = record
    } else if let known = cells[index] {
      guard known.isCorrect == nil else { return }
      let messages = (known.error ?? "", record.error ?? "")
      if messages.1.utf8.lexicographicallyPrecedes(messages.0.utf8) { cells[index] = record }
    } else {
      cells[index] = record
    }
  }

  /// The records of one format, in search order.
  func records(_ format: Int) -> ArraySlice<EvaluationRecord?> {
    cells[(format * examples.count)..<((format + 1) * examples.count)]
  }

  /// What the study's search makes of the outcomes.
  struct SearchResult {
    var picks: SearchPicks?
    /// Cells without a record among those that the search has asked for.
    var missing = 0
  }

  /// Runs the search again over the stored outcomes, as far as they go.
  ///
  /// - Throws: `InputError` when the study lacks the budget that its search needs.
  func searched() throws(InputError) -> SearchResult {
    guard study.search == .full || study.budget != nil else {
      throw InputError("study.json: the search '\(study.search.rawValue)' needs a budget")
    }
    let settings = SearchSettings(
      kind: study.search, arms: formats.count, examples: examples.count,
      budget: study.budget ?? 0, batch: study.batch, accounting: study.accounting, seed: study.seed)
    var search = settings.start()
    var result = SearchResult()
    while result.missing == 0 || study.search == .full {
      let batch = search.nextBatch()
      if batch.isEmpty { break }
      search.observe(
        batch.map { cell in
          let value = answers[cell.arm, cell.example]
          if cells[cell.arm * examples.count + cell.example] == nil { result.missing += 1 }
          return value == ResponseMatrix.missing ? nil : value
        })
    }
    result.picks = search.picks
    return result
  }
}
