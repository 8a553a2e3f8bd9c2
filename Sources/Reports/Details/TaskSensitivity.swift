import Prompts
import Runs
package import Sensitivity
import Statistics

/// The metrics of the literature for one task, as far as a page can afford them.
///
/// Intervals come from fewer resamples than `formatspread metrics` takes, and from none where the
/// answers are so many that a reader would wait for them.
package struct TaskSensitivity: Sendable, Hashable {
  package let metrics: Metrics
  /// Nil where no attribute of the formats varies.
  package let attribution: Attribution?
  /// The numbers of the formats of the grid, which the attribution counts from 0.
  package let rows: [Int]
  /// Resamples of the examples behind the intervals; 0 for none.
  package let resamples: Int

  /// Answers of a run that are held in memory at most, about 100 MB; beyond, right and wrong have to do.
  static let mostAnswers = 200_000
  /// Cells of a run, with all its tasks, that are drawn again for intervals at most.
  private static let mostDraws = 12_000_000
  /// The tails of fewer say nothing.
  private static let fewest = 100
  private static let most = 200

  /// Nil for fewer than two formats with answers.
  ///
  /// - Parameters:
  ///   - task: The task's report.
  ///   - examples: Positions in the task's file, in search order.
  ///   - count: Examples in the task's file.
  ///   - seed: Fixes the resamples.
  ///   - records: The answered cells of the task.
  ///   - evaluations: Of the whole run.
  init?(
    _ task: TaskReport, examples: [Int], count: Int, seed: UInt64, records: [EvaluationRecord],
    evaluations: Int
  ) {
    guard task.evaluatedFormats > 1 else { return nil }
    var isAsked = [Bool](repeating: false, count: count)
    for place in records.indices { isAsked[records[place].example] = true }
    var columns = [Int](repeating: -1, count: count)
    for (column, example) in examples.filter({ isAsked[$0] }).enumerated() {
      columns[example] = column
    }
    let grid = GridBuilder(records, columns: columns, formats: task.formats.count).grid
    self.init(grid, task.formats.map(\.format), seed: seed, evaluations: evaluations)
  }

  /// The same from right and wrong alone, for runs whose answers would fill the memory; nil for
  /// fewer than two formats.
  ///
  /// - Parameters:
  ///   - task: The task's report.
  ///   - matrix: The outcomes of `formats`, in their order.
  ///   - formats: Numbers of the compared formats.
  ///   - seed: Fixes the resamples.
  ///   - evaluations: Of the whole run.
  init?(
    _ task: TaskReport, matrix: ResponseMatrix, formats: [Int], seed: UInt64, evaluations: Int
  ) {
    guard formats.count > 1 else { return nil }
    self.init(
      AnswerGrid(matrix), formats.map { task.formats[$0].format }, seed: seed,
      evaluations: evaluations)
  }

  private init(_ grid: AnswerGrid, _ formats: [FormatLine], seed: UInt64, evaluations: Int) {
    let affordable = Self.mostDraws / max(1, grid.formats * grid.examples, evaluations)
    resamples = affordable < Self.fewest ? 0 : min(Self.most, affordable)
    metrics = Metrics(
      grid, hasOriginal: formats.first?.index == 0, resamples: resamples, seed: seed)
    let found = Attribution(grid, factors: FactorTable(formats), resamples: 0, seed: seed)
    attribution = found.attributes.isEmpty ? nil : found
    rows = formats.map(\.index)
  }

  /// Figures with a value, by the question that they answer, without those of `left` groups.
  func groups(without left: Set<String>) -> [FigureGroup] {
    metrics.groups.filter { !left.contains($0.key) }.compactMap { group in
      let known = group.figures.filter { $0.value != nil }
      return known.isEmpty
        ? nil
        : FigureGroup(key: group.key, title: group.title, source: group.source, figures: known)
    }
  }
}

extension FactorTable {
  /// The atoms of formats.
  init(_ formats: [FormatLine]) {
    let attributes = formats.first?.atoms.map(\.attribute) ?? []
    self.init(
      attributes: attributes,
      rows: formats.map { format in
        attributes.map { name in format.atoms.first { $0.attribute == name }?.value ?? "" }
      })
  }
}
