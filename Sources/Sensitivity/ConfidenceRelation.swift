import Foundation
import Statistics

/// ProSA's relation between decoding confidence and sensitivity, example by example.
package struct ConfidenceRelation: Sendable, Hashable {
  /// Examples whose PromptSensiScore lies between two bounds.
  package struct Bin: Sendable, Hashable {
    package let name: String
    package let examples: Int
    /// Of the examples' PromptSensiScores.
    package let sensitivity: Double
    /// Of the highest option probability, over examples and formats.
    package let confidence: Figure
  }

  package let bins: [Bin]
  /// Spearman's correlation of sensitivity and confidence.
  package let correlation: Figure

  init?(_ scores: ExampleScores, _ bootstrap: Bootstrap) {
    let known = scores.confidence.indices.filter {
      !scores.confidence[$0].isNaN && !scores.promptSensitivity[$0].isNaN
    }
    guard known.count > 1, let most = known.map({ scores.promptSensitivity[$0] }).max() else {
      return nil
    }
    let condition = "needs option probabilities and right answers"
    let names = ["never changes", "lower third", "middle third", "upper third"]
    func place(_ value: Double) -> Int {
      value == 0 || most == 0 ? 0 : 1 + min(2, Int(3 * value / most))
    }
    bins = names.indices.compactMap { bin in
      let members = known.filter { place(scores.promptSensitivity[$0]) == bin }
      guard !members.isEmpty else { return nil }
      var values = [Double](repeating: .nan, count: scores.confidence.count)
      for example in members { values[example] = scores.confidence[example] }
      let (value, interval) = bootstrap.mean(values)
      return Bin(
        name: names[bin], examples: members.count,
        sensitivity: members.reduce(0) { $0 + scores.promptSensitivity[$1] }
          / Double(members.count),
        confidence: Figure(
          "confidence", names[bin], .share, value, interval: interval,
          explanation: "Mean probability of the chosen option on these examples.",
          condition: condition))
    }
    let sensitivity = known.map { scores.promptSensitivity[$0] }
    let confidence = known.map { scores.confidence[$0] }
    // Ranks of the whole set, weighted in each resample: ranking again a thousand times costs more
    // and gives the same to the second digit.
    let x = Ranks.ranks(sensitivity)
    let y = Ranks.ranks(confidence)
    let draws = (0..<bootstrap.resamples).map { resample in
      let weights = bootstrap.draw(resample)
      return weightedCorrelation(
        x, y, known.map { Double(weights[weights.startIndex + $0]) }) ?? .nan
    }
    correlation = Figure(
      "confidence_spearman", "Correlation with confidence (Spearman)", .number,
      Ranks.spearman(sensitivity, confidence), interval: Bootstrap.interval(draws),
      explanation: "Whether examples that change with the format are those on which the model is "
        + "unsure; −1 means always.", condition: condition)
  }
}

private func weightedCorrelation(_ x: [Double], _ y: [Double], _ weights: [Double]) -> Double? {
  let total = weights.reduce(0, +)
  guard total > 0 else { return nil }
  var meanX = 0.0
  var meanY = 0.0
  for index in x.indices {
    meanX += weights[index] * x[index]
    meanY += weights[index] * y[index]
  }
  meanX /= total
  meanY /= total
  var xx = 0.0
  var yy = 0.0
  var xy = 0.0
  for index in x.indices {
    let dx = x[index] - meanX
    let dy = y[index] - meanY
    xx += weights[index] * dx * dx
    yy += weights[index] * dy * dy
    xy += weights[index] * dx * dy
  }
  return xx > 0 && yy > 0 ? xy / (xx * yy).squareRoot() : nil
}
