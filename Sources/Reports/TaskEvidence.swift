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
  /// What stands for each cell, row by row.
  private(set) var cells: [CellEvidence]
  /// Answers of which nobody knows whether they are right.
  var unlabelled: Int {
    cells.count { $0.state == .answered } - answers.trials.reduce(0, +)
  }
  /// The messages of the failed cells, by their place in `cells`.
  private(set) var failures: [Int: String] = [:]

  /// The place of each example of the task's file in search order; nil for those not evaluated.
  private let positions: [Int?]

  /// The outcomes of a task before the first record.
  ///
  /// - Throws: `InputError` for a task without formats.
  init(
    _ task: Study.TaskReference, study: Study, formats: [FormatLine]
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
    cells = Array(repeating: CellEvidence(), count: formats.count * examples.count)
    var positions = [Int?](repeating: nil, count: task.count)
    for (position, example) in examples.enumerated() { positions[example] = position }
    self.positions = positions
  }

  /// Takes a record of the task; for each cell one stands: an answer beats a failure, a later answer an
  /// earlier one.
  ///
  /// Among failures the first message in byte order stands, so that nothing depends on their order.
  ///
  /// - Throws: `InputError` for a record outside the plan.
  mutating func add(_ record: EvaluationRecord) throws(InputError) {
    guard record.format < formats.count else {
      throw InputError(
        "journal: format \(record.format) of the task \(quoted(name)), which has "
          + "\(formats.count) formats")
    }
    guard record.example < positions.count, let position = positions[record.example] else {
      throw InputError(
        "journal: example \(record.example) of the task \(quoted(name)) is not among the "
          + "\(examples.count) evaluated")
    }
    file(record, at: position)
  }

  private mutating func file(_ record: EvaluationRecord, at position: Int) {
    let index = record.format * examples.count + position
    if let isCorrect = record.isCorrect {
      answers[record.format, position] = isCorrect ? 1 : 0
      cells[index] = CellEvidence(record)
      failures[index] = nil
    } else if record.isAnswered {
      cells[index] = CellEvidence(record)
      failures[index] = nil
    } else if cells[index].state != .answered {
      cells[index].state = .failed
      let message = record.error ?? "no cause was recorded"
      if let known = failures[index],
        !message.utf8.lexicographicallyPrecedes(known.utf8)
      {
        return
      }
      failures[index] = message
    }
  }

  /// The cells of one format, in search order.
  func cells(_ format: Int) -> ArraySlice<CellEvidence> {
    cells[(format * examples.count)..<((format + 1) * examples.count)]
  }

  /// What the study's search makes of the outcomes.
  struct SearchResult {
    var picks: SearchPicks?
    /// Cells without a record among those that the search has asked for.
    var missing = 0
    /// Where a stopping rule ended it.
    var stopped: StoppedEarly?
  }

  /// Runs the search again over the stored outcomes, as far as they go.
  ///
  /// - Throws: `InputError` when the study lacks the budget that its search needs.
  func searched() throws(InputError) -> SearchResult {
    guard study.search == .full || study.budget != nil else {
      throw InputError("study.json: the search '\(study.search.rawValue)' needs a budget")
    }
    let settings = SearchSettings(study, formats: formats, examples: examples.count)
    var search = settings.start()
    var result = SearchResult()
    while result.missing == 0 || study.search == .full && settings.stopping == nil {
      let batch = search.nextBatch()
      if batch.isEmpty { break }
      search.observe(
        batch.map { cell in
          let value = answers[cell.arm, cell.example]
          let index = cell.arm * examples.count + cell.example
          if cells[index].state == .missing { result.missing += 1 }
          return value == ResponseMatrix.missing ? nil : value
        })
    }
    result.picks = search.picks
    if let reason = (search as? StoppedSearch)?.reason {
      result.stopped = StoppedEarly(
        reason: reason, planned: settings.mostEvaluations, asked: search.asked)
    }
    return result
  }
}

/// What a record tells about its cell, in twelve bytes: a large run has tens of millions.
struct CellEvidence {
  enum State {
    case missing
    case failed
    case answered
  }

  var state = State.missing
  var isTied = false
  /// The position of the option that was chosen; negative where options have no scores.
  var choice: Int16 = -1
  /// The options that were scored.
  var options: Int16 = 0
  /// What the sum, the mean per token and the mean per byte choose.
  var choices: (Int16, Int16, Int16) = (0, 0, 0)

  init() {}

  init(_ record: EvaluationRecord) {
    state = .answered
    isTied = record.isTied
    guard let choice = record.choice, !record.scores.isEmpty else { return }
    func chosen(_ normalization: Normalization) -> Int16 {
      Int16(clamping: Ranking(record.scores, by: normalization).choice)
    }
    self.choice = Int16(clamping: choice)
    options = Int16(clamping: record.scores.count)
    choices = (chosen(.sum), chosen(.token), chosen(.byte))
  }

  func choice(by normalization: Normalization) -> Int16 {
    switch normalization {
    case .sum: choices.0
    case .token: choices.1
    case .byte: choices.2
    }
  }
}
