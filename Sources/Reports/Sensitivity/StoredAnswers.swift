package import Basics
import Prompts
package import Runs
package import Sensitivity

/// What a run stored about one task, as a grid for the metrics: read once, asked of no model.
package struct StoredAnswers: Sendable {
  package let task: Study.TaskReference
  package let study: Study
  package let model: String
  package let formats: [FormatLine]
  /// Positions in the task's file of the grid's examples, in the order in which they were asked.
  package let examples: [Int]
  package var grid: AnswerGrid
  /// The answers of each example that the grid's numbers mean; empty where `grid.classes` names them.
  package let texts: [[String]]
  /// The atoms of the formats.
  package let factors: FactorTable

  /// POSIX of each example.
  package let index: PromptSensitivityIndex
  /// Representations of prompts, where they were asked for.
  package let points: [Separability.Point]

  /// The single changes of a designed run.
  package var pairs: [DesignedChanges.Pair] { formats.changes }

  /// The answer with a number of the grid to one of its examples.
  package func answer(_ number: Int32, example: Int) -> String {
    guard number >= 0 else { return "" }
    return texts.isEmpty ? grid.classes[Int(number)] : texts[example][Int(number)]
  }

  /// Reads all tasks of a run, finished or not.
  ///
  /// - Throws: `InputError` naming file and place when something stored is missing or damaged, or
  ///   when nothing was answered yet.
  package static func read(_ directory: RunDirectory) throws(InputError) -> [StoredAnswers] {
    let study = try directory.study()
    let formats = try directory.formats()
    var places: [String: Int] = [:]
    for (place, task) in study.tasks.enumerated() { places[task.name] = place }
    var lists = [AnswerList](repeating: AnswerList(), count: study.tasks.count)
    let journal = try StoredRecords.reading(directory.journal, digest: study.digest) { record in
      guard record.isAnswered, let place = places[record.task] else { return }
      lists[place].add(record)
    }.contents
    let extras = try ExtraMeasurements(directory, digest: study.digest)
    var all: [StoredAnswers] = []
    for (place, task) in study.tasks.enumerated() {
      let answers = lists[place]
      lists[place] = AnswerList()
      guard !answers.isEmpty else { continue }
      all.append(
        try StoredAnswers(
          task, study: study, model: journal.model ?? "the model",
          formats: formats[task.name] ?? [], answers: answers,
          extras: extras.of(task.name, scoring: study.scoring)))
    }
    guard !all.isEmpty else { throw InputError("\(directory.path): holds no answers yet") }
    return all
  }

  init(
    _ task: Study.TaskReference, study: Study, model: String, formats: [FormatLine],
    answers: AnswerList, extras: ExtraMeasurements = .none
  ) throws(InputError) {
    self.task = task
    self.study = study
    self.model = model
    self.formats = formats
    let evaluated = try Split(
      count: task.count, pool: study.pool, shots: study.shots, limit: study.examples,
      seed: study.seed
    ).evaluated
    // Examples that no format was asked are left out: a search with a budget may never come to them.
    var isAsked = [Bool](repeating: false, count: task.count)
    for example in answers.examples where example < task.count { isAsked[Int(example)] = true }
    examples = evaluated.filter { isAsked[$0] }
    var columns = [Int](repeating: -1, count: task.count)
    for (column, example) in examples.enumerated() { columns[example] = column }
    if let stray = answers.indices.first(where: {
      answers.examples[$0] >= task.count || columns[Int(answers.examples[$0])] < 0
        || answers.formats[$0] >= formats.count
    }) {
      throw InputError(
        "journal: format \(answers.formats[stray]) on example \(answers.examples[stray]) of the task "
          + "\(quoted(task.name)) is not part of the study")
    }
    let builder = GridBuilder(answers, columns: columns, formats: formats.count)
    grid = builder.grid
    texts = builder.texts
    index = StoredResponses(
      answers, columns: columns, formats: formats.count, examples: examples.count
    ).index(extras.likelihoods, length: extras.length)
    points = extras.points(columns, formats: formats.count)
    factors = FactorTable(formats)
  }
}
