import Foundation
import Statistics

/// How well one format's probabilities say how often it is right.
package struct Calibration: Sendable, Hashable {
  /// Expected calibration error over ten bins of equal width, from 0 to 1 (Naeini et al., 2015).
  ///
  /// The mean distance between the confidence in the chosen option and the share of right answers
  /// among cells of like confidence.
  package let expectedError: Double?
  /// Brier's score (1950): the mean squared distance between probabilities and the right answer.
  ///
  /// From 0 to 1 for two options (one option's square), from 0 to 2 for more (the sum of all).
  package let brier: Double?
  /// Area under the receiver operating characteristic of the second option; two options only.
  package let area: Double?

  static let bins = 10
}

/// The cells of one format, prepared so that resampling them is a walk through arrays.
struct CalibrationCells {
  private let examples: Int
  private var bin: [Int8]
  private var confidence: [Double]
  private var isRight: [Double]
  private var square: [Double]
  /// Examples by rising probability of the second option.
  private var order: [Ordered]
  private let isBinary: Bool

  private struct Ordered {
    let example: Int32
    /// Whether its probability is above that of the one before.
    let isNewValue: Bool
    let isSecond: Bool
  }

  init(_ grid: AnswerGrid, format: Int) {
    let n = grid.examples
    let options = grid.options
    examples = n
    bin = Array(repeating: -1, count: n)
    confidence = Array(repeating: 0, count: n)
    isRight = confidence
    square = confidence
    var isSecond = Array(repeating: false, count: n)
    isBinary = options == 2
    var values: [(value: Float, example: Int32)] = []
    for example in 0..<n {
      let start = (format * n + example) * options
      let gold = Int(grid.gold[example])
      guard gold >= 0, gold < options, !grid.probabilities[start].isNaN else { continue }
      var best = 0
      var distance = 0.0
      for option in 0..<options {
        let p = Double(grid.probabilities[start + option])
        if grid.probabilities[start + option] > grid.probabilities[start + best] { best = option }
        let error = p - (option == gold ? 1 : 0)
        distance += error * error
      }
      confidence[example] = Double(grid.probabilities[start + best])
      isRight[example] = best == gold ? 1 : 0
      square[example] = isBinary ? distance / 2 : distance
      bin[example] = Int8(
        min(Calibration.bins - 1, Int(confidence[example] * Double(Calibration.bins))))
      if isBinary {
        values.append((grid.probabilities[start + 1], Int32(example)))
        isSecond[example] = gold == 1
      }
    }
    values.sort { ($0.value, $0.example) < ($1.value, $1.example) }
    order = values.indices.map { place in
      Ordered(
        example: values[place].example,
        isNewValue: place == 0 || values[place].value != values[place - 1].value,
        isSecond: isSecond[Int(values[place].example)])
    }
  }

  /// The figures with every example counted as often as its weight says.
  func calibration(_ weights: ArraySlice<Int16>) -> Calibration {
    weights.withUnsafeBufferPointer { weights in
      var total = 0.0
      var squares = 0.0
      var mass = [Double](repeating: 0, count: Calibration.bins)
      var gap = mass
      for example in 0..<examples where bin[example] >= 0 {
        let weight = Double(weights[example])
        total += weight
        squares += weight * square[example]
        mass[Int(bin[example])] += weight
        gap[Int(bin[example])] += weight * (confidence[example] - isRight[example])
      }
      guard total > 0 else { return Calibration(expectedError: nil, brier: nil, area: nil) }
      return Calibration(
        expectedError: gap.reduce(0) { $0 + abs($1) } / total, brier: squares / total,
        area: area(weights))
    }
  }

  /// The share of pairs of a first-option and a second-option example in the right order, ties half.
  private func area(_ weights: UnsafeBufferPointer<Int16>) -> Double? {
    guard isBinary else { return nil }
    // Whole numbers, halves counted twice.
    var below = 0
    var tied = 0
    var positives = 0
    var allPositives = 0
    var wonTwice = 0
    for ordered in order {
      if ordered.isNewValue {
        wonTwice &+= positives &* (2 &* below &+ tied)
        below &+= tied
        tied = 0
        positives = 0
      }
      let weight = Int(weights[Int(ordered.example)])
      let second = ordered.isSecond ? weight : 0
      positives &+= second
      allPositives &+= second
      tied &+= weight &- second
    }
    wonTwice &+= positives &* (2 &* below &+ tied)
    below &+= tied
    return below > 0 && allPositives > 0
      ? Double(wonTwice) / (2 * Double(below) * Double(allPositives)) : nil
  }
}

/// Calibration of every format, and how far formats differ in it.
package struct CalibrationSummary: Sendable, Hashable {
  /// One for each format of the grid.
  package let formats: [Calibration]
  package let figures: [Figure]

  /// Resamples of the calibration figures; they cost more than the others.
  private static let resamples = 200

  init?(_ grid: AnswerGrid, _ bootstrap: Bootstrap) {
    guard grid.hasProbabilities, grid.gold.contains(where: { $0 >= 0 }) else { return nil }
    let cells = (0..<grid.formats).map { CalibrationCells(grid, format: $0) }
    let once = [Int16](repeating: 1, count: grid.examples)[...]
    let measured = cells.map { $0.calibration(once) }
    formats = measured
    let draws = (0..<min(Self.resamples, bootstrap.resamples)).map { resample in
      cells.map { $0.calibration(bootstrap.draw(resample)) }
    }
    let condition = "needs option probabilities and right answers"
    func pair(
      _ key: String, _ label: String, _ what: String, _ value: (Calibration) -> Double?,
      _ condition: String
    ) -> [Figure] {
      func mean(_ all: [Calibration]) -> Double? {
        let known = all.compactMap(value)
        return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
      }
      func range(_ all: [Calibration]) -> Double? {
        let known = all.compactMap(value)
        guard let low = known.min(), let high = known.max() else { return nil }
        return high - low
      }
      return [
        Figure(
          key, "\(label), mean over formats", .number, mean(measured),
          interval: Bootstrap.interval(draws.map { mean($0) ?? .nan }),
          explanation: what, condition: condition),
        Figure(
          key + "_spread", "\(label), spread over formats", .number, range(measured),
          interval: Bootstrap.interval(draws.map { range($0) ?? .nan }),
          explanation:
            "How far the best and the worst calibrated format lie apart: a format can keep "
            + "the accuracy and ruin the probabilities.", condition: condition),
      ]
    }
    figures =
      pair(
        "ece", "Calibration error (ECE)",
        "How far, on average, the probability of the chosen option is from the share of right "
          + "answers at that probability; 0 is perfect.", { $0.expectedError }, condition)
      + pair(
        "brier", "Brier score",
        "Mean squared distance between the probabilities and the right answer; 0 is perfect, "
          + (grid.options == 2 ? "0.25 is a coin's." : "2 the worst."), { $0.brier }, condition)
      + (grid.options == 2
        ? pair(
          "auc", "Area under the curve (AUC)",
          "How often an example of the second answer gets a higher probability for it than one of "
            + "the first; 0.5 is chance.", { $0.area }, condition + ", and exactly two options")
        : [])
  }
}
