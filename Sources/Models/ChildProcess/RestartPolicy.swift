/// Whether a child that failed is started again.
///
/// A crash or a silence is given another process as long as answers come in between. Output that is
/// not an answer is forgiven a few times in all. Answers that may belong to other requests are never
/// forgiven, because scores that were already taken may be wrong too.
package struct RestartPolicy: Sendable, Hashable {
  /// How often in a row a child may fail without an answer in between.
  package let limit: Int
  package private(set) var failuresInARow = 0
  package private(set) var strayLines = 0

  package init(limit: Int) {
    self.limit = limit
  }

  /// Why a session with a child ended.
  package enum Cause: Sendable, Hashable {
    /// It closed its output, which is how a crash shows first.
    case ended
    case timedOut(request: String, after: Duration)
    case strayLine(String)
    case confusedAnswers(String)
    /// It refused to work, or does not speak this protocol.
    case badGreeting(ModelError)
    case closed
  }

  package enum Verdict: Sendable, Hashable {
    case restart
    case giveUp
    case giveUpAfter(failures: Int)
  }

  /// Takes note of a failure.
  ///
  /// - Parameters:
  ///   - cause: Why the session ended.
  ///   - first: Whether the child never answered hello and no child before it did.
  ///   - answers: How many requests this child answered.
  /// - Returns: What to do now.
  package mutating func verdict(_ cause: Cause, first: Bool, answers: Int) -> Verdict {
    if first { return .giveUp }
    switch cause {
    case .closed, .confusedAnswers, .badGreeting:
      return .giveUp
    case .strayLine:
      strayLines += 1
      return strayLines > limit ? .giveUpAfter(failures: strayLines) : .restart
    case .ended, .timedOut:
      if answers > 0 { failuresInARow = 0 }
      failuresInARow += 1
      return failuresInARow > limit ? .giveUpAfter(failures: failuresInARow) : .restart
    }
  }
}
