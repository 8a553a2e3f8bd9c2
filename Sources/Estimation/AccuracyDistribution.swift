import Basics
package import Statistics

/// The distribution of accuracy over formats, estimated from few answers.
///
/// The ``ResponseModel`` gives each format a mean and a variance of its accuracy on all examples. The
/// estimate is the mixture of these normal distributions: raw accuracies of few answers are too
/// widely spread by their noise, posterior means too narrowly, and the mixture has the variance that
/// the model believes in. Intervals are quantiles over draws of all accuracies at once.
package struct AccuracyDistribution: Sendable, Hashable {
  /// One quantile over formats with its interval.
  package struct Entry: Sendable, Hashable {
    /// From 0 to 1.
    package let probability: Double
    /// An accuracy from 0 to 1.
    package let accuracy: Double
    package let interval: Interval
  }

  package let entries: [Entry]
  package let confidence: Double

  /// The quantiles 5, 25, 50, 75 and 95 % where nothing else is asked for.
  package static let usual: [Double] = [0.05, 0.25, 0.5, 0.75, 0.95]

  /// Fits the model to what was answered; nil comes back when nothing was.
  ///
  /// - Parameters:
  ///   - matrix: The answers.
  ///   - atoms: For each arm the value of each attribute as a number from 0; empty without atoms.
  ///   - probabilities: Which quantiles, each from 0 to 1.
  ///   - confidence: Strictly between 0 and 1.
  ///   - seed: Fixes the draws.
  package init?(
    _ matrix: ResponseMatrix, atoms: [[Int]] = [], probabilities: [Double] = usual,
    confidence: Double = 0.95, seed: UInt64 = 0
  ) {
    guard matrix.answered > 0 else { return nil }
    var model = ResponseModel(arms: matrix.arms, examples: matrix.examples, atoms: atoms)
    for arm in 0..<matrix.arms {
      for (example, answer) in matrix.row(arm).enumerated() where answer != ResponseMatrix.missing {
        model.add(arm: arm, example: example, answer: answer)
      }
    }
    model.startAtOverallRate()
    model.fit(passes: 60)
    let flattenings = model.flattenings
    let figures = (0..<matrix.arms).map { model.accuracy(arm: $0, flattenings: flattenings) }
    var generator = SeededGenerator(seed: seed, stream: "accuracy distribution")
    var draws: [[Double]] = []
    for _ in 0..<400 {
      let drawn = figures.map { figure in
        min(1, max(0, figure.mean + figure.variance.squareRoot() * generator.normal()))
      }
      draws.append(Quantiles.quantiles(probabilities, of: drawn) ?? [])
    }
    let tail = (1 - confidence) / 2
    self.confidence = confidence
    entries = probabilities.indices.compactMap { place in
      let values = draws.map { $0[place] }
      guard let ends = Quantiles.quantiles([tail, 1 - tail], of: values) else { return nil }
      return Entry(
        probability: probabilities[place],
        accuracy: values.reduce(0, +) / Double(values.count), interval: Interval(ends[0], ends[1]))
    }
  }
}
