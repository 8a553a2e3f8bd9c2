package import Basics
import Statistics

/// How much of what was seen is the format and how much is noise.
///
/// Computed on the examples that all compared formats answered; nil values could not be computed.
package struct FormatEffect: Sendable, Hashable {
  package let formats: Int
  package let examples: Int
  /// Shares of the variance of one answer, from 0 to 1, that add up to 1; nil without variance.
  package let shares: Shares?
  /// The spread measured on examples other than those that chose the two formats; may be negative.
  package let crossFitSpread: Double?
  /// The spread scaled to the part of the formats' variance that is not noise.
  package let scaledSpread: Double
  /// The correlation of two halves of the examples, stepped up to the whole.
  package let reliability: Double?
  /// The spread that a study of this size finds with a chance of 80 %; nil where no answers differ, and
  /// where even a spread of 1 would be missed.
  package let detectableSpread: Double?

  package struct Shares: Sendable, Hashable {
    package let format: Double
    package let example: Double
    package let rest: Double
  }

  package static let power = 0.8

  /// - Returns: nil unless the grid is complete and has two formats and two examples.
  init?(_ matrix: ResponseMatrix, seed: UInt64, name: String) {
    guard let variances = VarianceShares(matrix), let spread = matrix.spread else { return nil }
    formats = matrix.arms
    examples = matrix.examples
    let total = variances.format + variances.example + variances.rest
    shares =
      total > 0
      ? Shares(
        format: variances.format / total, example: variances.example / total,
        rest: variances.rest / total) : nil
    scaledSpread = variances.corrected(spread: spread)
    var halvings = SeededGenerator(seed: seed, stream: "halvings of \(name)")
    crossFitSpread = CrossFitSpread.estimate(matrix, using: &halvings)
    reliability = SplitHalf.reliability(matrix, using: &halvings)
    if variances.rest > 0 {
      let figure = DetectableSpread.spread(
        formats: matrix.arms, examples: matrix.examples, residual: variances.rest,
        level: FormatTest.level, power: Self.power)
      detectableSpread = figure < 1 ? figure : nil
    } else {
      detectableSpread = nil
    }
  }

  package var json: JSON {
    .members([
      "formats": .integer(formats), "examples": .integer(examples),
      "variance_shares": shares.map {
        .members([
          "format": .fraction($0.format), "example": .fraction($0.example),
          "rest": .fraction($0.rest),
        ])
      } ?? .null,
      "spread_cross_fit": .fraction(crossFitSpread), "spread_scaled": .fraction(scaledSpread),
      "split_half_reliability": .fraction(reliability),
      "detectable_spread": .fraction(detectableSpread),
    ])
  }
}
