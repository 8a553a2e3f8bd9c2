package import Basics
package import Statistics

/// What a study wants to be told with which certainty, where that is not the default.
///
/// All shares and accuracies are fractions of 1.
package struct Inference: Sendable, Hashable {
  /// Of all intervals, strictly between 0 and 1.
  package var confidence = Self.usualConfidence
  /// The run stops when the interval of the spread, for these formats on these examples, is at most
  /// this wide.
  package var until: Double?
  package var gates = Gates()
  /// Whether the run may stop as soon as its gates are decided.
  package var stopsEarly = true
  /// Whether the report estimates the distribution of accuracy over formats.
  package var estimatesDistribution = false

  /// The confidence that a report made later asks for; what was asked stays as it is.
  package var reportedConfidence: Double?

  /// The confidence of a report's intervals.
  package var level: Double { reportedConfidence ?? confidence }

  package static let usualConfidence = 0.95

  package init() {}

  /// Demands on a task that are part of its study; others, such as a baseline, come with a report.
  package struct Gates: Sendable, Hashable {
    package var maxSpread: Double?
    /// For the lowest accuracy of all formats.
    package var minAccuracy: Double?
    /// For the median over formats.
    package var minMedian: Double?
    package var basis = Basis.certain

    package init() {}

    package var isEmpty: Bool { maxSpread == nil && minAccuracy == nil && minMedian == nil }
  }

  /// What a gate is judged by.
  package enum Basis: String, Sendable, Hashable, CaseIterable {
    /// Intervals: what is not certain is undecided.
    case certain
    /// The figures as found.
    case point
  }

  /// What may end the searches early; nil when nothing may.
  package var stopping: StoppingRule? {
    var rule = StoppingRule(width: until, confidence: confidence)
    // The figures as found are known only at the end.
    if stopsEarly, gates.basis == .certain {
      rule.maxSpread = gates.maxSpread
      rule.minAccuracy = gates.minAccuracy
      rule.minMedian = gates.minMedian
    }
    return rule == StoppingRule(confidence: confidence) ? nil : rule
  }

  /// The part of it that decides which cells are asked.
  var deciding: Inference {
    guard let stopping else { return Inference() }
    var part = Inference()
    part.confidence = confidence
    part.until = until
    part.gates.maxSpread = stopping.maxSpread
    part.gates.minAccuracy = stopping.minAccuracy
    part.gates.minMedian = stopping.minMedian
    return part
  }
}

extension Inference {
  /// Nil when nothing differs from the default.
  package var json: JSON? {
    var own = self
    own.reportedConfidence = nil
    guard own != Inference() else { return nil }
    return .members([
      "confidence": confidence == Self.usualConfidence ? nil : .number(confidence),
      "until": until.map { .number($0) }, "max_spread": gates.maxSpread.map { .number($0) },
      "min_accuracy": gates.minAccuracy.map { .number($0) },
      "min_median": gates.minMedian.map { .number($0) },
      "gate": gates.basis == .certain ? nil : .string(gates.basis.rawValue),
      "no_early_stop": stopsEarly ? nil : .bool(true),
      "estimate": estimatesDistribution ? .string("distribution") : nil,
    ])
  }

  /// - Throws: `InputError` with the JSON path.
  init(_ reader: JSONReader) throws(InputError) {
    let members = try reader.members(known: [
      "confidence", "until", "max_spread", "min_accuracy", "min_median", "gate", "no_early_stop",
      "estimate",
    ])
    func share(_ key: String) throws(InputError) -> Double? {
      guard let member = members[key] else { return nil }
      let value = try member.double()
      guard value >= 0, value <= 1 else {
        throw member.failure("expected a number from 0 to 1, found \(value)")
      }
      return value
    }
    if let member = members["confidence"] {
      confidence = try member.double()
      guard confidence > 0, confidence < 1 else {
        throw member.failure("expected a number between 0 and 1, found \(confidence)")
      }
    }
    until = try share("until")
    gates.maxSpread = try share("max_spread")
    gates.minAccuracy = try share("min_accuracy")
    gates.minMedian = try share("min_median")
    gates.basis = try members["gate"]?.choice(of: Basis.self) ?? .certain
    stopsEarly = try !(members["no_early_stop"]?.bool() ?? false)
    estimatesDistribution = try members["estimate"]?.choice(of: Estimate.self) != nil
  }

  private enum Estimate: String, CaseIterable {
    case distribution
  }
}
