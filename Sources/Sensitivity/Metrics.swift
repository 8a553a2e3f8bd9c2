import Basics
import Statistics

/// All sensitivity metrics of one model on one task, each with its interval and its condition.
package struct Metrics: Sendable, Hashable {
  package let formats: Int
  package let examples: Int
  package let groups: [FigureGroup]
  /// Plain figures of the complete examples; nil without right answers.
  package let statistics: MatrixStatistics?
  /// What each example's answers have in common.
  package let scores: ExampleScores
  package let confidence: ConfidenceRelation?
  package let consistency: [ClassConsistency]
  /// Recall by the right answer's position, or by its text where options are the same for all.
  package let bias: AnswerBias?
  /// Recall by the right answer's label, where formats label options differently.
  package let labelBias: AnswerBias?
  package let calibration: CalibrationSummary?
  package let flips: [FlippedExample]
  /// How well the format can be told from the prompt's representation.
  package let separability: Separability?

  /// Errica's consistency of one right answer.
  package struct ClassConsistency: Sendable, Hashable {
    package let name: String
    package let examples: Int
    package let figure: Figure
  }

  /// How far the answers to an example leave that of the original format.
  package struct FlippedExample: Sendable, Hashable {
    /// Position in the grid.
    package let example: Int
    /// The original format's answer, as a number of the grid's classes.
    package let original: Int32
    /// Formats that answer otherwise.
    package let flipped: Int
    /// Formats with an answer, the original left out.
    package let compared: Int
    /// The most frequent other answer.
    package let usual: Int32
  }

  /// - Parameters:
  ///   - grid: What was answered; format 0 is the original one where `hasOriginal`.
  ///   - hasOriginal: Whether row 0 is the task's own format.
  ///   - index: POSIX of each example, where it was measured.
  ///   - points: Representations of prompts, where a backend gave them.
  ///   - resamples: Of the bootstrap; 0 for no intervals.
  ///   - seed: Fixes resamples and sampled pairs.
  package init(
    _ grid: AnswerGrid, hasOriginal: Bool, index: PromptSensitivityIndex? = nil,
    points: [Separability.Point] = [], resamples: Int = 1_000, seed: UInt64
  ) {
    formats = grid.formats
    examples = grid.examples
    var generator = SeededGenerator(seed: seed, stream: "metrics bootstrap")
    let bootstrap = Bootstrap(
      examples: grid.examples, resamples: resamples, using: &generator)
    let scores = ExampleScores(grid)
    self.scores = scores
    statistics = grid.hasLabels ? MatrixStatistics(grid.matrix) : nil
    var pairs = SeededGenerator(seed: seed, stream: "metrics pairs")
    let consistency = Consistency(grid, bootstrap, using: &pairs)
    self.consistency = consistency.classes.map { one in
      ClassConsistency(
        name: grid.classes[Int(one.gold)], examples: one.members,
        figure: Figure(
          "consistency", grid.classes[Int(one.gold)], .number, one.value, interval: one.interval,
          explanation: "How alike the answers to two examples of this right answer are.",
          condition: "needs at least two examples of the class"))
    }
    bias = AnswerBias(grid, bootstrap, byLabel: false)
    labelBias = AnswerBias(grid, bootstrap, byLabel: true)
    calibration = CalibrationSummary(grid, bootstrap)
    confidence = ConfidenceRelation(scores, bootstrap)
    separability = Separability(points, grid, bootstrap, seed: seed)
    flips = hasOriginal ? Self.flips(grid) : []
    // Without right answers nothing can be said of accuracy: such figures are absent, not zero.
    var groups =
      grid.hasLabels
      ? [
        Self.spread(grid, hasOriginal: hasOriginal, bootstrap),
        Self.prosa(grid, scores, bootstrap, statistics, confidence),
      ] : []
    groups += [
      Self.errica(grid, scores, consistency, bootstrap),
      Self.agreement(grid, scores, hasOriginal: hasOriginal, bootstrap),
    ]
    if let index { groups.append(index.figures(bootstrap)) }
    if let calibration {
      groups.append(
        FigureGroup(
          key: "calibration", title: "Calibration",
          source: "Naeini et al. 2015; Brier 1950; Cruz et al. 2024 (folktexts)",
          figures: calibration.figures))
    }
    if let bias {
      groups.append(
        FigureGroup(
          key: "bias", title: "Position and label bias",
          source: "Zheng et al. 2024; Alzahrani et al. 2024",
          figures: [bias.deviation] + (labelBias.map { [$0.deviation] } ?? [])))
    }
    if let separability { groups.append(separability.figures) }
    self.groups = groups
  }

  /// The figure with a key; nil where there is none.
  package func figure(_ key: String) -> Figure? {
    groups.lazy.flatMap(\.figures).first { $0.key == key }
  }

  private static func flips(_ grid: AnswerGrid) -> [FlippedExample] {
    guard grid.hasPredictions, grid.formats > 1 else { return [] }
    var found: [FlippedExample] = []
    for example in 0..<grid.examples {
      let original = grid.predictions[example]
      guard original >= 0 else { continue }
      var counts: [Int32: Int] = [:]
      var compared = 0
      for format in 1..<grid.formats {
        let answer = grid.predictions[format * grid.examples + example]
        guard answer >= 0 else { continue }
        compared += 1
        if answer != original { counts[answer, default: 0] += 1 }
      }
      let flipped = counts.values.reduce(0, +)
      guard flipped > 0,
        let usual = counts.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) })
      else { continue }
      found.append(
        FlippedExample(
          example: example, original: original, flipped: flipped, compared: compared,
          usual: usual.key))
    }
    return found.sorted {
      let (a, b) = ($0.flipped * $1.compared, $1.flipped * $0.compared)
      return a != b ? a > b : $0.example < $1.example
    }
  }
}
