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
  package var pairs: [DesignedChanges.Pair] {
    formats.compactMap { line in
      line.base.map {
        DesignedChanges.Pair(
          base: $0.index, changed: line.index, attribute: $0.attribute, values: $0.values)
      }
    }
  }

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
    let journal = try Journal.read(directory.journal, digest: study.digest)
    let likelihoods = try CrossScore.read(directory, digest: study.digest)
    let embeddings = try PromptEmbedding.read(directory, digest: study.digest)
    var all: [StoredAnswers] = []
    for task in study.tasks {
      let records = journal.records.filter { $0.task == task.name && $0.isAnswered }
      guard !records.isEmpty else { continue }
      all.append(
        try StoredAnswers(
          task, study: study, model: journal.model ?? "the model",
          formats: formats[task.name] ?? [], records: records,
          likelihoods: likelihoods.filter { $0.task == task.name },
          embeddings: embeddings.filter { $0.task == task.name }))
    }
    guard !all.isEmpty else { throw InputError("\(directory.path): holds no answers yet") }
    return all
  }

  init(
    _ task: Study.TaskReference, study: Study, model: String, formats: [FormatLine],
    records: [EvaluationRecord], likelihoods: [CrossScore] = [],
    embeddings: [PromptEmbedding] = []
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
    let asked = Set(records.map(\.example))
    examples = evaluated.filter { asked.contains($0) }
    var columns = [Int](repeating: -1, count: task.count)
    for (column, example) in examples.enumerated() { columns[example] = column }
    if let stray = records.first(where: {
      $0.example >= task.count || columns[$0.example] < 0 || $0.format >= formats.count
    }) {
      throw InputError(
        "journal: format \(stray.format) on example \(stray.example) of the task "
          + "\(quoted(task.name)) is not part of the study")
    }
    let builder = GridBuilder(records, columns: columns, formats: formats.count)
    grid = builder.grid
    texts = builder.texts
    let cross = Self.likelihoods(
      records, columns: columns, formats: formats.count, examples: examples.count, likelihoods)
    var length: Int?
    if case .generate(_, let maxTokens) = study.scoring { length = maxTokens }
    index = PromptSensitivityIndex(cross, length: length)
    points = embeddings.compactMap { one in
      guard one.example < columns.count, columns[one.example] >= 0, one.format < formats.count
      else { return nil }
      return Separability.Point(
        format: one.format, example: columns[one.example], vector: one.vector)
    }
    factors = FactorTable(formats)
  }
}
