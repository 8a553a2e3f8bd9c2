import Basics
package import Estimation
import Runs
package import Statistics

/// What a run found about one task.
package struct TaskReport: Sendable, Hashable {
  package let name: String
  package let search: SearchKind
  /// All formats of the task, in order, its own first.
  package let formats: [FormatResult]
  /// Examples that the study allows each format.
  package let examples: Int
  /// Cells with an outcome, answered or failed.
  package let evaluations: Int
  /// Answers of which nobody knows whether they are right; a task has right answers or has none.
  package let unlabelled: Int
  /// Cells that the search asked for and that have no outcome yet; a search that had to wait for them
  /// may ask for more.
  package let missing: Int
  /// Why cells failed and how many did so, the most frequent first.
  package let failures: [Failure]
  /// The ends of the range; nil without answers.
  package let lowest: Extreme?
  package let highest: Extreme?
  /// Accuracies of the compared formats; nil without answers.
  package let distribution: Distribution?
  /// The share of compared formats with a lower accuracy than the task's own, ties counted half; from
  /// 0 to 1, nil when the task's own is not among them.
  package let originalRank: Double?
  /// Nil when formats saw different examples, when the run is not finished, or with a single format.
  package let test: FormatTest?
  /// Intervals for the spread and its ends that hold for all formats at once and however the search
  /// chose its cells, one for each target; empty for fewer than two formats.
  package let guarantees: [SpreadInterval]
  /// How much is format and how much is noise; nil where ``test`` is.
  package let effect: FormatEffect?
  /// What follows for all plausible formats of the grammar.
  package let grammar: GrammarStatement
  /// That the search had its answer before its budget was spent; nil otherwise.
  package let stopped: StoppedEarly?
  /// The estimated distribution of accuracy over formats, where the study asks for it.
  package let estimate: AccuracyDistribution?
  /// The confidence of all intervals.
  package let confidence: Double
  /// Answers of all formats; columns are the evaluated examples in the order of asking.
  package let answers: ResponseMatrix
  /// Position in the task's file of each column.
  package let exampleNumbers: [Int]
  /// Other ways to compare options; empty without scores.
  package let normalizations: [NormalizationResult]

  package struct Failure: Sendable, Hashable {
    package let message: String
    package let count: Int
  }

  /// Formats with an answer.
  package var evaluatedFormats: Int { formats.count { $0.asked > 0 } }

  /// Cells whose every attempt failed.
  package var failed: Int { formats.reduce(0) { $0 + $1.failed } }

  /// Cells with an answer.
  package var answered: Int { formats.reduce(0) { $0 + $1.asked } }

  /// Answers in which the chosen option tied with another.
  package var ties: Int { formats.reduce(0) { $0 + $1.ties } }

  package var isFinished: Bool { missing == 0 }

  /// Whether the search decided by outcomes which format is asked next.
  package var isAdaptive: Bool { search != .full && search != .uniform }

  /// What the intervals of single formats are, as a table calls them.
  var intervalName: String { hasSequences ? "sequence" : "Wilson interval" }

  /// Whether answers decided how often formats were asked, so that their intervals are sequences.
  var hasSequences: Bool { formats.contains { $0.sequence != nil } }

  /// The task's own format.
  package var original: FormatResult? { formats.first { $0.index == 0 } }

  /// The distribution where it can be shown beside the range.
  ///
  /// An estimated median may lie beyond an end that was asked everything; it is then left out.
  var shownDistribution: Distribution? {
    guard let distribution, let lowest, let highest else { return nil }
    let isInside = (lowest.estimate...max(lowest.estimate, highest.estimate))
      .contains(distribution.median)
    return isInside || !distribution.isEstimated ? distribution : nil
  }

  /// Where the ends of the range are not the formats that the search named.
  var searchRemarks: [String] {
    guard let lowest, let highest else { return [] }
    if lowest.pick == highest.result.index, highest.pick == lowest.result.index, !lowest.isPick {
      return ["the two formats it named changed places when they were asked everything"]
    }
    return [lowest, highest].filter { !$0.isPick }.map { end in
      "it named format \(end.pick); format \(end.result.index), asked on every example, lies beyond"
    }
  }

  /// Highest minus lowest share of right answers, without what a search makes of them.
  package var rawSpread: Double? {
    guard let low = lowest?.result.accuracy, let high = highest?.result.accuracy else { return nil }
    return max(0, high - low)
  }

  /// Highest minus lowest accuracy as the search reports them; never negative, nil without answers.
  package var spread: Double? {
    guard let lowest, let highest else { return nil }
    return max(0, highest.estimate - lowest.estimate)
  }
}
