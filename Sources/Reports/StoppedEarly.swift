import Basics
import Estimation
package import Statistics

/// That a search ended before its budget did, because its answer was certain.
package struct StoppedEarly: Sendable, Hashable {
  package let reason: StoppingRule.Reason
  /// Evaluations that the search would have asked for at most.
  package let planned: Int
  /// Evaluations that it asked for.
  package let asked: Int

  package var saved: Int { max(0, planned - asked) }

  var sentence: String {
    let why =
      switch reason {
      case .narrow: "the spread is known as precisely as was asked for"
      case .decided: "every gate is decided"
      case .failed: "a gate has certainly failed"
      }
    return "stopped early, because \(why): \(grouped(saved)) of "
      + "\(counted(planned, "evaluation")) saved"
  }

  var json: JSON {
    let name =
      switch reason {
      case .narrow: "until"
      case .decided: "gates-decided"
      case .failed: "gate-failed"
      }
    return .members([
      "reason": .string(name), "planned": .integer(planned), "asked": .integer(asked),
      "saved": .integer(saved),
    ])
  }
}
