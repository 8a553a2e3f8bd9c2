import Basics
import Dispatch
package import Statistics
import Synchronization

/// Many runs of one search against known answers, to compare searches without asking a model.
///
/// Every trial puts the examples in another random order (the same orders for every search with the
/// same seed). Missing cells of the matrix count as failed.
package struct Replay: Sendable {
  package let matrix: ResponseMatrix
  package let trials: Int
  package let seed: UInt64
  /// The confidence of the spread's interval in every trial; nil leaves intervals out.
  package let confidence: Double?

  /// - Precondition: `trials` is positive.
  package init(
    _ matrix: ResponseMatrix, trials: Int = 30, seed: UInt64 = 0, confidence: Double? = nil
  ) {
    precondition(trials > 0, "a replay has trials")
    self.matrix = matrix
    self.trials = trials
    self.seed = seed
    self.confidence = confidence
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
    let plans = (0..<trials).map { _ in
      (order: orders.permutation(matrix.examples), seed: seeds.next())
    }
    // Trials are independent of each other, and are put together in their order.
    let outcomes = Mutex([Trial?](repeating: nil, count: trials))
    DispatchQueue.concurrentPerform(iterations: trials) { index in
      var chosen = settings
      chosen.seed = plans[index].seed
      let trial = run(chosen, plans[index].order)
      outcomes.withLock { $0[index] = trial }
    }
    return ReplayResult(outcomes.withLock { $0 }.compactMap { $0 }, trueSpread: truth)
  }

  private func run(_ settings: SearchSettings, _ order: [Int]) -> Trial {
    var search = settings.start()
    var seen = ResponseMatrix(arms: matrix.arms, examples: matrix.examples)
    while true {
      let batch = search.nextBatch()
      if batch.isEmpty { break }
      var outcomes: [UInt8?] = []
      outcomes.reserveCapacity(batch.count)
      for cell in batch {
        let value = matrix[cell.arm, order[cell.example]]
        outcomes.append(value == ResponseMatrix.missing ? nil : value)
        if confidence != nil { seen[cell.arm, cell.example] = value }
      }
      search.observe(outcomes)
    }
    let intervals = confidence.map { SpreadInterval(seen, confidence: $0) }
    return Trial(search, matrix, intervals)
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
  /// The share of trials whose interval contained the true spread; nil without intervals.
  package let coverage: Double?
  /// Mean width of the spread's interval; nil without intervals.
  package let meanWidth: Double?
  /// Mean width of the interval by Bonferroni's correction of separate intervals; nil without intervals.
  package let meanBaselineWidth: Double?
  /// Mean evaluations that the budget counted.
  package let evaluationsCounted: Double
  /// Mean evaluations, with those that the accounting left out.
  package let evaluationsAsked: Double
}

/// What one trial of a replay gave.
private struct Trial: Sendable {
  /// Spread of the picked pair on all examples.
  var picked = 0.0
  /// Spread as the search reports it.
  var reported = 0.0
  let counted: Int
  let asked: Int
  let interval: Interval?
  let baseline: Interval?

  init(_ search: any SearchStrategy, _ matrix: ResponseMatrix, _ intervals: SpreadInterval?) {
    counted = search.counted
    asked = search.asked
    interval = intervals?.spread
    baseline = intervals?.separateSpread
    // The paper reports what the search had before its uncounted evaluations.
    let bandit = search as? TwoPhaseSearch
    let figures = bandit?.accounting == .paper ? bandit?.picksBeforeFinals : search.picks
    guard let figures, let high = matrix.mean(figures.highest),
      let low = matrix.mean(figures.lowest)
    else { return }
    picked = high - low
    reported = figures.spread
  }
}

extension ReplayResult {
  fileprivate init(_ trials: [Trial], trueSpread: Double) {
    let n = Double(trials.count)
    func mean(_ figure: (Trial) -> Double) -> Double { trials.reduce(0) { $0 + figure($1) } / n }
    let error = mean { abs($0.picked - trueSpread) }
    let squares = mean {
      (abs($0.picked - trueSpread) - error) * (abs($0.picked - trueSpread) - error)
    }
    let intervals = trials.compactMap(\.interval)
    let baselines = trials.compactMap(\.baseline)
    let covering = intervals.count {
      $0.lower <= trueSpread + 1e-9 && trueSpread - 1e-9 <= $0.upper
    }
    self.trials = trials.count
    self.trueSpread = trueSpread
    meanAbsErrorPicked = error
    standardErrorPicked = n > 1 ? (squares / (n - 1)).squareRoot() : 0
    meanAbsErrorReported = mean { abs($0.reported - trueSpread) }
    biasReported = mean { $0.reported - trueSpread }
    coverage = intervals.isEmpty ? nil : Double(covering) / n
    meanWidth = intervals.isEmpty ? nil : intervals.reduce(0) { $0 + $1.width } / n
    meanBaselineWidth = baselines.isEmpty ? nil : baselines.reduce(0) { $0 + $1.width } / n
    evaluationsCounted = mean { Double($0.counted) }
    evaluationsAsked = mean { Double($0.asked) }
  }
}
