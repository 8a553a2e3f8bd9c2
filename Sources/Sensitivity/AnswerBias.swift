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

  init?(_ grid: AnswerGrid, _ bootstrap: Bootstrap) {
    let count = grid.classes.count - (grid.hasOther ? 1 : 0)
    guard count > 1, grid.hasPredictions, grid.gold.contains(where: { $0 >= 0 }) else { return nil }
    var found = [Double](repeating: 0, count: grid.examples)
    var asked = found
    var given = [Int](repeating: 0, count: grid.classes.count)
    var answers = 0
    for format in 0..<grid.formats {
      for example in 0..<grid.examples {
        let answer = grid.predictions[format * grid.examples + example]
        guard answer >= 0 else { continue }
        given[Int(answer)] += 1
        answers += 1
        guard grid.gold[example] >= 0 else { continue }
        asked[example] += 1
        if answer == grid.gold[example] { found[example] += 1 }
      }
    }
    let condition = "needs right answers and answers that are options"
    var recalls: [Double] = []
    lines = (0..<count).compactMap { position in
      let top = found.indices.map { grid.gold[$0] == position ? found[$0] : 0 }
      let bottom = asked.indices.map { grid.gold[$0] == position ? asked[$0] : 0 }
      let (value, interval) = bootstrap.ratio(top, bottom)
      guard let value else { return nil }
      recalls.append(value)
      return Line(
        name: grid.classes[position], cells: Int(bottom.reduce(0, +)),
        recall: Figure(
          "recall", grid.classes[position], .share, value, interval: interval,
          explanation: "The share of cells with this right answer that were answered right.",
          condition: condition),
        chosen: answers > 0 ? Double(given[position]) / Double(answers) : 0)
    }
    let draws: [Double] = (0..<bootstrap.resamples).map { resample in
      let weights = bootstrap.draw(resample)
      var top = [Double](repeating: 0, count: count)
      var bottom = top
      for (example, weight) in weights.enumerated() where weight > 0 {
        let gold = Int(grid.gold[example])
        guard gold >= 0, gold < count else { continue }
        top[gold] += Double(weight) * found[example]
        bottom[gold] += Double(weight) * asked[example]
      }
      return Self.deviation((0..<count).filter { bottom[$0] > 0 }.map { top[$0] / bottom[$0] })
        ?? .nan
    }
    deviation = Figure(
      "recall_deviation", "Recall deviation (RStd)", .points, Self.deviation(recalls),
      interval: Bootstrap.interval(draws),
      explanation: "How unevenly right answers are found over positions or labels; 0 means that no "
        + "position is favoured.", condition: condition + " of at least two kinds")
  }

  private static func deviation(_ values: [Double]) -> Double? {
    guard values.count > 1 else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
  }
}
