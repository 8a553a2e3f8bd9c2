import Basics
import Foundation
import Statistics

/// Accuracies by the published estimator: logistic ridge regression on formats and examples.
///
/// `logit P(right) = θ_i − b_j` with a penalty of `θ²/2C` and `b²/2C`, C = 100, and unseen cells filled by
/// their probability (Polo et al., 2024). Its deviations from the mean are mostly noise where
/// formats have few answers; ``shrunk(seed:)`` scales them by the square root of the split-half
/// reliability, which gives them the variance that formats share between halves of the examples.
struct RidgeAccuracies {
  let accuracies: [Double]
  private let matrix: ResponseMatrix

  private static let penalty = 0.01
  private static let halvings = 3

  init(_ matrix: ResponseMatrix) {
    self.matrix = matrix
    accuracies = Self.fit(matrix)
  }

  func shrunk(seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed, stream: "split halves")
    var sum = 0.0
    for _ in 0..<Self.halvings {
      var halves = [matrix, matrix]
      for example in 0..<matrix.examples {
        let other = generator.below(2)
        for arm in 0..<matrix.arms { halves[other][arm, example] = ResponseMatrix.missing }
      }
      guard halves.allSatisfy({ $0.answered > 0 }) else { continue }
      sum += Self.correlation(Self.fit(halves[0]), Self.fit(halves[1]))
    }
    let half = max(0, sum / Double(Self.halvings))
    let scale = (2 * half / (1 + half)).squareRoot()
    let mean = accuracies.reduce(0, +) / Double(accuracies.count)
    return accuracies.map { min(1, max(0, mean + scale * ($0 - mean))) }
  }

  private static func fit(_ matrix: ResponseMatrix) -> [Double] {
    let sigmoid = Sigmoid.shared
    var abilities = [Double](repeating: 0, count: matrix.arms)
    var difficulties = [Double](repeating: 0, count: matrix.examples)
    for _ in 0..<25 {
      for arm in abilities.indices {
        var slope = -penalty * abilities[arm]
        var curvature = penalty
        for (example, answer) in matrix.row(arm).enumerated()
        where answer != ResponseMatrix.missing {
          let p = sigmoid(abilities[arm] - difficulties[example])
          slope += Double(answer) - p
          curvature += p * (1 - p)
        }
        abilities[arm] += min(1.5, max(-1.5, slope / curvature))
      }
      var slopes = difficulties.map { -penalty * $0 }
      var curvatures = [Double](repeating: penalty, count: matrix.examples)
      for arm in abilities.indices {
        for (example, answer) in matrix.row(arm).enumerated()
        where answer != ResponseMatrix.missing {
          let p = sigmoid(abilities[arm] - difficulties[example])
          slopes[example] += p - Double(answer)
          curvatures[example] += p * (1 - p)
        }
      }
      for example in difficulties.indices {
        difficulties[example] += min(1.5, max(-1.5, slopes[example] / curvatures[example]))
      }
    }
    return abilities.indices.map { arm in
      var right = 0.0
      for (example, answer) in matrix.row(arm).enumerated() {
        right +=
          answer == ResponseMatrix.missing
          ? sigmoid(abilities[arm] - difficulties[example]) : Double(answer)
      }
      return right / Double(max(1, matrix.examples))
    }
  }

  private static func correlation(_ a: [Double], _ b: [Double]) -> Double {
    let n = Double(a.count)
    let means = (a.reduce(0, +) / n, b.reduce(0, +) / n)
    var sums = (aa: 0.0, bb: 0.0, ab: 0.0)
    for (x, y) in zip(a, b) {
      sums.aa += (x - means.0) * (x - means.0)
      sums.bb += (y - means.1) * (y - means.1)
      sums.ab += (x - means.0) * (y - means.1)
    }
    guard sums.aa > 1e-12, sums.bb > 1e-12 else { return 0 }
    return sums.ab / (sums.aa * sums.bb).squareRoot()
  }
}
