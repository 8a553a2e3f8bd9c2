import Foundation

/// The smallest spread that a study of a given size would detect.
///
/// Cochran's Q of K formats on N shared examples is chi-square with K−1 degrees of freedom and, when
/// the formats differ, noncentrality `N·Σ(a_i − ā)²/r`, with r the variance of an answer that neither its
/// format nor its example explains. The hardest case for a given spread is one high and one low
/// format with all others in the middle: `N·spread²/(2r)`.
package enum DetectableSpread {
  /// The spread found with the given power.
  ///
  /// - Parameters:
  ///   - formats: K, at least 2.
  ///   - examples: N, positive.
  ///   - residual: r; 0.11 is typical of real models, 0.25 the most there can be.
  ///   - level: The test's error probability.
  ///   - power: The chance of finding the spread, above `level` and below 1.
  /// - Returns: A spread as a fraction of 1; above 1 means that no spread is detectable.
  package static func spread(
    formats: Int, examples: Int, residual: Double = 0.11, level: Double = 0.05, power: Double = 0.8
  ) -> Double {
    precondition(formats > 1 && examples > 0 && residual > 0, "a study has formats and examples")
    precondition(level > 0 && level < power && power < 1, "probabilities in their order")
    let degrees = formats - 1
    let critical = bisect(0, 10 * Double(degrees) + 100) {
      SpecialFunctions.chiSquareSurvival($0, degreesOfFreedom: degrees) > level
    }
    let noncentrality = bisect(0, 10 * Double(degrees) + 100) {
      noncentralSurvival(critical, degreesOfFreedom: degrees, noncentrality: $0) < power
    }
    return (2 * residual * noncentrality / Double(examples)).squareRoot()
  }

  /// P(X > x) for a noncentral chi-square variable, as a Poisson mixture of central ones.
  package static func noncentralSurvival(
    _ x: Double, degreesOfFreedom: Int, noncentrality: Double
  ) -> Double {
    let half = noncentrality / 2
    if half <= 0 {
      return SpecialFunctions.chiSquareSurvival(x, degreesOfFreedom: degreesOfFreedom)
    }
    let reach = 10 * half.squareRoot() + 20
    let first = max(0, Int(half - reach))
    var sum = 0.0
    for index in first...Int(half + reach) {
      let weight = exp(
        Double(index) * log(half) - half - SpecialFunctions.logGamma(Double(index) + 1))
      sum +=
        weight
        * SpecialFunctions.chiSquareSurvival(x, degreesOfFreedom: degreesOfFreedom + 2 * index)
    }
    return min(1, sum)
  }

  /// The largest argument for which a condition that fails from some point on still holds.
  private static func bisect(
    _ low: Double, _ high: Double, while holds: (Double) -> Bool
  ) -> Double {
    var low = low
    var high = high
    for _ in 0..<60 {
      let middle = 0.5 * (low + high)
      if holds(middle) { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}
