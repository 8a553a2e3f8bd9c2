import Estimation
import Models
import Synchronization

/// Has the open cells of one batch answered by several workers at once.
struct BatchSession: Sendable {
  let evaluator: Evaluator
  let journal: Journal
  let failures: FailureWatch
  let stop: StopRequest
  let observe: @Sendable (RunEvent) -> Void

  /// Answers the cells at the places `open` of a batch.
  ///
  /// - Returns: The places that were answered, or failed or have no right answer (nil), in any order.
  /// - Throws: `StorageError` when an answer cannot be kept.
  func run(
    _ batch: [Cell], _ open: [Int], _ summary: inout RunSummary
  ) async throws -> [(place: Int, isCorrect: Bool?)] {
    let work = Work()
    let dispatcher = evaluator.dispatcher
    dispatcher.fill(open) { batch[$0].arm }
    let ends = await withTaskGroup { group in
      for _ in 0..<min(dispatcher.most, open.count) {
        group.addTask { await drain(dispatcher, batch, work) }
      }
      var ends: [any Error] = []
      for await end in group { if let end { ends.append(end) } }
      return ends
    }
    try journal.flush()
    // Where several things ended the workers, the one that explains the others counts.
    if let refused = ends.first(where: { $0 is StorageError }) { throw refused }
    let failure = ends.lazy.compactMap { $0 as? ModelError }.first
    if failure == nil, let other = ends.first(where: { !($0 is CancellationError) }) { throw other }
    let results = work.results
    summary.evaluated += results.count
    summary.failed += work.failed
    summary.shared += work.shared
    summary.modelFailure = failure?.message
    summary.wasStopped = failure == nil && results.count < open.count
    return results
  }

  /// One worker: takes cells until none is left; returns what ended it early.
  private func drain(
    _ dispatcher: Dispatcher, _ batch: [Cell], _ work: Work
  ) async -> (any Error)? {
    var seat: Int?
    defer { if let seat { dispatcher.release(seat) } }
    do {
      while !stop.isAsked {
        let before = seat
        seat = nil
        guard let turn = try await dispatcher.next(after: before) else { return nil }
        seat = turn.lane
        if stop.isAsked { break }
        let outcome = try await evaluator.evaluate(batch[turn.place], from: &seat)
        try journal.append(outcome.record)
        observe(.evaluated(outcome.record, isReused: false))
        work.finish(turn.place, outcome)
        if let reason = failures.note(outcome) {
          throw ModelError(reason, retry: .no, scope: .model)
        }
      }
      // The others learn that no more cells are begun.
      dispatcher.abandon()
      return nil
    } catch {
      dispatcher.abandon()
      return error
    }
  }

  /// What the workers of a batch found.
  private final class Work: Sendable {
    private struct State {
      var results: [(place: Int, isCorrect: Bool?)] = []
      var shared = 0
      var failed = 0
    }

    private let state = Mutex(State())

    func finish(_ place: Int, _ outcome: CellOutcome) {
      state.withLock { state in
        state.results.append((place, outcome.record.isCorrect))
        if outcome.isShared { state.shared += 1 }
        if !outcome.record.isAnswered { state.failed += 1 }
      }
    }

    var results: [(place: Int, isCorrect: Bool?)] { state.withLock { $0.results } }

    var shared: Int { state.withLock { $0.shared } }

    var failed: Int { state.withLock { $0.failed } }
  }
}
