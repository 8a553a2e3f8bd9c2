import Statistics

/// How often each answer is found where it is right, and how often it is given.
///
/// A model with a position bias finds the answers at its favourite position and misses the others.
/// RStd (Zheng et al., 2024) is the standard deviation of recall over positions, divisor C.
package struct AnswerBias: Sendable, Hashable {
  /// One answer: a position, a label or an option's text.
  package struct Line: Sendable, Hashable {
    package let name: String
    /// Cells whose right answer it is.
    package let cells: Int
    /// The share of them answered right, over all formats together.
    package let recall: Figure
    /// The share of all answers that are this one.
    package let chosen: Double
  }

  package let lines: [Line]
  /// The standard deviation of recall over the answers.
  package let deviation: Figure

  /// Nil without right answers, without options, or without labels of their own.
  ///
  /// - Parameters:
  ///   - grid: What was answered.
  ///   - bootstrap: Gives the intervals.
  ///   - byLabel: Groups by the label that the right answer has in each format, not by its position.
  init?(_ grid: AnswerGrid, _ bootstrap: Bootstrap, byLabel: Bool) {
    let names =
      byLabel ? grid.labelNames : Array(grid.classes.dropLast(grid.hasOther ? 1 : 0))
    let count = names.count
    guard count > 1, grid.hasPredictions, grid.gold.contains(where: { $0 >= 0 }) else { return nil }
    func kind(_ format: Int, _ answer: Int32) -> Int? {
      if !byLabel { return Int(answer) < count ? Int(answer) : nil }
      guard Int(answer) < grid.labels[format].count, grid.labels[format][Int(answer)] >= 0 else {
        return nil
      }
      return Int(grid.labels[format][Int(answer)])
    }
    let nothing = [Double](repeating: 0, count: grid.examples)
    var found = [[Double]](repeating: nothing, count: count)
    var asked = found
    var given = [Int](repeating: 0, count: count)
    var answers = 0
    for format in 0..<grid.formats {
      for example in 0..<grid.examples {
        let answer = grid.predictions[format * grid.examples + example]
        guard answer >= 0 else { continue }
        answers += 1
        if let kind = kind(format, answer) { given[kind] += 1 }
        let gold = grid.gold[example]
        guard gold >= 0, let kind = kind(format, gold) else { continue }
        asked[kind][example] += 1
        if answer == gold { found[kind][example] += 1 }
      }
    }
    let condition = "needs right answers and answers that are options"
    let measured = names.indices.map { bootstrap.ratio(found[$0], asked[$0]) }
    lines = names.indices.compactMap { kind in
      guard let value = measured[kind].value else { return nil }
      return Line(
        name: names[kind], cells: Int(asked[kind].reduce(0, +)),
        recall: Figure(
          "recall", names[kind], .share, value, interval: measured[kind].interval,
          explanation: "The share of cells with this right answer that were answered right.",
          condition: condition),
        chosen: answers > 0 ? Double(given[kind]) / Double(answers) : 0)
    }
    let draws: [Double] = (0..<bootstrap.resamples).map { resample in
      let weights = bootstrap.draw(resample)
      let recalls: [Double] = names.indices.compactMap { kind in
        var top = 0.0
        var bottom = 0.0
        for (example, weight) in weights.enumerated() where weight > 0 {
          top += Double(weight) * found[kind][example]
          bottom += Double(weight) * asked[kind][example]
        }
        return bottom > 0 ? top / bottom : nil
      }
      return Self.deviation(recalls) ?? .nan
    }
    deviation = Figure(
      byLabel ? "recall_deviation_labels" : "recall_deviation",
      byLabel ? "Recall deviation over labels (RStd)" : "Recall deviation (RStd)", .points,
      Self.deviation(measured.compactMap(\.value)), interval: Bootstrap.interval(draws),
      explanation: byLabel
        ? "How unevenly right answers are found over the labels that formats give them."
        : "How unevenly right answers are found over positions or texts; 0 means that none is "
          + "favoured.", condition: condition + " of at least two kinds")
  }

  private static func deviation(_ values: [Double]) -> Double? {
    guard values.count > 1 else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
  }
}
