import Basics
import Foundation
package import Statistics

/// Many runs of one search against known answers, to compare searches without asking a model.
///
/// Every trial puts the examples in another random order (the same orders for every search with the
/// same seed). Missing cells of the matrix count as failed.
package struct Replay: Sendable {
  package let matrix: ResponseMatrix
  package let trials: Int
  package let seed: UInt64

  /// - Precondition: `trials` is positive.
  package init(_ matrix: ResponseMatrix, trials: Int = 30, seed: UInt64 = 0) {
    precondition(trials > 0, "a replay has trials")
    self.matrix = matrix
    self.trials = trials
    self.seed = seed
  }

  /// Highest minus lowest accuracy over all formats on all examples.
  package var trueSpread: Double {
    let means = matrix.means.compactMap { $0 }
    return (means.max() ?? 0) - (means.min() ?? 0)
  }

  /// What one search achieves.
  ///
  /// - Parameter settings: The search; its seed is replaced by one for each trial.
  /// - Returns: Averages over the trials, as fractions of 1.
  package func run(_ settings: SearchSettings) -> ReplayResult {
    let truth = trueSpread
    var orders = SeededGenerator(seed: seed, stream: "replay orders")
    var seeds = SeededGenerator(seed: seed, stream: "replay searches")
    var collected = ReplayTally(trueSpread: truth)
    for _ in 0..<trials {
      let order = orders.permutation(matrix.examples)
      var chosen = settings
      chosen.seed = seeds.next()
      var search = chosen.start()
      answer(&search, order)
      collected.add(search, matrix)
    }
    return collected.result
  }

  private func answer(_ search: inout any SearchStrategy, _ order: [Int]) {
    while true {
      let batch = search.nextBatch()
      if batch.isEmpty { return }
      search.observe(
        batch.map { cell in
          let value = matrix[cell.arm, order[cell.example]]
          return value == ResponseMatrix.missing ? nil : value
        })
    }
  }
}

/// Averages of a search over the trials of a replay; errors and widths as fractions of 1.
package struct ReplayResult: Sendable, Hashable {
  package let trials: Int
  package let trueSpread: Double
  /// Mean distance of the picked pair's full-data spread from the true spread.
  package let meanAbsErrorPicked: Double
  /// Standard error of the mean above over the trials.
  package let standardErrorPicked: Double
  /// Mean distance of the reported spread from the true spread.
  package let meanAbsErrorReported: Double
  /// Mean of the reported spread less the true spread.
  package let biasReported: Double
  /// Mean evaluations that the budget counted.
  package let evaluationsCounted: Double
  /// Mean evaluations, with those that the accounting left out.
  package let evaluationsAsked: Double
}

/// Sums over the trials of a replay.
private struct ReplayTally {
  let trueSpread: Double
  private var picked: [Double] = []
  private var reported: [Double] = []
  private var counted = 0
  private var asked = 0

  init(trueSpread: Double) { self.trueSpread = trueSpread }

  mutating func add(_ search: any SearchStrategy, _ matrix: ResponseMatrix) {
    counted += search.counted
    asked += search.asked
    // The paper reports what the search had before its uncounted evaluations.
    let bandit = search as? TwoPhaseSearch
    let figures = bandit?.accounting == .paper ? bandit?.picksBeforeFinals : search.picks
    guard let picks = figures, let high = matrix.mean(picks.highest),
      let low = matrix.mean(picks.lowest)
    else {
      picked.append(0)
      reported.append(0)
      return
    }
    picked.append(high - low)
    reported.append(picks.spread)
  }

  var result: ReplayResult {
    let n = Double(picked.count)
    let errors = picked.map { abs($0 - trueSpread) }
    let mean = errors.reduce(0, +) / n
    let squares = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return ReplayResult(
      trials: picked.count, trueSpread: trueSpread, meanAbsErrorPicked: mean,
      standardErrorPicked: n > 1 ? (squares / (n - 1) / n).squareRoot() : 0,
      meanAbsErrorReported: reported.reduce(0) { $0 + abs($1 - trueSpread) } / n,
      biasReported: reported.reduce(0) { $0 + $1 - trueSpread } / n,
      evaluationsCounted: Double(counted) / n, evaluationsAsked: Double(asked) / n)
  }
}
