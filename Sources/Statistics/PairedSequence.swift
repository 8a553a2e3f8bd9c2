import Foundation

/// A lower bound on the difference of two accuracies that holds at every moment at once.
///
/// Betting on paired answers (Waudby-Smith and Ramdas, 2024, section 5): with `x = (d+1)/2` for the
/// difference d ∈ {−1, 0, 1} of the two answers on one example, the capital
/// `Π (1 + λ_t (x_t − m_t))` is a nonnegative martingale where the mean of x is m; all m at which
/// it has reached 1/α are excluded. Without replacement `m_t = (N·m − Σ x) / (N − t + 1)`. The bets
/// depend on the past only. Examples on which both answers agree cost nothing, so correlated formats
/// are told apart much sooner than by two separate intervals.
package enum PairedSequence {
  /// The largest difference that is excluded from below.
  ///
  /// - Parameters:
  ///   - differences: First minus second answer on each shared example, in the random order.
  ///   - size: All examples of the set, at least as many as differences.
  ///   - alpha: The error probability over all times together, strictly between 0 and 1.
  ///   - target: What the bound is about.
  /// - Returns: A bound from −1 to 1; the difference itself when all of these examples are seen.
  package static func lowerBound(
    _ differences: [Int8], of size: Int, alpha: Double, target: IntervalTarget
  ) -> Double {
    precondition(differences.count <= size, "no more differences than examples")
    precondition(alpha > 0 && alpha < 1, "an error probability lies strictly between 0 and 1")
    let sum = differences.reduce(0) { $0 + Int($1) }
    var least = -1.0
    if target == .theseExamples {
      if differences.count == size { return Double(sum) / Double(max(1, size)) }
      // All that is not seen could speak for the second.
      least = Double(sum - (size - differences.count)) / Double(size)
    }
    guard !differences.isEmpty else { return least }
    let population = target == .theseExamples ? size : nil
    let goal = 1 / alpha
    let stakes = Stakes.shares(size)
    var inside = Double(sum) / Double(differences.count)
    if excludes(inside, differences, population, goal, stakes) { return inside }
    var out = least
    // The end outside is the safe one, so a thousandth is precise enough.
    for _ in 0..<11 {
      let middle = 0.5 * (inside + out)
      if excludes(middle, differences, population, goal, stakes) {
        out = middle
      } else {
        inside = middle
      }
    }
    return max(least, out)
  }

  /// Whether a difference lies below the bound, which is found faster than the bound itself.
  ///
  /// The parameters are those of ``lowerBound(_:of:alpha:target:)``.
  package static func isExcluded(
    _ value: Double, by differences: [Int8], of size: Int, alpha: Double, target: IntervalTarget
  ) -> Bool {
    if target == .theseExamples, differences.count == size {
      return value < Double(differences.reduce(0) { $0 + Int($1) }) / Double(max(1, size))
    }
    return excludes(
      value, differences, target == .theseExamples ? size : nil, 1 / alpha, Stakes.shares(size))
  }

  /// Whether the mean capital against the difference `value` has reached the goal at some time.
  ///
  /// The capital falls as the tested value rises, so the excluded values are all below a bound.
  private static func excludes(
    _ value: Double, _ differences: [Int8], _ population: Int?, _ goal: Double, _ stakes: [Double]
  ) -> Bool {
    let mean = (value + 1) / 2
    if mean <= 0 { return true }
    var capitals = [Double](repeating: 1, count: stakes.count)
    var sum = 0.0
    let target = goal * Double(stakes.count)
    for (index, difference) in differences.enumerated() {
      var expected = mean
      if let population {
        expected = (Double(population) * mean - sum) / Double(population - index)
        // The answers so far are already more than this mean allows.
        if expected < 0 { return true }
        if expected > 1 { return false }
      }
      let x = (Double(difference) + 1) / 2
      sum += x
      guard expected > 0 else { return x > 0 }
      let gain = x / expected - 1
      var total = 0.0
      for stake in stakes.indices {
        capitals[stake] *= 1 + stakes[stake] * gain
        total += capitals[stake]
      }
      if total >= target { return true }
    }
    return false
  }
}
