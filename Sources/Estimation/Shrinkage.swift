package import Statistics

/// Accuracies of formats pulled towards their common mean by as much as sampling noise explains.
///
/// Raw extremes of few examples are lucky examples. The empirical-Bayes figure of a format is
/// `m + w·(a − m)` with `w = V / (V + s²/n)`: V the variance of the formats' true accuracies, s² the
/// residual variance of one answer, n its answers (Efron and Morris, 1975). V is estimated by
/// moments: the variance of the observed means less the mean of their noise.
package struct Shrinkage: Sendable, Hashable {
  /// The mean to which figures are pulled.
  package let center: Double
  /// Estimated variance of true accuracies over formats; 0 where nothing but noise is seen.
  package let variance: Double
  /// Estimated variance of one answer around its format's accuracy.
  package let residual: Double

  /// Estimates from the arms that have answers; nil without any.
  ///
  /// - Parameter matrix: The answers so far; an arm whose every example is seen has no noise left.
  package init?(_ matrix: ResponseMatrix) {
    let seen = (0..<matrix.arms).filter { matrix.trials[$0] > 0 }
    guard !seen.isEmpty else { return nil }
    let answers = seen.reduce(0) { $0 + matrix.trials[$1] }
    let right = seen.reduce(0) { $0 + matrix.successes[$1] }
    // One pseudo-answer on each side keeps the variance of an all-right beginning positive.
    let rate = (Double(right) + 1) / (Double(answers) + 2)
    residual = rate * (1 - rate)
    center = Double(right) / Double(answers)
    var squares = 0.0
    var noise = 0.0
    var weights = 0.0
    for arm in seen {
      let n = Double(matrix.trials[arm])
      let deviation = Double(matrix.successes[arm]) / n - center
      let share = Shrinkage.unseenShare(n, of: matrix.examples)
      squares += n * deviation * deviation
      noise += residual * share
      weights += n
    }
    let scale = Double(seen.count) > 1 ? Double(seen.count) / Double(seen.count - 1) : 1
    variance = seen.count > 1 ? max(0, (squares * scale - noise) / weights) : 0
  }

  /// The shrunk accuracy of an arm, equal to its mean once every example is seen.
  package func accuracy(_ arm: Int, in matrix: ResponseMatrix) -> Double {
    guard let mean = matrix.mean(arm) else { return center }
    let n = Double(matrix.trials[arm])
    let noise = residual / n * Shrinkage.unseenShare(n, of: matrix.examples)
    guard variance + noise > 0 else { return mean }
    return center + variance / (variance + noise) * (mean - center)
  }

  /// The finite-population correction `1 − n/N`: no noise is left when all examples are seen.
  private static func unseenShare(_ n: Double, of examples: Int) -> Double {
    max(0, 1 - n / Double(examples))
  }
}

extension Observations {
  /// The raw extremes with shrunk figures.
  package var shrunkPicks: SearchPicks? {
    guard let (lowest, highest) = rawExtremes, let model = Shrinkage(matrix) else { return nil }
    return SearchPicks(
      lowest: lowest, highest: highest, lowestAccuracy: model.accuracy(lowest, in: matrix),
      highestAccuracy: model.accuracy(highest, in: matrix))
  }

  /// The named arms with their raw means.
  package func rawPicks(lowest: Int, highest: Int) -> SearchPicks? {
    guard let low = matrix.mean(lowest), let high = matrix.mean(highest) else { return nil }
    return SearchPicks(
      lowest: lowest, highest: highest, lowestAccuracy: low, highestAccuracy: high)
  }
}
