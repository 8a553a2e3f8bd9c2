package import Basics
import Runs
package import Statistics

/// What the sampled formats say about all plausible formats of the grammar, on these examples.
///
/// The formats but the task's own are a uniform sample of the distinct plausible formats. Where each of
/// them was asked every example, order statistics (``GrammarCoverage``) hold whatever the
/// distribution of accuracy is; anything less, and the figures are no sample of accuracies.
package struct GrammarStatement: Sendable, Hashable {
  package static let target = "all plausible formats of the grammar"

  /// Formats drawn from the grammar: all but the task's own.
  package let sampled: Int
  package let confidence: Double
  package let claim: Claim

  package enum Claim: Sendable, Hashable {
    /// The run has every format that the grammar allows.
    case everyFormat
    /// At least this share of the grammar lies between the lowest and the highest sampled format.
    case share(Double, between: Interval, median: Interval?)
    /// Why nothing can be said.
    case none(Reason)
  }

  package enum Reason: String, Sendable, Hashable {
    case tooFew = "fewer than two formats were sampled"
    case chosen = "the formats were not sampled uniformly from the grammar"
    case unfinished = "not every format was asked every example"
  }

  /// - Parameters:
  ///   - formats: All formats of the task, in order, its own first.
  ///   - examples: How many examples each is to be asked.
  ///   - wanted: How many formats the study asks for; fewer exist where it has fewer.
  ///   - isUniform: Whether formats were drawn uniformly, and nothing was varied beside them.
  ///   - confidence: Strictly between 0 and 1.
  init(
    _ formats: [FormatResult], examples: Int, wanted: Int, isUniform: Bool,
    confidence: Double
  ) {
    let drawn = formats.filter { $0.index != 0 }
    let accuracies = drawn.compactMap(\.accuracy).sorted()
    sampled = drawn.count
    self.confidence = confidence
    guard drawn.allSatisfy({ $0.asked == examples }), let low = accuracies.first,
      let high = accuracies.last
    else {
      claim = .none(drawn.count < 2 ? .tooFew : .unfinished)
      return
    }
    if !isUniform {
      claim = .none(.chosen)
    } else if formats.count < wanted {
      claim = .everyFormat
    } else if drawn.count < 2 {
      claim = .none(.tooFew)
    } else {
      let ranks = GrammarCoverage.ranks(
        quantile: 0.5, formats: drawn.count, confidence: confidence)
      claim = .share(
        GrammarCoverage.share(formats: drawn.count, confidence: confidence),
        between: Interval(low, high),
        median: ranks.map { Interval(accuracies[$0.lower], accuracies[$0.upper]) })
    }
  }

  /// One clause.
  var sentence: String {
    switch claim {
    case .everyFormat: "these are all plausible formats that the grammar has"
    case .none(let reason): "no claim, because \(reason.rawValue)"
    case .share(let share, let range, let median):
      "at least \(floorPercent(share)) of all plausible formats of the grammar score between "
        + "\(percent(range.lower)) and \(percent(range.upper)) on these examples"
        + (median.map {
          ", and their median lies between \(percent($0.lower)) and \(percent($0.upper))"
        } ?? "") + " (\(confidenceName(confidence)) sure)"
    }
  }

  package var json: JSON {
    var members = JSONObject([
      "target": .string(Self.target), "confidence": .number(confidence),
      "sampled_formats": .integer(sampled),
    ])
    switch claim {
    case .everyFormat:
      members["claim"] = .string("every-format")
    case .none(let reason):
      members["claim"] = .string("none")
      members["reason"] = .string(reason.rawValue)
    case .share(let share, let range, let median):
      members["claim"] = .string("share")
      members["share"] = .fraction(share)
      members["range"] = .array([.fraction(range.lower), .fraction(range.upper)])
      members["median"] =
        median.map { .array([.fraction($0.lower), .fraction($0.upper)]) } ?? .null
    }
    return .object(members)
  }
}

/// A share that is a lower bound, rounded down: `95.3 %`.
func floorPercent(_ share: Double) -> String {
  percent((share * 1000).rounded(.down) / 1000)
}

/// A confidence as the tables name it: `95 %`, `99.5 %`.
func confidenceName(_ confidence: Double) -> String {
  let tenths = Int((confidence * 1000).rounded())
  if Double(tenths) / 1000 != confidence { return "\(confidence * 100) %" }
  return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
}
