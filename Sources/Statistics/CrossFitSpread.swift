package import Basics

/// The spread with the luck of its selection taken out.
///
/// The lowest and the highest format are chosen on one half of the examples and their difference is
/// measured on the other half, both ways round, averaged over several random halvings. Each measured
/// difference is unbiased for the chosen pair, which is at most the true spread, so the figure errs
/// on the low side; it may be negative where formats do not differ.
package enum CrossFitSpread {
  /// The mean difference over halvings of a complete or incomplete grid.
  ///
  /// - Parameters:
  ///   - matrix: The answers.
  ///   - halvings: How many random halvings, positive.
  ///   - generator: Fixes the halvings.
  /// - Returns: From −1 to 1; nil when no halving leaves both halves answers of two formats.
  package static func estimate(
    _ matrix: ResponseMatrix, halvings: Int = 20, using generator: inout SeededGenerator
  ) -> Double? {
    precondition(halvings > 0, "a cross-fit halves at least once")
    var sum = 0.0
    var count = 0
    for _ in 0..<halvings {
      let order = generator.permutation(matrix.examples)
      let middle = matrix.examples / 2
      let halves = [means(matrix, order[..<middle]), means(matrix, order[middle...])]
      for (choosing, measuring) in [(0, 1), (1, 0)] {
        let known = (0..<matrix.arms).filter {
          halves[choosing][$0] != nil && halves[measuring][$0] != nil
        }
        guard known.count > 1,
          let low = known.min(by: { value(halves[choosing], $0) < value(halves[choosing], $1) }),
          let high = known.max(by: { value(halves[choosing], $0) < value(halves[choosing], $1) })
        else { continue }
        sum += value(halves[measuring], high) - value(halves[measuring], low)
        count += 1
      }
    }
    return count > 0 ? sum / Double(count) : nil
  }

  private static func value(_ means: [Double?], _ arm: Int) -> Double { means[arm] ?? 0 }

  private static func means(_ matrix: ResponseMatrix, _ examples: ArraySlice<Int>) -> [Double?] {
    (0..<matrix.arms).map { arm in
      var right = 0
      var answered = 0
      for example in examples where matrix[arm, example] != ResponseMatrix.missing {
        right += Int(matrix[arm, example])
        answered += 1
      }
      return answered > 0 ? Double(right) / Double(answered) : nil
    }
  }
}
