package import Basics

/// The spread of accuracy to expect if formats made no difference: the noise-only spread.
///
/// The highest of many equally good formats beats the lowest by luck alone. Within each example the
/// observed outcomes are dealt to the formats at random, which keeps how hard every example is and
/// removes all differences between formats (the permutation distribution under which Cochran's Q is
/// derived); the spread of each such matrix is kept.
package struct NoiseSpread: Sendable, Hashable {
  package let permutations: Int
  /// The mean spread over the permutations, as a fraction of 1.
  package let mean: Double
  /// The spread that 95 % of the permutations do not exceed, as a fraction of 1 (type 7 quantile).
  package let upper: Double

  /// Permutes a matrix; nil without two formats that have answers.
  ///
  /// Where answers are missing, those of an example are dealt among the formats that answered it.
  ///
  /// - Parameters:
  ///   - matrix: The answers of all formats on all examples.
  ///   - permutations: How many, at least 1.
  ///   - generator: Fixes the permutations.
  /// - Complexity: For each permutation, per example the smaller of its right and wrong answers.
  package init?(
    _ matrix: ResponseMatrix, permutations: Int = 500, using generator: inout SeededGenerator
  ) {
    precondition(permutations > 0, "a noise-only spread needs permutations")
    guard matrix.arms > 1, matrix.examples > 0 else { return nil }
    guard matrix.isComplete else {
      guard let test = ShuffleTest(matrix, shuffles: permutations, using: &generator) else {
        return nil
      }
      self.permutations = permutations
      mean = test.expected
      upper = test.limit
      return
    }
    let arms = matrix.arms
    var rightAnswers = [Int](repeating: 0, count: matrix.examples)
    for arm in 0..<arms {
      for (example, value) in matrix.row(arm).enumerated() { rightAnswers[example] += Int(value) }
    }
    // Examples on which all formats agree add the same to every format. Of the others, the rarer
    // outcome is dealt: as +1 where right is rare; as −1 from a common 1 where wrong is.
    let dealt = rightAnswers.filter { $0 > 0 && $0 < arms }.map { right in
      right <= arms - right ? (count: right, step: Int32(1)) : (arms - right, Int32(-1))
    }
    var deck = (0..<arms).map { Int32($0) }
    var sums = [Int32](repeating: 0, count: arms)
    var spreads: [Double] = []
    spreads.reserveCapacity(permutations)
    for _ in 0..<permutations {
      let range = Self.dealtRange(dealt, deck: &deck, sums: &sums, using: &generator)
      spreads.append(Double(range) / Double(matrix.examples))
    }
    self.permutations = permutations
    mean = spreads.reduce(0, +) / Double(permutations)
    upper = Quantiles.quantile(0.95, of: spreads) ?? 0
  }

  /// Deals every example once and returns highest minus lowest sum.
  private static func dealtRange(
    _ examples: [(count: Int, step: Int32)], deck: inout [Int32], sums: inout [Int32],
    using generator: inout SeededGenerator
  ) -> Int32 {
    let arms = deck.count
    return deck.withUnsafeMutableBufferPointer { deck in
      sums.withUnsafeMutableBufferPointer { sums in
        sums.update(repeating: 0)
        for example in examples {
          // The first cards of a partial Fisher–Yates shuffle are a uniform subset, whatever the
          // order of the deck before.
          for place in 0..<example.count {
            let other = place + generator.below(arms - place)
            let card = deck[other]
            deck[other] = deck[place]
            deck[place] = card
            sums[Int(card)] &+= example.step
          }
        }
        return (sums.max() ?? 0) - (sums.min() ?? 0)
      }
    }
  }
}
