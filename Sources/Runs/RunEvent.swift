import Synchronization

/// What happens during a run, in order of happening; answers of one batch come in any order.
package enum RunEvent: Sendable {
  /// The model answers; `reused` answers were in the journal already.
  case opened(model: String, reused: Int)
  case taskStarted(PlannedTask)
  /// Requests are sent from now on; `underWay` counts those that wait for their answer.
  case asking(underWay: @Sendable () -> Int)
  /// A cell was answered by the model now, or taken from the journal.
  ///
  /// A reused record has only its cell and its outcome: a million whole ones would fill the memory.
  case evaluated(EvaluationRecord, isReused: Bool)
  /// Something that the user should know, in one line.
  case notice(String)
}

/// Asks to stop a run cleanly: cells under way are finished or given up, nothing new is asked.
package final class StopRequest: Sendable {
  private let asked = Mutex(false)

  package init() {}

  package var isAsked: Bool { asked.withLock { $0 } }

  package func ask() { asked.withLock { $0 = true } }
}

/// How a run ended.
package struct RunSummary: Sendable, Hashable {
  /// Answered by the model in this session, or failed.
  package var evaluated = 0
  /// Taken from the journal.
  package var reused = 0
  /// Cells without an answer.
  package var failed = 0
  /// Cells of `evaluated` whose request was the same as another cell's and was not sent again.
  package var shared = 0
  /// Cells of `evaluated` whose answer an earlier run had.
  package var earlier = 0
  package var wasStopped = false
  /// Why the model was given up, if it was.
  package var modelFailure: String?
  /// Cells asked a second time at the end.
  package var repeated = 0
  /// Those of `repeated` that were answered otherwise than the first time.
  package var disagreements = 0

  /// The share of repeated cells with another answer, from 0 to 1; nil when none was repeated.
  package var disagreementRate: Double? {
    repeated == 0 ? nil : Double(disagreements) / Double(repeated)
  }

  /// Whether the journal is as it was before the session, and complete.
  package var addedNothing: Bool { evaluated == 0 && failed == 0 && repeated == 0 && !isOver }

  /// Why an extra measurement was given up, if one was.
  package var extraFailure: String?

  var isOver: Bool { wasStopped || modelFailure != nil }
}
