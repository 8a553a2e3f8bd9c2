import Prompts
import Runs
package import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// How often answers are right, by the probability that the model gave the chosen option.
///
/// The probability is that of the chosen option among all options, `exp(l) / Σ exp(l)` of the summed
/// log-probabilities. Answers whose scores are only bounds are left out.
package struct ReliabilityTable: Sendable, Hashable {
  package struct Row: Sendable, Hashable {
    /// The mean probability of the chosen option in this tenth.
    package let confidence: Double
    package let right: Int
    package let count: Int

    package var accuracy: Double { Double(right) / Double(count) }
    /// The interval of Wilson, as if the answers were independent.
    package var interval: Interval { Proportions.wilson(successes: right, trials: count) }
  }

  /// Tenths that hold answers, the least sure first.
  package let rows: [Row]

  /// The mean distance between probability and share of right answers, weighted by answers (expected
  /// calibration error; Naeini, Cooper and Hauskrecht, 2015), from 0 to 1.
  package var error: Double {
    let all = rows.reduce(0) { $0 + $1.count }
    return rows.reduce(0.0) {
      $0 + Double($1.count) / Double(all) * abs($1.confidence - $1.accuracy)
    }
  }

  struct Counts {
    var sums = [Double](repeating: 0, count: 10)
    var right = [Int](repeating: 0, count: 10)
    var count = [Int](repeating: 0, count: 10)

    mutating func add(_ record: EvaluationRecord) {
      guard let isCorrect = record.isCorrect, let choice = record.choice, record.scores.count > 1,
        record.scores.indices.contains(choice), record.censored.isEmpty
      else { return }
      let most = record.scores.map(\.logProbability).max() ?? 0
      let total = record.scores.reduce(0.0) { $0 + exp($1.logProbability - most) }
      let sure = exp(record.scores[choice].logProbability - most) / total
      guard sure.isFinite else { return }
      let bin = min(9, Int(sure * 10))
      sums[bin] += sure
      right[bin] += isCorrect ? 1 : 0
      count[bin] += 1
    }
  }

  init?(_ counts: Counts) {
    rows = counts.count.indices.filter { counts.count[$0] > 0 }.map { bin in
      Row(
        confidence: counts.sums[bin] / Double(counts.count[bin]), right: counts.right[bin],
        count: counts.count[bin])
    }
    if rows.isEmpty { return nil }
  }
}
