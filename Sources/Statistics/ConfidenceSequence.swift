import Foundation

/// What an interval makes a statement about.
package enum IntervalTarget: String, Sendable, Hashable, CaseIterable {
  /// The accuracy on exactly these examples; nothing is uncertain once all are seen.
  case theseExamples = "these formats on these examples"
  /// The accuracy on the population from which the examples were drawn.
  case population = "these formats on the population of examples"
}

/// An interval for one accuracy that holds at every moment at once, however the stopping is chosen.
///
/// Prior–posterior-ratio confidence sequence (Waudby-Smith and Ramdas, 2020) with the beta prior
/// Beta(½, ½): all accuracies whose likelihood is at least α times the prior's average likelihood.
/// The examples must come in random order; for ``IntervalTarget/theseExamples`` they are drawn without
/// replacement from a finite set, and the interval shrinks to a point at its end.
package enum ConfidenceSequence {
  private static let a = 0.5
  private static let b = 0.5

  /// The interval after `trials` of `size` examples in random order.
  ///
  /// - Parameters:
  ///   - successes: Right answers so far, from 0 to `trials`.
  ///   - trials: Examples so far, from 0 to `size`.
  ///   - size: All examples of the set.
  ///   - alpha: The error probability over all times together, strictly between 0 and 1.
  ///   - target: What the interval is about.
  /// - Returns: An interval inside `0...1` that contains the share of right answers.
  package static func interval(
    successes: Int, trials: Int, of size: Int, alpha: Double, target: IntervalTarget
  ) -> Interval {
    precondition(0 <= successes && successes <= trials && trials <= size, "counts are in order")
    precondition(alpha > 0 && alpha < 1, "an error probability lies strictly between 0 and 1")
    if trials == 0 { return Interval(0, 1) }
    switch target {
    case .theseExamples: return finite(successes, trials, size, alpha)
    case .population: return infinite(successes, trials, alpha)
    }
  }

  /// The interval of a format that was also asked examples beyond a gap in the random order.
  ///
  /// Only the answers of the beginning are a random sample; the others were asked for a reason and are
  /// no more than certain knowledge of their own examples.
  ///
  /// - Parameters:
  ///   - format: Its row.
  ///   - answers: Columns are examples in the random order.
  ///   - alpha: The error probability over all times together, strictly between 0 and 1.
  ///   - target: What the interval is about.
  /// - Returns: An interval inside `0...1`.
  package static func interval(
    of format: Int, in answers: ResponseMatrix, alpha: Double, target: IntervalTarget
  ) -> Interval {
    let size = answers.examples
    let beginning = answers.beginning(format)
    let sequence = interval(
      successes: beginning.right, trials: beginning.asked, of: size, alpha: alpha, target: target)
    guard target == .theseExamples else { return sequence }
    let right = answers.successes[format]
    let wrong = answers.trials[format] - right
    let least = Double(right) / Double(max(1, size))
    let most = Double(size - wrong) / Double(max(1, size))
    let lower = max(sequence.lower, least)
    let upper = min(sequence.upper, most)
    // Where the two contradict, the sequence has failed, and what was seen is certain.
    return lower <= upper ? Interval(lower, upper) : Interval(least, most)
  }

  /// The logarithm of the prior's average likelihood of this sequence of answers.
  private static func logEvidence(_ right: Int, _ wrong: Int) -> Double {
    SpecialFunctions.logBeta(a + Double(right), b + Double(wrong)) - SpecialFunctions.logBeta(a, b)
  }

  private static func finite(_ s: Int, _ n: Int, _ size: Int, _ alpha: Double) -> Interval {
    if n == size { return Interval(Double(s) / Double(size), Double(s) / Double(size)) }
    let wrong = n - s
    // The evidence of a sequence drawn without replacement from a beta-binomial set is the same as
    // that of independent draws, because such a set is exchangeable.
    let threshold = log(alpha) + logEvidence(s, wrong)
    let constant = logFalling(size, n)
    func isInside(_ right: Int) -> Bool {
      logFalling(right, s) + logFalling(size - right, wrong) - constant > threshold
    }
    let lowest = s
    let highest = size - wrong
    let mode = min(highest, max(lowest, Int((Double(s) / Double(n) * Double(size)).rounded())))
    // The likelihood is log-concave in the number of right answers, so both ends are bisected.
    var out = lowest - 1
    var inside = mode
    while inside - out > 1 {
      let middle = (inside + out) / 2
      if isInside(middle) { inside = middle } else { out = middle }
    }
    let lower = inside
    out = highest + 1
    inside = mode
    while out - inside > 1 {
      let middle = (inside + out) / 2
      if isInside(middle) { inside = middle } else { out = middle }
    }
    return Interval(Double(lower) / Double(size), Double(inside) / Double(size))
  }

  /// log(m · (m−1) ⋯ (m−k+1)).
  private static func logFalling(_ m: Int, _ k: Int) -> Double {
    SpecialFunctions.logGamma(Double(m) + 1) - SpecialFunctions.logGamma(Double(m - k) + 1)
  }

  private static func infinite(_ s: Int, _ n: Int, _ alpha: Double) -> Interval {
    let right = Double(s)
    let wrong = Double(n - s)
    let threshold = log(alpha) + logEvidence(s, n - s)
    func isInside(_ p: Double) -> Bool {
      (s == 0 ? 0 : right * log(p)) + (s == n ? 0 : wrong * log1p(-p)) > threshold
    }
    let mode = right / Double(n)
    return Interval(
      s == 0 ? 0 : edge(from: mode, to: 0, isInside), s == n ? 1 : edge(from: mode, to: 1, isInside)
    )
  }

  private static func edge(from: Double, to: Double, _ isInside: (Double) -> Bool) -> Double {
    var inside = from
    var out = to
    for _ in 0..<60 {
      let middle = 0.5 * (inside + out)
      if isInside(middle) { inside = middle } else { out = middle }
    }
    // The end outside is the safe one.
    return out
  }
}
