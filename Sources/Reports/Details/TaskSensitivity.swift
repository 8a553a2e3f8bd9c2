import Prompts
import Runs
package import Sensitivity
import Statistics

/// The metrics of the literature for one task, as far as a report can afford them: measured once, for
/// its page and its text.
///
/// Intervals come from fewer resamples than `formatspread metrics` takes, and from none where the
/// answers are so many that a reader would wait for them.
package struct TaskSensitivity: Sendable, Hashable {
  package let metrics: Metrics
  /// Nil where no attribute of the formats varies, and without right answers.
  package let attribution: Attribution?
  /// The numbers of the formats of the grid, which the attribution counts from 0.
  package let rows: [Int]
  /// Resamples of the examples behind the intervals; 0 for none.
  package let resamples: Int

  /// Answers of a run that are held in memory at most; beyond, right and wrong have to do.
  static let mostAnswers = 200_000
  /// Cells of a run, with all its tasks, that are drawn again for intervals at most.
  private static let mostDraws = 12_000_000
  /// The tails of fewer say nothing.
  private static let fewest = 100
  private static let most = 200
  /// Numbers in the representations of a task's prompts at most; components of more take many seconds.
  private static let mostNumbers = 1_000_000

  /// Nil for fewer than two formats with answers.
  ///
  /// - Parameters:
  ///   - task: The task's report.
  ///   - examples: Positions in the task's file, in search order.
  ///   - count: Examples in the task's file.
  ///   - seed: Fixes the resamples.
  ///   - answers: The answered cells of the task.
  ///   - extras: What was measured beside them.
  ///   - evaluations: Of the whole run.
  init?(
    _ task: TaskReport, examples: [Int], count: Int, seed: UInt64, answers: AnswerList,
    extras: ExtraMeasurements = .none, evaluations: Int
  ) {
    guard task.evaluatedFormats > 1 else { return nil }
    var isAsked = [Bool](repeating: false, count: count)
    for example in answers.examples { isAsked[Int(example)] = true }
    var columns = [Int](repeating: -1, count: count)
    var width = 0
    for example in examples where isAsked[example] {
      columns[example] = width
      width += 1
    }
    let formats = task.formats.count
    let grid = GridBuilder(answers, columns: columns, formats: formats).grid
    let index = StoredResponses(answers, columns: columns, formats: formats, examples: width)
      .index(extras.likelihoods, length: extras.length)
    let points = extras.points(columns, formats: formats)
    let numbers = points.count * (points.first?.vector.count ?? 0)
    self.init(
      grid, task.formats.map(\.format), index: index,
      points: numbers <= Self.mostNumbers ? points : [], seed: seed, evaluations: evaluations)
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

  private init(
    _ grid: AnswerGrid, _ formats: [FormatLine], index: PromptSensitivityIndex? = nil,
    points: [Separability.Point] = [], seed: UInt64, evaluations: Int
  ) {
    let affordable = Self.mostDraws / max(1, grid.formats * grid.examples, evaluations)
    let resamples = affordable < Self.fewest ? 0 : min(Self.most, affordable)
    self.resamples = resamples
    metrics = Metrics(
      grid, hasOriginal: formats.first?.index == 0, index: index, points: points,
      resamples: resamples, seed: seed)
    let found =
      grid.hasLabels
      ? Attribution(
        grid, factors: FactorTable(formats), pairs: formats.changes, resamples: resamples,
        seed: seed) : nil
    attribution = found.flatMap { $0.attributes.isEmpty ? nil : $0 }
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

extension [FormatLine] {
  /// The single changes of a designed run, by the places of their formats.
  package var changes: [DesignedChanges.Pair] {
    var places: [Int: Int] = [:]
    for (place, line) in enumerated() { places[line.index] = place }
    return enumerated().compactMap { place, line in
      guard let base = line.base, let from = places[base.index] else { return nil }
      return DesignedChanges.Pair(
        base: from, changed: place, attribute: base.attribute, values: base.values)
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
