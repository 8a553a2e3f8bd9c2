package import Basics

/// How well one half of the examples orders the formats as the other half does.
///
/// The correlation r over formats of their accuracies on two random halves of the examples, stepped up to
/// the whole by `2r/(1+r)` (Spearman, 1910; Brown, 1910), averaged over several halvings. Near 1 the
/// differences between formats are real; at 0 or below they are noise, and the figure of so few examples
/// says nothing about formats.
package enum SplitHalf {
  /// The mean stepped-up correlation.
  ///
  /// - Parameters:
  ///   - matrix: The answers; a format takes part in a halving where it has answers in both halves.
  ///   - halvings: How many, positive.
  ///   - generator: Fixes the halvings.
  /// - Returns: At most 1, and negative where halves disagree; nil when no halving has two formats
  ///   that differ in both halves.
  package static func reliability(
    _ matrix: ResponseMatrix, halvings: Int = 20, using generator: inout SeededGenerator
  ) -> Double? {
    precondition(halvings > 0, "a reliability halves at least once")
    var sum = 0.0
    var count = 0
    for _ in 0..<halvings {
      let order = generator.permutation(matrix.examples)
      let middle = matrix.examples / 2
      let first = means(matrix, order[..<middle])
      let second = means(matrix, order[middle...])
      let pairs = zip(first, second).compactMap { a, b in a.flatMap { a in b.map { (a, $0) } } }
      guard let r = correlation(pairs) else { continue }
      // A correlation of −1 would step up to minus infinity.
      sum += max(-1, 2 * r / max(0.01, 1 + r))
      count += 1
    }
    return count > 0 ? sum / Double(count) : nil
  }

  /// The stepped-up correlation of two given halves; nil when either is constant.
  package static func reliability(
    _ matrix: ResponseMatrix, first: [Int], second: [Int]
  ) -> Double? {
    let pairs = zip(means(matrix, first[...]), means(matrix, second[...])).compactMap { a, b in
      a.flatMap { a in b.map { (a, $0) } }
    }
    return correlation(pairs).map { 2 * $0 / (1 + $0) }
  }

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

  /// Pearson's correlation; nil for fewer than two pairs or a constant side.
  private static func correlation(_ pairs: [(Double, Double)]) -> Double? {
    let n = Double(pairs.count)
    guard pairs.count > 1 else { return nil }
    let a = pairs.reduce(0) { $0 + $1.0 } / n
    let b = pairs.reduce(0) { $0 + $1.1 } / n
    var sums = (aa: 0.0, bb: 0.0, ab: 0.0)
    for pair in pairs {
      sums.aa += (pair.0 - a) * (pair.0 - a)
      sums.bb += (pair.1 - b) * (pair.1 - b)
      sums.ab += (pair.0 - a) * (pair.1 - b)
    }
    guard sums.aa > 1e-12, sums.bb > 1e-12 else { return nil }
    return sums.ab / (sums.aa * sums.bb).squareRoot()
  }
}
