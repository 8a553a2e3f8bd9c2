import Synchronization

/// Decides when failed cells mean that the model is to be given up.
///
/// Without a limit of the user's: after twenty failures in a row. Prompts that are refused for good
/// (too long, say) count for that only while the model has never answered, because a whole format may
/// be refused by a model that is well.
final class FailureWatch: Sendable {
  static let patience = 20

  private struct State {
    var hasAnswered: Bool
    var inARow = 0
    var total = 0
  }

  private let limit: Int?
  private let state: Mutex<State>

  /// - Parameters:
  ///   - limit: Failed cells that are borne; nil for the rule above.
  ///   - hasAnswered: Whether earlier sessions got answers.
  init(limit: Int?, hasAnswered: Bool) {
    self.limit = limit
    state = Mutex(State(hasAnswered: hasAnswered))
  }

  /// Notes the end of a cell.
  ///
  /// - Returns: Why the model is to be given up, if it is.
  func note(_ outcome: CellOutcome) -> String? {
    state.withLock { state in
      guard let error = outcome.record.error, outcome.record.isCorrect == nil else {
        state.hasAnswered = true
        state.inARow = 0
        return nil
      }
      state.total += 1
      if let limit {
        guard state.total > limit else { return nil }
        return "more than \(limit) cells failed, the last: \(error)"
      }
      if !outcome.isFinal || !state.hasAnswered { state.inARow += 1 }
      guard state.inARow >= Self.patience else { return nil }
      return "\(Self.patience) failures in a row, the last: \(error)"
    }
  }
}

/// What became of a cell.
struct CellOutcome: Sendable {
  var record: EvaluationRecord
  /// A failure that the same request would meet again.
  var isFinal = false
  /// The request was the same as another cell's.
  var isShared = false
}
