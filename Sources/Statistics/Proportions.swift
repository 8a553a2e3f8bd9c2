/// Confidence intervals for one proportion whose number of trials was fixed in advance.
///
/// Both are invalid when the number of trials depended on the outcomes (adaptive stopping).
package enum Proportions {
  /// The score interval of Wilson (1927), without continuity correction.
  ///
  /// `(p̂ + z²/2n ± z·√(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n)`.
  ///
  /// - Parameters:
  ///   - successes: From 0 to `trials`.
  ///   - trials: Not negative.
  ///   - confidence: Strictly between 0 and 1.
  /// - Returns: The interval; `0...1` without trials.
  package static func wilson(
    successes: Int, trials: Int, confidence: Double = 0.95
  ) -> Interval {
    check(successes, trials, confidence)
    guard trials > 0 else { return Interval(0, 1) }
    let z = SpecialFunctions.normalQuantile(0.5 + confidence / 2)
    let n = Double(trials)
    let rate = Double(successes) / n
    let scale = 1 + z * z / n
    let center = (rate + z * z / (2 * n)) / scale
    let half = z * (rate * (1 - rate) / n + z * z / (4 * n * n)).squareRoot() / scale
    return Interval(
      successes == 0 ? 0 : max(0, center - half), successes == trials ? 1 : min(1, center + half))
  }

  /// The exact interval of Clopper and Pearson (1934), from quantiles of the beta distribution.
  ///
  /// `[B⁻¹(α/2; s, n−s+1), B⁻¹(1−α/2; s+1, n−s)]`, with 0 at `s = 0` and 1 at `s = n`.
  ///
  /// - Parameters:
  ///   - successes: From 0 to `trials`.
  ///   - trials: Not negative.
  ///   - confidence: Strictly between 0 and 1.
  /// - Returns: The interval; `0...1` without trials.
  package static func clopperPearson(
    successes: Int, trials: Int, confidence: Double = 0.95
  ) -> Interval {
    check(successes, trials, confidence)
    let tail = (1 - confidence) / 2
    let s = Double(successes)
    let n = Double(trials)
    return Interval(
      successes == 0 ? 0 : SpecialFunctions.betaQuantile(tail, s, n - s + 1),
      successes == trials ? 1 : SpecialFunctions.betaQuantile(1 - tail, s + 1, n - s))
  }

  private static func check(_ successes: Int, _ trials: Int, _ confidence: Double) {
    precondition(trials >= 0 && (0...trials).contains(successes), "successes are among the trials")
    precondition(confidence > 0 && confidence < 1, "a confidence lies strictly between 0 and 1")
  }
}
