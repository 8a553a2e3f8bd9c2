package import Basics
package import Runs
package import Statistics

/// What a run has to fulfil, and how strictly.
package struct GateSettings: Sendable, Hashable {
  package var demands: Inference.Gates
  /// Accuracy may fall by this at most against the baseline.
  package var maxDrop: Double?
  package var baseline: Baseline?
  /// Failed cells that are borne; nil leaves a run with any incomplete.
  package var maxFailures: Int?
  /// Whether a gate that the evidence does not decide lets the run pass.
  package var acceptsUndecided = false
  /// The exit status of a run that a signal ended, which no gate changes.
  package var signalStatus: Int32?

  package init(_ inference: Inference) {
    demands = inference.gates
  }

  package var isEmpty: Bool { demands.isEmpty && maxDrop == nil && maxFailures == nil }
}

/// How one demand on one task came out.
package struct GateResult: Sendable, Hashable {
  package enum Outcome: String, Sendable, Hashable, CaseIterable {
    case pass
    case fail
    case undecided
    /// The run could not do what was asked of it.
    case error
  }

  /// The option without its dashes.
  package let gate: String
  /// Nil for the run as a whole.
  package let task: String?
  package let outcome: Outcome
  /// As a fraction of 1, or a count of cells.
  package let limit: Double
  /// What was found, in the same unit; nil where nothing was.
  package let found: Double?
  package let interval: Interval?
  /// The demand: `spread at most 10.0 points`.
  package let demand: String
  /// What was found, as a clause.
  package let finding: String

  /// `max-spread (topic): failed, the spread is 31.0 points; demanded: spread at most 10.0 points`.
  package var sentence: String {
    gate + (task.map { " (\($0))" } ?? "") + ": " + statement
  }

  /// The sentence without gate and task.
  var statement: String { "\(word), \(finding); demanded: \(demand)" }

  var word: String {
    switch outcome {
    case .pass: "passed"
    case .fail: "failed"
    case .undecided: "undecided"
    case .error: "error"
    }
  }
}

/// How all demands on a run came out, and with it the run's exit status.
package struct GateReport: Sendable, Hashable {
  /// What the run as a whole came to.
  package enum Outcome: String, Sendable, Hashable, CaseIterable {
    case passed
    case failed
    case undecided
    case incomplete

    /// The exit status of a program that came to its end.
    var status: Int32 {
      switch self {
      case .passed: 0
      case .failed, .undecided: 1
      case .incomplete: 3
      }
    }
  }

  package let basis: Inference.Basis
  package let confidence: Double
  package let acceptsUndecided: Bool
  /// In the order of the tasks, those of the run as a whole last.
  package let results: [GateResult]
  /// Whether cells are missing or failed that are not borne.
  package let isIncomplete: Bool
  /// The exit status of a run that a signal ended.
  package let signalStatus: Int32?

  /// The exit status of the program.
  package var status: Int32 { signalStatus ?? outcome.status }

  /// A certain failure stands whatever is still missing; a pass and a doubt wait for the rest.
  package var outcome: Outcome {
    if results.contains(where: { $0.outcome == .fail }) { return .failed }
    if isIncomplete || results.contains(where: { $0.outcome == .error }) { return .incomplete }
    if !acceptsUndecided, results.contains(where: { $0.outcome == .undecided }) {
      return .undecided
    }
    return .passed
  }

  /// One line with the exit status.
  package var verdict: String {
    func count(_ outcome: GateResult.Outcome) -> Int { results.count { $0.outcome == outcome } }
    let undecided = count(.undecided)
    let accepted =
      acceptsUndecided && undecided > 0
      ? " (\(undecided) undecided, accepted by --undecided pass)" : ""
    let ending = "; exit status \(status)"
    switch outcome {
    case .passed: return "gates passed\(accepted)\(ending)"
    case .failed:
      return "\(count(.fail)) of \(counted(results.count, "gate")) failed\(ending)"
    case .undecided:
      return "\(undecided) of \(counted(results.count, "gate")) undecided: too little "
        + "evidence\(ending)"
    case .incomplete:
      return "the run is incomplete, and no gate has certainly failed\(ending)"
    }
  }

  package var json: JSON {
    .members([
      "outcome": .string(outcome.rawValue), "exit_status": .integer(Int(status)),
      "basis": .string(basis.rawValue), "confidence": .number(confidence),
      "undecided_passes": .bool(acceptsUndecided),
      "results": .array(
        results.map { result in
          .members([
            "gate": .string(result.gate), "task": result.task.map { .string($0) } ?? .null,
            "outcome": .string(result.outcome.rawValue), "limit": .fraction(result.limit),
            "found": .fraction(result.found),
            "interval": result.interval.map {
              .array([.fraction($0.lower), .fraction($0.upper)])
            } ?? .null,
            "sentence": .string(result.statement),
          ])
        }),
    ])
  }
}

extension RunReport {
  /// Holds the run to its demands; without any, ``gates`` becomes nil.
  package mutating func judge(by settings: GateSettings) {
    guard !settings.isEmpty else {
      gates = nil
      return
    }
    var results: [GateResult] = []
    for (task, reference) in zip(tasks, study.tasks) {
      results +=
        TaskGates(
          task: task, digest: reference.digest, settings: settings,
          confidence: study.inference.level
        ).results
    }
    let borne = settings.maxFailures ?? 0
    if let most = settings.maxFailures {
      results.append(
        GateResult(
          gate: "max-failures", task: nil, outcome: failed <= most ? .pass : .error,
          limit: Double(most), found: Double(failed), interval: nil,
          demand: "at most \(counted(most, "failed cell"))",
          finding: "\(counted(failed, "cell")) failed"))
    }
    gates = GateReport(
      basis: settings.demands.basis, confidence: study.inference.level,
      acceptsUndecided: settings.acceptsUndecided, results: results,
      isIncomplete: missing > 0 || failed > borne, signalStatus: settings.signalStatus)
  }
}
