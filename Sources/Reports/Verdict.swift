import Statistics

/// What the figures of a task say about the format, in one sentence.
package struct Verdict: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable {
    /// The formats differ by more than noise.
    case effect
    /// The data show no difference between formats.
    case noDetectableEffect = "no-detectable-effect"
    /// The question was not or cannot be put to these data.
    case untested
  }

  package let kind: Kind
  /// Plain text with the names of model and task as they are.
  package let sentence: String
}

extension RunReport {
  /// The verdict on one of the report's tasks.
  ///
  /// A format effect is claimed only where Cochran's Q shows one at the 5 % level, or, after a search that
  /// asks formats different examples, where the spread's interval on the population lies above zero.
  package func verdict(_ task: TaskReport) -> Verdict {
    verdict(task, model: model ?? "the model", name: task.name)
  }

  /// The verdict on formats that were asked different examples: their answers admit no test of Cochran's,
  /// but an interval for the spread that lies above zero is one.
  private func searched(_ task: TaskReport, found: String) -> Verdict {
    let population = task.guarantees.first { $0.target == .population }
    if let lower = population?.spread.lower, lower > 0 {
      // An interval that is less sure than the test would be claims no effect.
      return Verdict(
        kind: 1 - task.confidence <= FormatTest.level + 1e-9 ? .effect : .untested,
        sentence: "\(found) points; at least \(points(lower)) of it would remain on the "
          + "population of examples (\(confidenceName(task.confidence)) sure).")
    }
    return Verdict(
      kind: .untested,
      sentence: "\(found) points; these answers do not show that it is more than noise.")
  }

  /// The verdict with the names as a document shows them.
  func verdict(_ task: TaskReport, model: String, name: String) -> Verdict {
    guard let lowest = task.lowest, let highest = task.highest, let spread = task.spread,
      let distribution = task.distribution
    else {
      if task.unlabelled > 0 {
        return Verdict(
          kind: .untested,
          sentence:
            "The task \(name) has no right answers, so that \(model) has no accuracy on it; "
            + "what is known is how its answers depend on the format.")
      }
      return Verdict(
        kind: .untested, sentence: "Nothing is known yet: no cell of \(name) has an answer.")
    }
    let range = "\(percent(lowest.estimate)) and \(percent(highest.estimate))"
    guard distribution.formats > 1 else {
      return Verdict(
        kind: .untested,
        sentence: "Accuracy of \(model) on \(name) is \(percent(lowest.estimate)) under the only "
          + "format with answers; a range needs at least two.")
    }
    if let test = task.test {
      let p = probability(test.cochran.pValue)
      let noise = points(test.noise.mean)
      // Noise alone is a spread of raw accuracies, so it is set beside one.
      let raw = task.rawSpread ?? spread
      let isRaw = points(raw) == points(spread)
      let size =
        "a spread of \(points(spread)) points"
        + (isRaw ? "" : " by the search's estimate; the raw spread is \(points(raw)) points")
      let isLevel = percent(lowest.estimate) == percent(highest.estimate)
      if test.showsEffect {
        return Verdict(
          kind: .effect,
          sentence: "Accuracy of \(model) on \(name) lies between \(range) depending on the "
            + "format: \(size), where noise alone would give "
            + "about \(noise) (Cochran's Q, p \(p)).")
      }
      return Verdict(
        kind: .noDetectableEffect,
        sentence: "No detectable format effect: \(model) on \(name) scores "
          + (isLevel ? "\(percent(lowest.estimate)) under every format, " : "between \(range), ")
          + "\(size), and noise alone would give about \(noise) "
          + "(Cochran's Q, p \(p))." + task.missedEffect)
    }
    let found = "Accuracy of \(model) on \(name) was found between \(range) depending on the format"
    if !task.isFinished {
      return Verdict(
        kind: .untested,
        sentence: "\(found) so far; the run is not finished, and the range may widen.")
    }
    if task.isAdaptive { return searched(task, found: "\(found), a spread of \(points(spread))") }
    return Verdict(
      kind: .untested,
      sentence: "\(found); too many cells failed to test how much of it is noise.")
  }
}
