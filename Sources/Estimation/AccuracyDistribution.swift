import Basics
import Foundation
package import Statistics

/// The distribution of accuracy over formats, estimated from few answers.
///
/// The ``ResponseModel`` gives each format a mean and a variance of its accuracy on all examples. The
/// estimate is the mixture of these normal distributions: raw accuracies of few answers are too
/// widely spread by their noise, posterior means too narrowly, and the mixture has the variance that
/// the model believes in. Standard errors come from leaving out each tenth of the examples in turn
/// (delete-a-group jackknife; Wolter, 2007); they say how much the answers could move the estimate, not
/// how far a model of bell-shaped abilities is from formats with a long tail.
package struct AccuracyDistribution: Sendable, Hashable {
  /// One quantile over formats.
  package struct Entry: Sendable, Hashable {
    /// From 0 to 1.
    package let probability: Double
    /// An accuracy from 0 to 1.
    package let accuracy: Double
    /// Its standard error, 0 when every cell was answered.
    package let standardError: Double
  }

  package let entries: [Entry]

  /// The quantiles 5, 25, 50, 75 and 95 % where nothing else is asked for.
  package static let usual: [Double] = [0.05, 0.25, 0.5, 0.75, 0.95]

  private static let groups = 10

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
    guard let whole = Self.fit(matrix, atoms, probabilities, seed, leavingOut: nil) else {
      return nil
    }
    let asked = (0..<matrix.examples).filter { example in
      (0..<matrix.arms).contains { matrix[$0, example] != ResponseMatrix.missing }
    }
    let groups = min(Self.groups, asked.count)
    var parts: [[Double]] = []
    if groups > 1, !matrix.isComplete {
      for group in 0..<groups {
        let left = asked.indices.filter { $0 % groups == group }.map { asked[$0] }
        if let part = Self.fit(matrix, atoms, probabilities, seed, leavingOut: left) {
          parts.append(part)
        }
      }
    }
    // What is seen of all cells is certain.
    let open = 1 - Double(matrix.answered) / Double(matrix.arms * matrix.examples)
    entries = probabilities.indices.map { place in
      let values = parts.map { $0[place] }
      let count = Double(max(1, values.count))
      let mean = values.reduce(0, +) / count
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return Entry(
        probability: probabilities[place], accuracy: whole[place],
        standardError: (open * squares * (count - 1) / count).squareRoot())
    }
  }

  private static func fit(
    _ matrix: ResponseMatrix, _ atoms: [[Int]], _ probabilities: [Double], _ seed: UInt64,
    leavingOut left: [Int]?
  ) -> [Double]? {
    var isLeft = [Bool](repeating: false, count: matrix.examples)
    for example in left ?? [] { isLeft[example] = true }
    var model = ResponseModel(arms: matrix.arms, examples: matrix.examples, atoms: atoms)
    model.averagesUnasked = true
    var answers = 0
    for arm in 0..<matrix.arms {
      for (example, answer) in matrix.row(arm).enumerated()
      where answer != ResponseMatrix.missing && !isLeft[example] {
        model.add(arm: arm, example: example, answer: answer)
        answers += 1
      }
    }
    guard answers > 0 else { return nil }
    model.startAtOverallRate()
    model.fit(passes: 60)
    let flattenings = model.flattenings
    let figures = (0..<matrix.arms).map { model.accuracy(arm: $0, flattenings: flattenings) }
    var generator = SeededGenerator(seed: seed, stream: "accuracy distribution")
    var means = [Double](repeating: 0, count: probabilities.count)
    let draws = 200
    for _ in 0..<draws {
      let drawn = figures.map { figure in
        min(1, max(0, figure.mean + figure.variance.squareRoot() * generator.normal()))
      }
      for (place, value) in (Quantiles.quantiles(probabilities, of: drawn) ?? []).enumerated() {
        means[place] += value / Double(draws)
      }
    }
    return means
  }
}
