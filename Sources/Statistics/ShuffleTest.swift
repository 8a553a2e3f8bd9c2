package import Basics

/// How large a spread chance alone would show, and what is left of the observed one.
///
/// Under no difference between formats, the answers of one example are exchangeable over the formats
/// that answered it. Shuffling them within each example (a permutation test that keeps every
/// example's difficulty) gives the distribution of the spread from noise alone, exactly in the sense of
/// Fisher and Pitman, and incomplete grids need no special treatment as long as what was asked did
/// not depend on the answers.
package struct ShuffleTest: Sendable, Hashable {
  /// Highest minus lowest raw accuracy as observed.
  package let observed: Double
  /// Mean spread over the shuffles: what to expect where formats make no difference.
  package let expected: Double
  /// The spread that noise alone exceeds with a chance of 1 − confidence.
  package let limit: Double
  /// The share of shuffles, with the observed one, whose spread is at least the observed.
  package let pValue: Double

  /// Shuffles the answers within examples; arms without answers are left out, and nil comes back when
  /// fewer than two have any.
  ///
  /// - Parameters:
  ///   - matrix: The answers.
  ///   - shuffles: How many, positive.
  ///   - confidence: For the limit, strictly between 0 and 1.
  ///   - generator: Fixes the shuffles.
  package init?(
    _ matrix: ResponseMatrix, shuffles: Int = 1000, confidence: Double = 0.95,
    using generator: inout SeededGenerator
  ) {
    precondition(shuffles > 0, "a permutation test shuffles")
    let arms = (0..<matrix.arms).filter { matrix.trials[$0] > 0 }
    guard arms.count > 1 else { return nil }
    let columns = Column.all(matrix, arms)
    let trials = arms.map { Double(matrix.trials[$0]) }
    let fixed = arms.indices.map { place in
      matrix.successes[arms[place]] - columns.count { $0.right.contains(place) }
    }
    let seen = spread(arms.indices.map { matrix.successes[arms[$0]] }, trials)
    var draws: [Double] = []
    for _ in 0..<shuffles {
      var right = fixed
      for column in columns { column.deal(&right, using: &generator) }
      draws.append(spread(right, trials))
    }
    observed = seen
    expected = draws.reduce(0, +) / Double(shuffles)
    limit = Quantiles.quantile(confidence, of: draws) ?? 0
    // Equal spreads may differ in the last digit when divided in another order.
    pValue = Double(draws.count { $0 >= seen - 1e-12 } + 1) / Double(shuffles + 1)
  }
}

private func spread(_ right: [Int], _ trials: [Double]) -> Double {
  var low = Double.infinity
  var high = -Double.infinity
  for (count, total) in zip(right, trials) {
    let mean = Double(count) / total
    low = min(low, mean)
    high = max(high, mean)
  }
  return high - low
}

/// An example on which formats disagree: who answered it and who was right.
private struct Column {
  /// Positions of the arms that answered.
  let answered: [Int]
  let right: [Int]

  static func all(_ matrix: ResponseMatrix, _ arms: [Int]) -> [Column] {
    (0..<matrix.examples).compactMap { example in
      let answered = arms.indices.filter { matrix[arms[$0], example] != ResponseMatrix.missing }
      let right = answered.filter { matrix[arms[$0], example] == 1 }
      // Where all agree, a shuffle changes nothing.
      return right.isEmpty || right.count == answered.count
        ? nil : Column(answered: answered, right: right)
    }
  }

  /// Gives the right answers to a random choice of those who answered.
  func deal(_ counts: inout [Int], using generator: inout SeededGenerator) {
    var open = answered
    for taken in right.indices {
      let pick = taken + generator.below(open.count - taken)
      open.swapAt(taken, pick)
      counts[open[taken]] += 1
    }
  }
}
