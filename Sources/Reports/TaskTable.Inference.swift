import Estimation
import Runs
import Statistics

extension TaskTable {
  /// What noise alone would give, what is left of the spread, and what it says of other formats.
  var inferenceLines: [String] {
    var lines: [String] = []
    if let test = task.test {
      lines += labelled(
        "Noise only",
        "\(points(test.noise.mean)) points on average if formats made no difference "
          + "(95 % of the time at most \(points(test.noise.upper)))")
      if let effect = task.effect { lines += labelled("Corrected", effect.correction) }
      lines += labelled(
        "Cochran's Q",
        "p \(probability(test.cochran.pValue))\(test.qualification): "
          + (test.showsEffect ? "the formats differ" : "no detectable format effect")
          + (task.stopped == nil
            ? "" : " (roughly, as the answers decided when the run stopped)"))
      if let sentence = task.effect?.variance { lines += labelled("Variance", sentence) }
      if !test.showsEffect, let figure = task.effect?.detectableSpread {
        lines += labelled(
          "Detectable",
          "\(points(figure)) points: a spread that a study of this size finds four times in five")
      }
    }
    lines += labelled("All formats", task.grammar.sentence)
    if let sentence = task.stopping(report.study.inference.until) {
      lines += labelled("Stopping", sentence)
    }
    return lines
  }

  /// The estimated distribution of accuracy over formats.
  var estimateLines: [String] {
    guard let estimate = task.estimate else { return [] }
    let level = confidenceName(task.confidence)
    var table = TextTable(alignments: [.left, .right, .right])
    table.rows = [["Share of formats below", "accuracy", "\(level) interval"]]
    for entry in estimate.entries {
      let interval = entry.interval(confidence: task.confidence)
      table.rows.append([
        "\(wholePoints(entry.probability)) %", percent(entry.accuracy),
        "\(percent(interval.lower)) to \(percent(interval.upper))",
      ])
    }
    return [""] + table.lines().map { $0.cut(to: width) }
      + wrapped("(\(estimate.explanation))", width: width)
  }

  /// How the demands on this task came out, and those on the whole run after the last task.
  var gateLines: [String] {
    guard let gates = report.gates else { return [] }
    var lines: [String] = []
    for result in gates.results where result.task == nil || result.task == task.name {
      if result.task == nil, task.name != report.tasks.last?.name { continue }
      let name = VisibleText.name(result.gate)
      lines += wrapped(
        "\(name): \(VisibleText.name(result.statement, limit: 1000))", width: width,
        first: (lines.isEmpty ? "Gates" : "").padded(to: 14),
        rest: String(repeating: " ", count: 14))
    }
    if task.name == report.tasks.last?.name {
      lines += wrapped(
        gates.verdict, width: width, first: "Verdict".padded(to: 14),
        rest: String(repeating: " ", count: 14))
    }
    return lines.isEmpty ? [] : [""] + lines
  }
}

extension SpreadInterval {
  /// The intervals of the lowest and the highest accuracy with their target.
  var ends: String {
    "lowest \(shown(lowest)), highest \(shown(highest)) (\(target.rawValue))"
  }

  private func shown(_ interval: Interval) -> String {
    points(interval.lower) == points(interval.upper)
      ? percent(interval.lower) : "\(points(interval.lower)) to \(percent(interval.upper))"
  }
}

extension FormatEffect {
  /// The spread without the luck of its selection.
  var correction: String {
    let scaled = points(scaledSpread)
    guard let crossFit = crossFitSpread else {
      return "\(scaled) points once noise is taken out of the formats' variance"
    }
    return "\(points(max(0, crossFit))) points on examples that did not choose the two formats; "
      + "\(scaled) once noise is taken out of the formats' variance"
  }

  /// Where right and wrong come from.
  var variance: String? {
    shares.map { shares in
      "of right or wrong: format \(wholePercent(shares.format)), example "
        + "\(wholePercent(shares.example)), the rest \(wholePercent(shares.rest))"
    }
  }

  private func wholePercent(_ share: Double) -> String {
    share > 0 && share < 0.005 ? "under 1 %" : "\(wholePoints(share)) %"
  }
}

extension FormatTest {
  /// How the p-value was found, where it is not the usual way.
  var qualification: String {
    let holes = cochran.isComplete ? "" : ", by Cochran-Mantel-Haenszel as answers are missing"
    return switch cochran.method {
    case .chiSquare: holes
    case .exact: cochran.informativeExamples == 0 ? "" : " (exact\(holes))"
    case .dealt: " (by random permutations\(holes))"
    }
  }
}

extension TaskReport {
  /// Whether the run had its answer early, or never became as sure as was asked for.
  ///
  /// - Parameter until: The width that was asked for.
  /// - Returns: One clause; nil when there is nothing to say.
  func stopping(_ until: Double?) -> String? {
    if let stopped { return stopped.sentence }
    guard let until, isFinished, let spread = guarantees.first?.spread,
      spread.width > until + 1e-9
    else { return nil }
    return "everything was asked before the spread was known to within \(points(until)) points; "
      + "its interval is \(points(spread.width)) wide"
  }

  /// The sentence that follows "no detectable format effect".
  var missedEffect: String {
    guard let figure = effect?.detectableSpread else { return "" }
    return " A spread of \(points(figure)) points would have been found with a chance of 80 %."
  }
}

extension AccuracyDistribution {
  /// What the quantiles are, in one sentence.
  var explanation: String {
    reliability == 1
      ? "Every format was asked every example; these are the accuracies themselves."
      : "Estimated by a logistic model of formats and examples with unseen cells filled, for these "
        + "formats on these examples; reliability of a single format's figure "
        + "\(decimal2(reliability))."
  }

  private func decimal2(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}
