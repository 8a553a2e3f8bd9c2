package import Runs
package import Statistics

/// What one format achieved.
package struct FormatResult: Sendable, Hashable {
  /// Template, atoms and number of the format; number 0 is the task's own.
  package let format: FormatLine
  package let right: Int
  /// Examples with an answer.
  package let asked: Int
  /// Examples whose every attempt failed.
  package let failed: Int
  /// Answers in which the chosen option tied with another.
  package let ties: Int
  /// Of ``interval``.
  package var confidence = 0.95
  /// Where answers decided how often the format was asked; nil where that was fixed in advance.
  package var sequence: FormatSequence?

  package var index: Int { format.index }

  /// The share of right answers, from 0 to 1; nil without answers.
  package var accuracy: Double? { asked > 0 ? Double(right) / Double(asked) : nil }

  /// The interval for the format's accuracy on the population of examples: Wilson's, or the confidence
  /// sequence where answers decided how often the format was asked.
  package var interval: Interval {
    sequence?.population
      ?? Proportions.wilson(successes: right, trials: asked, confidence: confidence)
  }
}

/// The confidence sequence of one format, which holds whenever the search stopped asking it.
package struct FormatSequence: Sendable, Hashable {
  /// For the accuracy on the examples of the study.
  package let theseExamples: Interval
  /// For the accuracy on the population of examples.
  package let population: Interval

  /// - Parameters:
  ///   - format: The row of the format.
  ///   - answers: Columns are examples in the random order in which they are asked.
  ///   - confidence: Strictly between 0 and 1, for this one format.
  package init(_ format: Int, in answers: ResponseMatrix, confidence: Double) {
    func interval(_ target: IntervalTarget) -> Interval {
      ConfidenceSequence.interval(
        of: format, in: answers, alpha: 1 - confidence, target: target)
    }
    theseExamples = interval(.theseExamples)
    population = interval(.population)
  }
}

/// The format at one end of the range.
package struct Extreme: Sendable, Hashable {
  package let result: FormatResult
  /// The accuracy that the search reports, from 0 to 1: the share of right answers of a full search,
  /// possibly drawn towards the middle by the others.
  package let estimate: Double
  /// How many formats share this place; 1 when it is the only one.
  package let sharedBy: Int
  /// The format that the search named; another one when that lies beyond it on all examples.
  package let pick: Int

  package var isPick: Bool { pick == result.index }
}

/// How accuracies are distributed over formats, each from 0 to 1.
package struct Distribution: Sendable, Hashable {
  package let formats: Int
  package let mean: Double
  /// Type 7 of Hyndman and Fan, as the quartiles.
  package let median: Double
  package let lowerQuartile: Double
  package let upperQuartile: Double
  /// The mean, end by end, of the intervals of the one or two formats in the middle; nil for
  /// estimates.
  package let medianInterval: Interval?

  /// Whether the figures are estimates drawn towards their mean, because formats were asked unequally.
  package var isEstimated: Bool { medianInterval == nil }

  /// The distribution of raw accuracies; nil when no format has an answer.
  init?(_ results: [FormatResult]) {
    let sorted = results.filter { $0.asked > 0 }.sorted { a, b in
      (a.accuracy ?? 0, a.index) < (b.accuracy ?? 0, b.index)
    }
    guard !sorted.isEmpty else { return nil }
    let middle = (sorted[(sorted.count - 1) / 2].interval, sorted[sorted.count / 2].interval)
    self.init(
      accuracies: sorted.compactMap(\.accuracy),
      medianInterval: Interval(
        (middle.0.lower + middle.1.lower) / 2, (middle.0.upper + middle.1.upper) / 2))
  }

  /// The distribution of figures for accuracies; nil without any.
  init?(accuracies: [Double], medianInterval: Interval?) {
    guard let quartiles = Quantiles.quantiles([0.25, 0.5, 0.75], of: accuracies) else { return nil }
    formats = accuracies.count
    mean = accuracies.reduce(0, +) / Double(accuracies.count)
    lowerQuartile = quartiles[0]
    median = quartiles[1]
    upperQuartile = quartiles[2]
    self.medianInterval = medianInterval
  }
}

/// Whether formats differ by more than noise, on the examples that all compared formats answered.
package struct FormatTest: Sendable, Hashable {
  package let cochran: CochranQ
  package let noise: NoiseSpread
  /// Below this the formats are said to differ.
  package static let level = 0.05

  package var showsEffect: Bool { cochran.pValue < Self.level }
}

/// The figures of another way to compare options of different length.
package struct NormalizationResult: Sendable, Hashable {
  package let name: String
  /// Right answers over all cells with scores.
  package let right: Int
  /// Cells with scores.
  package let asked: Int
  /// Cells whose right option cannot be told, because no format ever answered it.
  package let unresolved: Int
  /// Whether it gives every answer that was recorded.
  package let isUsed: Bool

  /// From 0 to 1; nil while cells are unresolved.
  package var accuracy: Double? {
    unresolved == 0 && asked > 0 ? Double(right) / Double(asked) : nil
  }
}
