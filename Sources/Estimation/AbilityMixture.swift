import Foundation
import Statistics

/// Where the abilities of formats lie: a distribution on a grid instead of a bell.
///
/// Abilities of real formats are skewed: most lie close together and a few far below. Given difficulties
/// from the ``ResponseModel``, the distribution of the deviation u of each ability from its expected value
/// is first a normal one whose scale comes from the marginal likelihood of the answers, and then
/// follows the answers by steps of the EM algorithm for the nonparametric maximum-likelihood estimate
/// (Laird, 1978), as many as a format has answers and at most ten: stopping early is the
/// regularisation. For each format the difficulties are corrected for its own answers (the cavity of
/// expectation propagation), because difficulties fitted to an answer explain it too well and would make
/// all formats look alike.
struct AbilityMixture {
  /// Deviations at which the distribution has its weights, in logits.
  static let grid: [Double] = (0...80).map { 0.125 * Double($0) - 5 }
  /// Scales that are tried for the normal distribution, in logits.
  private static let scales: [Double] = (0..<22).map {
    exp(log(0.04) + (log(2.5) - log(0.04)) * Double($0) / 21)
  }
  /// Most formats lie within a third of a logit of their mean; a factor of e either way is usual.
  private static let usualScale = 0.35
  private static let mostSteps = 10

  /// The scale of the normal distribution, averaged over what the answers leave open.
  private(set) var scale = Self.usualScale
  /// For each arm the weight of each grid point, given its answers.
  private(set) var posteriors: [[Double]] = []

  /// - Parameters:
  ///   - model: Fitted to all answers of the matrix.
  ///   - matrix: The answers.
  init(_ model: ResponseModel, _ matrix: ResponseMatrix) {
    let likelihoods = (0..<matrix.arms).map { Self.likelihood($0, model, matrix) }
    let starts = Self.starts(likelihoods)
    scale = exp(zip(starts, Self.scales).reduce(0) { $0 + $1.0.weight * log($1.1) })
    var prior = [Double](repeating: 0, count: Self.grid.count)
    for start in starts {
      for point in prior.indices { prior[point] += start.weight * start.prior[point] }
    }
    let asked = likelihoods.indices.filter { matrix.trials[$0] > 0 }
    let answers = Double(matrix.answered) / Double(max(1, asked.count))
    for _ in 0..<min(Self.mostSteps, Int(answers.rounded())) {
      var next = [Double](repeating: 0, count: prior.count)
      for arm in asked {
        let posterior = Self.normalized(likelihoods[arm], prior)
        for point in next.indices { next[point] += posterior[point] / Double(asked.count) }
      }
      prior = next
    }
    posteriors = likelihoods.map { Self.normalized($0, prior) }
  }

  /// The likelihood of an arm's answers at each grid point, up to a factor.
  private static func likelihood(
    _ arm: Int, _ model: ResponseModel, _ matrix: ResponseMatrix
  ) -> [Double] {
    let sigmoid = Sigmoid.shared
    let expected = model.expectedAbility(arm)
    var logs = [Double](repeating: 0, count: grid.count)
    // Logarithms are slow, so that they are taken of products of many chances.
    var products = [Double](repeating: 1, count: grid.count)
    var factors = 0
    func file() {
      for point in grid.indices {
        logs[point] += log(products[point])
        products[point] = 1
      }
      factors = 0
    }
    let least = 1 / model.difficultySpread
    for (example, answer) in matrix.row(arm).enumerated() where answer != ResponseMatrix.missing {
      let difficulty = model.difficulty[example]
      let p = sigmoid(model.ability[arm] - difficulty)
      let precision = max(least, 1 / model.difficultyVariance[example] - p * (1 - p))
      let step = (p - Double(answer)) / precision
      let cavity = difficulty - min(1.5, max(-1.5, step))
      let flattening = 1 / (1 + 0.3927 / precision).squareRoot()
      for point in grid.indices {
        let right = sigmoid(flattening * (expected + grid[point] - cavity))
        products[point] *= min(1 - 1e-7, max(1e-7, answer == 1 ? right : 1 - right))
      }
      factors += 1
      if factors == 32 { file() }
    }
    file()
    let largest = logs.max() ?? 0
    return logs.map { exp($0 - largest) }
  }

  /// The best normal distribution of every scale, with what the answers say for it.
  private static func starts(
    _ likelihoods: [[Double]]
  ) -> [(prior: [Double], weight: Double)] {
    var found: [(prior: [Double], score: Double)] = []
    for scale in scales {
      let surprise = log(scale / usualScale)
      var best: (prior: [Double], score: Double)?
      for shift in -3...3 {
        let center = 0.2 * Double(shift) * max(0.2, scale)
        var prior = grid.map { exp(-0.5 * ($0 - center) * ($0 - center) / (scale * scale)) }
        let total = prior.reduce(0, +)
        // Between grid points a narrow bell has no weight; the nearest point stands for it.
        if total > 0 { for point in prior.indices { prior[point] /= total } }
        let score = likelihoods.reduce(-0.5 * surprise * surprise) { sum, likelihood in
          var chance = 0.0
          for point in prior.indices { chance += prior[point] * likelihood[point] }
          return sum + log(max(chance, 1e-300))
        }
        if best.map({ score > $0.score }) ?? true { best = (prior, score) }
      }
      if let best { found.append(best) }
    }
    let largest = found.map(\.score).max() ?? 0
    let total = found.reduce(0) { $0 + exp($1.score - largest) }
    return found.map { ($0.prior, exp($0.score - largest) / total) }
  }

  private static func normalized(_ likelihood: [Double], _ prior: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: prior.count)
    var total = 0.0
    for point in prior.indices {
      product[point] = prior[point] * likelihood[point]
      total += product[point]
    }
    guard total > 0 else { return prior }
    for point in product.indices { product[point] /= total }
    return product
  }
}
