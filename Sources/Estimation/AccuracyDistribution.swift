import Basics
import Foundation
package import Statistics

/// The distribution of accuracy over formats, estimated from few answers.
///
/// A regularised logistic model of formats and examples (``ResponseModel``) fills the unseen cells, and an
/// ``AbilityMixture`` says for each format how likely each ability is; the estimate is the mixture of what
/// that makes of the accuracies. Raw accuracies of few answers are too widely spread by their noise,
/// posterior means too narrowly, and the mixture has the width that the answers support. Intervals come
/// from leaving out each tenth of the examples in turn (delete-a-group jackknife; Wolter, 2007)
/// together with the variation of the mixture itself.
package struct AccuracyDistribution: Sendable, Hashable {
  /// One quantile over formats.
  package struct Entry: Sendable, Hashable {
    /// From 0 to 1.
    package let probability: Double
    /// An accuracy from 0 to 1.
    package let accuracy: Double
    /// Its standard error, 0 when every cell was answered.
    package let standardError: Double

    /// The normal interval, cut to `0...1`.
    package func interval(confidence: Double) -> Interval {
      let half = SpecialFunctions.normalQuantile(0.5 + confidence / 2) * standardError
      return Interval(max(0, accuracy - half), min(1, max(0, accuracy + half)))
    }
  }

  package let entries: [Entry]
  /// The share of the variance between formats that is theirs and not noise, from 0 to 1.
  ///
  /// The reliability by which single formats are drawn towards the others; 1 when every cell was
  /// answered.
  package let reliability: Double

  /// The quantiles 5, 25, 50, 75 and 95 % where nothing else is asked for.
  package static let usual: [Double] = [0.05, 0.25, 0.5, 0.75, 0.95]

  private static let groups = 10
  private static let draws = 200
  /// How much of what the model takes away as noise is in doubt.
  private static let doubt = 0.25

  /// Fits the model to what was answered; nil comes back when nothing was.
  ///
  /// - Parameters:
  ///   - matrix: The answers.
  ///   - atoms: For each arm the value of each attribute as a number from 0; empty without atoms.
  ///   - probabilities: Which quantiles, each from 0 to 1.
  ///   - seed: Fixes the draws.
  package init?(
    _ matrix: ResponseMatrix, atoms: [[Int]] = [], probabilities: [Double] = usual,
    seed: UInt64 = 0
  ) {
    guard matrix.answered > 0 else { return nil }
    if matrix.isComplete {
      let truth = Quantiles.quantiles(probabilities, of: matrix.means.compactMap { $0 }) ?? []
      entries = zip(probabilities, truth).map {
        Entry(probability: $0, accuracy: $1, standardError: 0)
      }
      reliability = 1
      return
    }
    let whole = Fit(matrix, atoms, probabilities, seed, draws: Self.draws)
    let asked = (0..<matrix.examples).filter { example in
      (0..<matrix.arms).contains { matrix[$0, example] != ResponseMatrix.missing }
    }
    let groups = min(Self.groups, asked.count)
    var parts: [[Double]] = []
    if groups > 1 {
      for group in 0..<groups {
        var part = matrix
        for place in asked.indices where place % groups == group {
          for arm in 0..<matrix.arms { part[arm, asked[place]] = ResponseMatrix.missing }
        }
        guard part.answered > 0 else { continue }
        parts.append(Fit(part, atoms, probabilities, seed, draws: Self.draws / 4).quantiles)
      }
    }
    // What is seen of all cells is certain.
    let open = 1 - Double(matrix.answered) / Double(matrix.arms * matrix.examples)
    let noise = Self.noise(matrix)
    entries = probabilities.indices.map { place in
      let values = parts.map { $0[place] }
      let count = Double(max(1, values.count))
      let mean = values.reduce(0, +) / count
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let unresolved =
        Self.doubt * noise
        * SpecialFunctions.normalQuantile(
          min(0.999, max(0.001, probabilities[place])))
      let variance =
        open * squares * (count - 1) / count + whole.variances[place] + unresolved * unresolved
      return Entry(
        probability: probabilities[place], accuracy: whole.quantiles[place],
        standardError: variance.squareRoot())
    }
    reliability = whole.reliability
  }

  /// The standard deviation of a format's raw accuracy by the chance of which examples it was asked.
  private static func noise(_ matrix: ResponseMatrix) -> Double {
    let asked = (0..<matrix.arms).filter { matrix.trials[$0] > 0 }
    let right = asked.reduce(0) { $0 + matrix.successes[$1] }
    let mean = (Double(right) + 1) / (Double(matrix.answered) + 2)
    let examples = Double(matrix.examples)
    let inverse = asked.reduce(0) { $0 + 1 / Double(matrix.trials[$1]) - 1 / examples }
    return (mean * (1 - mean) * inverse / Double(max(1, asked.count))).squareRoot()
  }

  /// One fit of model and mixture.
  private struct Fit {
    /// Means over draws of the accuracies, and their variances.
    var quantiles: [Double]
    var variances: [Double]
    let reliability: Double

    init(
      _ matrix: ResponseMatrix, _ atoms: [[Int]], _ probabilities: [Double], _ seed: UInt64,
      draws: Int
    ) {
      let posteriors = FormatPosteriors(matrix, atoms: atoms)
      reliability = posteriors.reliability
      var generator = SeededGenerator(seed: seed, stream: "accuracy distribution")
      quantiles = [Double](repeating: 0, count: probabilities.count)
      variances = quantiles
      var squares = quantiles
      for _ in 0..<draws {
        let drawn = posteriors.draw(using: &generator)
        for (place, value) in (Quantiles.quantiles(probabilities, of: drawn) ?? []).enumerated() {
          quantiles[place] += value / Double(draws)
          squares[place] += value * value / Double(draws)
        }
      }
      for place in quantiles.indices {
        variances[place] = max(0, squares[place] - quantiles[place] * quantiles[place])
      }
    }
  }
}
