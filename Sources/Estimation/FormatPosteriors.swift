import Basics
import Foundation
import Statistics

/// How likely each accuracy on all examples is for each format, given any part of the answers.
///
/// A ``ResponseModel`` fills the unseen cells and an ``AbilityMixture`` weighs the abilities; both are
/// fitted from the answers alone, whichever search asked for them.
struct FormatPosteriors: Sendable, Hashable {
  /// How far ``extremes(widening:)`` moves the figures where all formats were asked equally often.
  ///
  /// The pair's own expected spread is too small for the spread of all formats, because another pair may
  /// be further apart, and a range with the whole variance of the accuracies too large for the pair.
  static let evenWidening = 0.75

  private var tables: [AccuracyTable]
  private let isAsked: [Bool]

  /// Fits the model to the answers, of which there must be some.
  init(_ matrix: ResponseMatrix, atoms: [[Int]]) {
    var model = ResponseModel(arms: matrix.arms, examples: matrix.examples, atoms: atoms)
    model.averagesUnasked = true
    for arm in 0..<matrix.arms {
      for (example, answer) in matrix.row(arm).enumerated()
      where answer != ResponseMatrix.missing {
        model.add(arm: arm, example: example, answer: answer)
      }
    }
    model.startAtOverallRate()
    model.givenAbilitySpread = 0.35 * 0.35
    model.fit(passes: 50)
    // Difficulties depend a little on how far formats lie apart, and the other way round.
    let first = AbilityMixture(model, matrix)
    model.givenAbilitySpread = max(0.05, first.scale) * max(0.05, first.scale)
    model.fit(passes: 15)
    let mixture = AbilityMixture(model, matrix)
    let curve = AbilityCurve(model)
    tables = (0..<matrix.arms).map { arm in
      AccuracyTable(
        curve.accuracies(arm, at: AbilityMixture.grid, model, matrix), mixture.posteriors[arm])
    }
    isAsked = matrix.trials.map { $0 > 0 }
  }

  /// The same with some formats known for certain, because they were asked everything since.
  func completing(_ arms: [Int], from matrix: ResponseMatrix) -> FormatPosteriors {
    var result = self
    for arm in arms { result.tables[arm] = AccuracyTable(matrix.mean(arm) ?? 0) }
    return result
  }

  /// One possible accuracy for every format.
  func draw(using generator: inout SeededGenerator) -> [Double] {
    tables.map { $0.draw(using: &generator) }
  }

  /// The share of the variance of the accuracies that the answers settle: variance of the posterior
  /// means over the variance of the mixture, from 0 to 1.
  var reliability: Double {
    let n = Double(tables.count)
    let center = center
    let between = tables.reduce(0) { $0 + ($1.mean - center) * ($1.mean - center) } / n
    let within = tables.reduce(0) { $0 + $1.variance } / n
    return between + within > 0 ? between / (between + within) : 0
  }

  /// The posterior mean of a format's accuracy.
  func mean(_ arm: Int) -> Double { tables[arm].mean }

  private var center: Double { tables.reduce(0) { $0 + $1.mean } / Double(tables.count) }

  /// The formats with the lowest and the highest posterior mean among those with an answer.
  ///
  /// The figures are the posterior means, moved away from the mean of all formats by
  /// `reliability^(−widening/2)` unless a format was asked everything. Posterior means alone
  /// (`widening` 0) vary less than accuracies do, and 1 gives them the variance of the accuracies
  /// (constrained empirical Bayes; Louis, 1984).
  func extremes(widening: Double = 0) -> SearchPicks? {
    let known = tables.indices.filter { isAsked[$0] }
    guard let first = known.first else { return nil }
    var lowest = first
    var highest = first
    for arm in known {
      if tables[arm].mean < tables[lowest].mean { lowest = arm }
      if tables[arm].mean >= tables[highest].mean { highest = arm }
    }
    let center = center
    let share = reliability
    let scale = share > 0 && widening > 0 ? pow(share, -widening / 2) : 1
    func figure(_ arm: Int) -> Double {
      let table = tables[arm]
      if table.variance <= 0 { return table.mean }
      return min(1, max(0, center + scale * (table.mean - center)))
    }
    return SearchPicks(
      lowest: lowest, highest: highest, lowestAccuracy: figure(lowest),
      highestAccuracy: figure(highest))
  }
}

/// The accuracies that a format may have on all examples, with their weights.
private struct AccuracyTable: Hashable {
  private var accuracies: [Double]
  private var noises: [Double]
  private var sums: [Double]
  let mean: Double
  let variance: Double

  init(_ curve: [(accuracy: Double, variance: Double)], _ weights: [Double]) {
    accuracies = curve.map(\.accuracy)
    noises = curve.map { $0.variance.squareRoot() }
    var total = 0.0
    sums = weights.map { weight in
      total += weight
      return total
    }
    let mean = zip(weights, accuracies).reduce(0) { $0 + $1.0 * $1.1 } / max(total, 1e-300)
    self.mean = mean
    variance = weights.indices.reduce(0) { sum, point in
      let deviation = curve[point].accuracy - mean
      return sum + weights[point] * (deviation * deviation + curve[point].variance)
    }
  }

  /// A format that was asked everything.
  init(_ accuracy: Double) {
    accuracies = [accuracy]
    noises = [0]
    sums = [1]
    mean = accuracy
    variance = 0
  }

  func draw(using generator: inout SeededGenerator) -> Double {
    let place = generator.unit() * (sums.last ?? 1)
    let point = sums.firstIndex { $0 > place } ?? sums.count - 1
    return min(1, max(0, accuracies[point] + noises[point] * generator.normal()))
  }
}

/// The mean and the variance of an answer over all examples, for abilities on a fine grid.
private struct AbilityCurve {
  private var means: [Double] = []
  private var variances: [Double] = []
  private let flattenings: [Double]

  private static let steps = 20.0
  private static let limit = 14.0

  init(_ model: ResponseModel) {
    let sigmoid = Sigmoid.shared
    flattenings = model.flattenings
    // Examples that nobody was asked are like those that were.
    let touched = (0..<model.examples).filter { model.isTouched[$0] }
    let scale = 1 / Double(max(1, touched.count))
    for point in 0...Int(2 * Self.limit * Self.steps) {
      let theta = Double(point) / Self.steps - Self.limit
      var mean = 0.0
      var variance = 0.0
      for example in touched {
        let p = sigmoid(flattenings[example] * (theta - model.difficulty[example]))
        mean += p
        variance += p * (1 - p)
      }
      means.append(mean * scale)
      variances.append(variance * scale)
    }
  }

  /// An arm's accuracy on all examples, given what is seen of it, for deviations from its expected
  /// ability; the variance is that of the unseen answers.
  func accuracies(
    _ arm: Int, at deviations: [Double], _ model: ResponseModel, _ matrix: ResponseMatrix
  ) -> [(accuracy: Double, variance: Double)] {
    let sigmoid = Sigmoid.shared
    let row = matrix.row(arm)
    let seen = row.indices.filter { row[$0] != ResponseMatrix.missing }
    let right = seen.reduce(0.0) { $0 + Double(row[$1]) }
    let total = Double(matrix.examples)
    if seen.count == matrix.examples { return deviations.map { _ in (right / total, 0) } }
    let expected = model.expectedAbility(arm)
    return deviations.map { deviation in
      let theta = expected + deviation
      let place = (min(max(theta, -Self.limit), Self.limit) + Self.limit) * Self.steps
      let low = min(Int(place), means.count - 2)
      let share = place - Double(low)
      var accuracy = total * (means[low] + share * (means[low + 1] - means[low]))
      var variance = total * (variances[low] + share * (variances[low + 1] - variances[low]))
      for cell in seen {
        let example = cell - row.startIndex
        let p = sigmoid(flattenings[example] * (theta - model.difficulty[example]))
        accuracy -= p
        variance -= p * (1 - p)
      }
      return ((accuracy + right) / total, max(0, variance) / (total * total))
    }
  }
}
