import Prompts
import Runs
package import Sensitivity

/// The metrics of the literature for one task, as far as a page can afford them.
///
/// Intervals come from fewer resamples than `formatspread metrics` takes, and from none where the
/// answers are so many that a reader would wait for them.
package struct TaskSensitivity: Sendable, Hashable {
  package let metrics: Metrics
  /// Nil where no attribute of the formats varies.
  package let attribution: Attribution?
  /// Resamples of the examples behind the intervals; 0 for none.
  package let resamples: Int

  /// Cells that are drawn again for intervals at most.
  private static let mostDraws = 12_000_000
  /// The tails of fewer say nothing.
  private static let fewest = 100
  private static let most = 200

  /// - Parameters:
  ///   - task: The task's report.
  ///   - examples: Positions in the task's file, in search order.
  ///   - count: Examples in the task's file.
  ///   - seed: Fixes the resamples.
  ///   - records: The outcomes of all tasks.
  /// - Returns: Nil for fewer than two formats with answers.
  init?(
    _ task: TaskReport, examples: [Int], count: Int, seed: UInt64, records: [EvaluationRecord]
  ) {
    guard task.evaluatedFormats > 1 else { return nil }
    // Copies of half a million records take longer than what is done with them.
    let isWhole = records.indices.allSatisfy {
      records[$0].task == task.name && records[$0].isAnswered
    }
    let answered =
      isWhole ? records : records.filter { $0.task == task.name && $0.isAnswered }
    var isAsked = [Bool](repeating: false, count: count)
    for place in answered.indices { isAsked[answered[place].example] = true }
    var columns = [Int](repeating: -1, count: count)
    for (column, example) in examples.filter({ isAsked[$0] }).enumerated() {
      columns[example] = column
    }
    let grid = GridBuilder(answered, columns: columns, formats: task.formats.count).grid
    let affordable = Self.mostDraws / max(1, grid.formats * grid.examples)
    resamples = affordable < Self.fewest ? 0 : min(Self.most, affordable)
    metrics = Metrics(grid, hasOriginal: true, resamples: resamples, seed: seed)
    let factors = FactorTable(task.formats.map(\.format))
    let found = Attribution(grid, factors: factors, resamples: 0, seed: seed)
    attribution = found.attributes.isEmpty ? nil : found
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
