import Runs
import Statistics

/// The demands on one task, judged.
struct TaskGates {
  let task: TaskReport
  /// SHA-256 of the task's file.
  let digest: String
  let settings: GateSettings
  let confidence: Double

  var results: [GateResult] {
    var results: [GateResult] = []
    if let limit = settings.demands.maxSpread {
      results.append(
        judged(
          "max-spread", limit, isUpper: true, "the spread", found: task.spread,
          interval: guarantee?.spread, demand: "spread at most \(points(limit)) points"))
    }
    if let limit = settings.demands.minAccuracy {
      results.append(
        judged(
          "min-accuracy", limit, isUpper: false, "the lowest accuracy",
          found: task.lowest?.estimate, interval: guarantee?.lowest,
          demand: "every format at least \(percent(limit))"))
    }
    if let limit = settings.demands.minMedian {
      results.append(
        judged(
          "min-median", limit, isUpper: false, "the median accuracy",
          found: task.distribution?.median, interval: guarantee?.median,
          demand: "median over formats at least \(percent(limit))"))
    }
    if let limit = settings.maxDrop { results.append(drop(limit)) }
    return results
  }

  /// The intervals for these formats on these examples.
  private var guarantee: SpreadInterval? {
    task.guarantees.first { $0.target == .theseExamples }
  }

  /// Formats about which the intervals say nothing.
  private var unknownFormats: Int { task.formats.count - (task.distribution?.formats ?? 0) }

  private func judged(
    _ gate: String, _ limit: Double, isUpper: Bool, _ subject: String, found: Double?,
    interval: Interval?, demand: String
  ) -> GateResult {
    let shown = isUpper ? { "\(points($0)) points" } : percent
    func result(_ outcome: GateResult.Outcome, _ finding: String) -> GateResult {
      GateResult(
        gate: gate, task: task.name, outcome: outcome, limit: limit, found: found,
        interval: interval, demand: demand, finding: finding)
    }
    guard let found else { return result(.undecided, "no cell has an answer") }
    if settings.demands.basis == .point {
      guard task.isFinished else { return result(.undecided, "the run is not finished") }
      let holds = isUpper ? found <= limit + 1e-9 : found >= limit - 1e-9
      return result(holds ? .pass : .fail, "\(subject) was found to be \(shown(found))")
    }
    guard let interval else {
      return result(.undecided, "a single format has no interval")
    }
    let verdict =
      isUpper
      ? StoppingRule.verdict(interval, atMost: limit)
      : StoppingRule.verdict(interval, atLeast: limit)
    let sure = "(\(confidenceName(confidence)) sure)"
    switch verdict {
    case .certainlyFails:
      let bound = isUpper ? "at least \(shown(interval.lower))" : "at most \(shown(interval.upper))"
      return result(.fail, "\(subject) is \(exact(interval, shown) ?? bound) \(sure)")
    case .certainlyHolds where unknownFormats == 0:
      let bound = isUpper ? "at most \(shown(interval.upper))" : "at least \(shown(interval.lower))"
      return result(.pass, "\(subject) is \(exact(interval, shown) ?? bound) \(sure)")
    case .certainlyHolds:
      return result(
        .undecided,
        "\(counted(unknownFormats, "format")) \(unknownFormats == 1 ? "has" : "have") too few "
          + "answers to be judged")
    case .undecided:
      return result(
        .undecided,
        "\(subject) lies between \(shown(interval.lower)) and \(shown(interval.upper)) \(sure)")
    }
  }

  private func exact(_ interval: Interval, _ shown: (Double) -> String) -> String? {
    interval.width < 1e-9 ? "\(shown(interval.lower)) exactly" : nil
  }

  /// The fall of accuracy against the baseline.
  private func drop(_ limit: Double) -> GateResult {
    func result(
      _ outcome: GateResult.Outcome, _ finding: String, _ found: Double? = nil,
      _ interval: Interval? = nil
    ) -> GateResult {
      GateResult(
        gate: "max-drop", task: task.name, outcome: outcome, limit: limit, found: found,
        interval: interval, demand: "accuracy at most \(points(limit)) points below the baseline's",
        finding: finding)
    }
    guard let comparison = settings.baseline?.comparison(with: task, digest: digest) else {
      return result(.undecided, "the baseline shares no format of this task")
    }
    let found =
      "accuracy went from \(percent(comparison.before)) to \(percent(comparison.after)) on "
      + comparison.basis
    let interval = comparison.interval(confidence)
    if settings.demands.basis == .point {
      guard task.isFinished else {
        return result(.undecided, "the run is not finished", comparison.drop, interval)
      }
      return result(
        comparison.drop <= limit + 1e-9 ? .pass : .fail, found, comparison.drop, interval)
    }
    guard let interval else {
      return result(.undecided, "\(found), which is no basis for an interval", comparison.drop)
    }
    let range =
      "a drop of \(points(interval.lower)) to \(points(interval.upper)) points "
      + "(\(confidenceName(confidence)) sure, \(comparison.test))"
    let outcome: GateResult.Outcome =
      switch StoppingRule.verdict(interval, atMost: limit) {
      case .certainlyHolds: .pass
      case .certainlyFails: .fail
      case .undecided: .undecided
      }
    return result(outcome, "\(found), \(range)", comparison.drop, interval)
  }
}
