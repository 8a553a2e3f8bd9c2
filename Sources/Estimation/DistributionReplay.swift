import Basics
import Dispatch
package import Statistics
import Synchronization

/// How well the distribution of accuracy over formats is estimated from a part of known answers.
///
/// Every trial draws an example order and asks each format equally often. The estimators are the raw
/// quantiles of equal allocation (all formats on the same first examples) and, on a design balanced over
/// examples too, the model without shrinkage (Polo et al., 2024), the same shrunk by its split-half
/// reliability, and ``AccuracyDistribution``.
package struct DistributionReplay: Sendable {
  package let matrix: ResponseMatrix
  package let atoms: [[Int]]
  package let trials: Int
  package let seed: UInt64
  package let confidence: Double

  package init(
    _ matrix: ResponseMatrix, atoms: [[Int]] = [], trials: Int = 30, seed: UInt64 = 0,
    confidence: Double = 0.95
  ) {
    precondition(trials > 0, "a replay has trials")
    self.matrix = matrix
    self.atoms = atoms
    self.trials = trials
    self.seed = seed
    self.confidence = confidence
  }

  /// The ways to estimate that are compared.
  package enum Estimator: String, Sendable, Hashable, CaseIterable {
    case equal = "equal allocation"
    case unshrunk = "model, unshrunk"
    case splitHalf = "model, split-half"
    case mixture = "distribution"
  }

  /// Errors of one estimator, averaged over the trials; fractions of 1, one figure a quantile.
  package struct Result: Sendable, Hashable {
    package let estimator: Estimator
    package let meanAbsErrors: [Double]
    package let biases: [Double]
    /// Mean distance of the estimated 5–95 % range from the true one.
    package let rangeError: Double
    /// The share of trials whose interval held the truth; nil without intervals.
    package let coverage: [Double]?
  }

  /// What every estimator achieves with a number of evaluations.
  package func run(budget: Int) -> [Result] {
    let truth =
      Quantiles.quantiles(AccuracyDistribution.usual, of: matrix.means.compactMap { $0 }) ?? []
    var orders = SeededGenerator(seed: seed, stream: "distribution orders")
    let plans = (0..<trials).map { _ in orders.permutation(matrix.examples) }
    let outcomes = Mutex([[Estimate]?](repeating: nil, count: trials))
    DispatchQueue.concurrentPerform(iterations: trials) { index in
      let trial = estimates(budget, plans[index], seed: UInt64(index))
      outcomes.withLock { $0[index] = trial }
    }
    let found = outcomes.withLock { $0.compactMap { $0 } }
    return Estimator.allCases.indices.map { place in
      summary(Estimator.allCases[place], found.map { $0[place] }, truth)
    }
  }

  private struct Estimate: Sendable {
    let quantiles: [Double]
    var intervals: [Interval]?
  }

  private func summary(
    _ estimator: Estimator, _ estimates: [Estimate], _ truth: [Double]
  ) -> Result {
    let n = Double(estimates.count)
    let last = truth.count - 1
    let ranges = estimates.reduce(0) {
      $0 + abs($1.quantiles[last] - $1.quantiles[0] - (truth[last] - truth[0]))
    }
    return Result(
      estimator: estimator,
      meanAbsErrors: truth.indices.map { place in
        estimates.reduce(0) { $0 + abs($1.quantiles[place] - truth[place]) } / n
      },
      biases: truth.indices.map { place in
        estimates.reduce(0) { $0 + $1.quantiles[place] - truth[place] } / n
      },
      rangeError: ranges / n,
      coverage: estimates.first?.intervals == nil
        ? nil
        : truth.indices.map { place in
          Double(
            estimates.count { estimate in
              guard let interval = estimate.intervals?[place] else { return false }
              return interval.lower - 1e-9 <= truth[place]
                && truth[place] <= interval.upper + 1e-9
            }) / n
        })
  }

  private func estimates(_ budget: Int, _ order: [Int], seed: UInt64) -> [Estimate] {
    let each = min(matrix.examples, max(1, budget / matrix.arms))
    let shuffled = matrix.reordered(order)
    var even = ResponseMatrix(arms: matrix.arms, examples: matrix.examples)
    var balanced = even
    for arm in 0..<min(matrix.arms, budget) {
      for example in 0..<each { even[arm, example] = shuffled[arm, example] }
      for step in 0..<each {
        let example = (arm * each + step) % matrix.examples
        balanced[arm, example] = shuffled[arm, example]
      }
    }
    let usual = AccuracyDistribution.usual
    func quantiles(_ accuracies: [Double]) -> [Double] {
      Quantiles.quantiles(usual, of: accuracies) ?? []
    }
    let ridge = RidgeAccuracies(balanced)
    let distribution = AccuracyDistribution(balanced, atoms: atoms, seed: seed)
    return [
      Estimate(quantiles: quantiles(even.means.compactMap { $0 })),
      Estimate(quantiles: quantiles(ridge.accuracies)),
      Estimate(quantiles: quantiles(ridge.shrunk(seed: seed))),
      Estimate(
        quantiles: distribution?.entries.map(\.accuracy) ?? [],
        intervals: distribution?.entries.map { $0.interval(confidence: confidence) }),
    ]
  }
}
