import Basics
import Statistics

/// Formats to use, chosen on the examples of a run, and what the choice is worth on other examples.
package struct Recommendation: Sendable, Hashable {
  /// One format with its figures.
  package struct Choice: Sendable, Hashable {
    package let format: Int
    /// Accuracy with the 95 % interval of its one format.
    package let accuracy: Figure
    /// How much lower its accuracy is than the best one's.
    package let cost: Double
    /// The mean difference of its accuracy to formats that differ in one attribute; nil without any.
    package let instability: Double?
    /// How many such neighbours were evaluated.
    package let neighbours: Int
  }

  /// The highest accuracy found.
  package let best: Choice
  /// The highest lower confidence bound.
  package let safest: Choice
  /// The smallest loss around it: among the better half, the format whose answers agree most with the
  /// other formats' answers on examples it gets right.
  package let mostStable: Choice
  /// The accuracy of a format chosen by the same rule on one half of the examples, measured on the
  /// other half.
  package let crossFit: Figure
  /// Mean accuracy over formats, for comparison.
  package let average: Double

  private static let halvings = 100

  /// Nil without right answers.
  ///
  /// - Parameters:
  ///   - grid: Right and wrong answers.
  ///   - factors: The formats' atoms, for neighbours.
  ///   - seed: Fixes the halvings.
  ///   - sizesAreFixed: Whether it was fixed in advance how often each format would be asked; otherwise
  ///     intervals are confidence sequences in place of Wilson's, and columns stand in the random order of
  ///     asking.
  package init?(
    _ grid: AnswerGrid, factors: FactorTable?, seed: UInt64, sizesAreFixed: Bool = true
  ) {
    let compared = grid.comparable
    guard grid.hasLabels, !compared.isEmpty else { return nil }
    let rows = grid.selecting(compared)
    let matrix = rows.matrix
    let accuracies = rows.accuracies.map { $0 ?? 0 }
    let intervals = compared.indices.map {
      sizesAreFixed
        ? Proportions.wilson(successes: matrix.successes[$0], trials: matrix.trials[$0])
        : ConfidenceSequence.interval(of: $0, in: matrix, alpha: 0.05, target: .population)
    }
    let kind = sizesAreFixed ? "Wilson interval" : "confidence sequence"
    let top = accuracies.max() ?? 0
    let edges = factors?.selecting(compared).edges() ?? []
    func choice(_ row: Int) -> Choice {
      let near = edges.filter { $0.first == row || $0.second == row }.map {
        $0.first == row ? $0.second : $0.first
      }
      let distance = near.reduce(0.0) { $0 + abs(accuracies[$1] - accuracies[row]) }
      return Choice(
        format: compared[row],
        accuracy: Figure(
          "accuracy", "accuracy", .share, accuracies[row],
          interval: intervals[row],
          explanation: "Accuracy with the 95 % \(kind) of this one format.",
          condition: "needs right answers"),
        cost: top - accuracies[row],
        instability: near.isEmpty ? nil : distance / Double(near.count), neighbours: near.count)
    }
    func first(_ values: [Double]) -> Int {
      values.indices.max { (values[$0], -$0) < (values[$1], -$1) } ?? 0
    }
    best = choice(first(accuracies))
    safest = choice(first(intervals.map(\.lower)))
    mostStable = choice(Self.stable(rows, accuracies))
    average = accuracies.reduce(0, +) / Double(accuracies.count)
    var generator = SeededGenerator(seed: seed, stream: "recommendation halves")
    let fits = (0..<Self.halvings).compactMap { _ in
      Self.crossFit(rows, using: &generator)
    }
    crossFit = Figure(
      "cross_fit", "Cross-fit accuracy", .share,
      fits.isEmpty ? nil : fits.reduce(0, +) / Double(fits.count),
      explanation:
        "What a format chosen like this on one half of the examples reaches on the other "
        + "half: the honest figure for a format that was chosen by its accuracy.",
      condition: "needs at least two examples")
  }

  /// Among the formats of the better half, the one whose verdicts agree most with the others'.
  private static func stable(_ rows: AnswerGrid, _ accuracies: [Double]) -> Int {
    let n = rows.examples
    var right = [Int](repeating: 0, count: n)
    var known = right
    for format in 0..<rows.formats {
      for example in 0..<n where rows.correct[format * n + example] != ResponseMatrix.missing {
        right[example] += Int(rows.correct[format * n + example])
        known[example] += 1
      }
    }
    let middle = Quantiles.quantile(0.5, of: accuracies) ?? 0
    var best = (row: 0, agreement: -1.0)
    for format in 0..<rows.formats where accuracies[format] >= middle {
      var sum = 0.0
      var count = 0
      for example in 0..<n where known[example] > 1 {
        let value = rows.correct[format * n + example]
        guard value != ResponseMatrix.missing else { continue }
        let same = value == 1 ? right[example] - 1 : known[example] - right[example] - 1
        sum += Double(same) / Double(known[example] - 1)
        count += 1
      }
      let agreement = count > 0 ? sum / Double(count) : 0
      if agreement > best.agreement { best = (format, agreement) }
    }
    return best.row
  }

  private static func crossFit(
    _ rows: AnswerGrid, using generator: inout SeededGenerator
  ) -> Double? {
    let order = generator.permutation(rows.examples)
    let middle = rows.examples / 2
    guard middle > 0 else { return nil }
    func rates(_ part: ArraySlice<Int>) -> [Double] {
      (0..<rows.formats).map { format in
        var right = 0
        var asked = 0
        for example in part {
          let value = rows.correct[format * rows.examples + example]
          guard value != ResponseMatrix.missing else { continue }
          right += Int(value)
          asked += 1
        }
        return asked > 0 ? Double(right) / Double(asked) : .nan
      }
    }
    let halves = [rates(order[..<middle]), rates(order[middle...])]
    var sum = 0.0
    for (choosing, measuring) in [(0, 1), (1, 0)] {
      let known = halves[choosing].indices.filter {
        !halves[choosing][$0].isNaN && !halves[measuring][$0].isNaN
      }
      guard
        let pick = known.max(by: { (halves[choosing][$0], -$0) < (halves[choosing][$1], -$1) })
      else { return nil }
      sum += halves[measuring][pick]
    }
    return sum / 2
  }
}
