/// Intervals for every format, the lowest, the highest and the spread, all true at once.
///
/// Some ends have to survive a choice among many formats, others do not. A claim that a format is *at
/// least* so high becomes a claim about the highest by taking the best of K bounds, so each of the K has
/// to be true: they share a fifth of α (``ConfidenceSequence``), and the K(K−1) paired differences
/// (``PairedSequence``), of which the best is taken too, share a tenth; the leaders' bound
/// (``LeaderSequence``), which pays for no choice, has a fifth. A claim that nothing is *higher*
/// takes the weakest of all bounds, and that of the true highest format is among them: it fails only
/// where the bounds of this one format fail (an intersection–union test; Berger, 1982). So no
/// correction for many formats is needed there, and the true pair has the rest: three tenths of α for
/// its paired difference, a tenth for either of its two formats. Which formats the true pair is does
/// not depend on the data, and all bounds hold at all times together, so the search may choose what it
/// likes.
///
/// Sequences use the answers that a format has without a gap from the beginning of the random example
/// order; answers beyond a gap were asked for a reason and only bound what is left unseen.
package struct SpreadInterval: Sendable, Hashable {
  package let target: IntervalTarget
  package let confidence: Double
  /// One interval a format, in their order.
  package let formats: [Interval]
  /// The accuracy of the lowest format, whichever it is.
  package let lowest: Interval
  /// The accuracy of the highest format, whichever it is.
  package let highest: Interval
  /// Highest minus lowest.
  package let spread: Interval
  /// The spread's interval by Bonferroni's correction of separate intervals, each at α/K, for comparison.
  package let separateSpread: Interval

  /// Intervals from answers whose columns are in the random order in which examples were asked.
  ///
  /// - Parameters:
  ///   - matrix: The answers; column 0 is the example that was first in the random order.
  ///   - confidence: Strictly between 0 and 1, for all statements together.
  ///   - target: What the intervals are about.
  /// - Precondition: The matrix has at least one arm.
  package init(
    _ matrix: ResponseMatrix, confidence: Double = 0.95, target: IntervalTarget = .theseExamples
  ) {
    precondition(matrix.arms > 0, "a spread needs formats")
    let alpha = 1 - confidence
    let arms = matrix.arms
    let evidence = Evidence(matrix, target)
    let all = evidence.intervals(0.2 * alpha / Double(arms))
    let one = evidence.intervals(0.1 * alpha)
    let pairs = PairedBounds(
      evidence: evidence, all: all, one: one,
      lowerAlpha: 0.1 * alpha / Double(max(1, arms * (arms - 1))), upperAlpha: 0.3 * alpha)
    self.target = target
    self.confidence = confidence
    formats = all
    // Both kinds hold together with the confidence asked for, so where they cross, one has failed.
    lowest = Self.ordered(one.map(\.lower).min() ?? 0, all.map(\.upper).min() ?? 1)
    highest = Self.ordered(all.map(\.lower).max() ?? 0, one.map(\.upper).max() ?? 1)
    separateSpread = Self.range(evidence.intervals(alpha / Double(arms)))
    let lower = max(
      Self.range(all).lower, pairs.lower(), evidence.leadersBound(0.2 * alpha))
    spread = Self.ordered(lower, pairs.upper())
  }

  private static func ordered(_ lower: Double, _ upper: Double) -> Interval {
    Interval(lower, max(lower, upper))
  }

  private static func range(_ intervals: [Interval]) -> Interval {
    let lowers = intervals.map(\.lower)
    let uppers = intervals.map(\.upper)
    let lower = max(0, (lowers.max() ?? 0) - (uppers.min() ?? 1))
    return Interval(lower, max(lower, (uppers.max() ?? 1) - (lowers.min() ?? 0)))
  }
}

/// The answers, and how many of each arm come before its first gap.
private struct Evidence {
  let matrix: ResponseMatrix
  let target: IntervalTarget
  let prefix: [Int]

  init(_ matrix: ResponseMatrix, _ target: IntervalTarget) {
    self.matrix = matrix
    self.target = target
    prefix = (0..<matrix.arms).map { matrix.beginning($0).asked }
  }

  func intervals(_ alpha: Double) -> [Interval] {
    (0..<matrix.arms).map { arm in
      ConfidenceSequence.interval(of: arm, in: matrix, alpha: alpha, target: target)
    }
  }

  /// A bound on the spread from the examples that all formats have before any gap.
  func leadersBound(_ alpha: Double) -> Double {
    let shared = prefix.min() ?? 0
    return LeaderSequence.lowerBound(
      (0..<matrix.arms).map { matrix.row($0).prefix(shared) }, of: matrix.examples, alpha: alpha,
      target: target)
  }

  /// First minus second answer on the examples that both have before any gap.
  func differences(_ first: Int, _ second: Int) -> [Int8] {
    let shared = min(prefix[first], prefix[second])
    return zip(matrix.row(first).prefix(shared), matrix.row(second).prefix(shared)).map {
      Int8($0) - Int8($1)
    }
  }
}

/// Bounds on the spread from paired answers.
private struct PairedBounds {
  let evidence: Evidence
  /// Intervals that are true for all formats together.
  let all: [Interval]
  /// Intervals of which the true lowest's and the true highest's are true.
  let one: [Interval]
  let lowerAlpha: Double
  let upperAlpha: Double

  /// Pairs whose upper bound is computed at most; beyond, the separate intervals stand.
  private static let mostPairs = 30_000
  /// Formats at each end among which pairs are tried for the lower bound.
  private static let candidates = 4

  /// The largest lower bound over pairs at the ends.
  func lower() -> Double {
    let middles = all.map { ($0.lower + $0.upper) / 2 }
    let order = middles.indices.sorted { (middles[$0], $0) < (middles[$1], $1) }
    var best = 0.0
    for low in order.prefix(Self.candidates) {
      for high in order.suffix(Self.candidates) where high != low {
        let differences = evidence.differences(high, low)
        if differences.isEmpty { continue }
        let bound = PairedSequence.lowerBound(
          differences, of: evidence.matrix.examples, alpha: lowerAlpha, target: evidence.target)
        best = max(best, bound)
      }
    }
    return best
  }

  /// The largest upper bound over all pairs; those that might hold the largest come first.
  func upper() -> Double {
    let arms = one.indices
    let highs = arms.sorted { (one[$0].upper, $1) > (one[$1].upper, $0) }
    let lows = arms.sorted { (one[$0].lower, $0) < (one[$1].lower, $1) }
    // A frontier through the sorted lists visits pairs in order of their separate upper bounds.
    var column = Array(repeating: 0, count: highs.count)
    var largest = 0.0
    for _ in 0..<Self.mostPairs {
      guard let next = nextPair(highs, lows, column), next.bound > largest else { return largest }
      let high = highs[next.row]
      let low = lows[column[next.row]]
      column[next.row] += 1
      if high != low { largest = max(largest, min(next.bound, upper(high, low, beyond: largest))) }
    }
    return max(largest, nextPair(highs, lows, column)?.bound ?? 0)
  }

  /// The upper bound on `high` minus `low`, or any figure up to `least` when it is not beyond that.
  private func upper(_ high: Int, _ low: Int, beyond least: Double) -> Double {
    let differences = evidence.differences(low, high)
    if differences.isEmpty { return 1 }
    let size = evidence.matrix.examples
    if PairedSequence.isExcluded(
      -least, by: differences, of: size, alpha: upperAlpha, target: evidence.target)
    {
      return least
    }
    return -PairedSequence.lowerBound(
      differences, of: size, alpha: upperAlpha, target: evidence.target)
  }

  /// The pair with the largest separate upper bound among those not visited yet.
  private func nextPair(
    _ highs: [Int], _ lows: [Int], _ column: [Int]
  ) -> (row: Int, bound: Double)? {
    var next: (row: Int, bound: Double)?
    for row in highs.indices {
      if column[row] < lows.count {
        let bound = one[highs[row]].upper - one[lows[column[row]]].lower
        if next.map({ bound > $0.bound }) ?? true { next = (row, bound) }
      }
      // Rows below the first that has not begun cannot beat it.
      if column[row] == 0 { break }
    }
    return next
  }
}
