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
  /// - Returns: The places that were answered or failed (nil), in any order.
  /// - Throws: `StorageError` when an answer cannot be kept.
  func run(
    _ batch: [Cell], _ open: [Int], _ summary: inout RunSummary
  ) async throws -> [(place: Int, isCorrect: Bool?)] {
    let work = Work(open: open)
    let limit = evaluator.limit
    let ends = await withTaskGroup { group in
      for _ in 0..<min(limit.most, open.count) {
        group.addTask { await drain(work, batch, limit) }
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
    summary.failed += results.count { $0.isCorrect == nil }
    summary.shared += work.shared
    summary.modelFailure = failure?.message
    summary.wasStopped = failure == nil && results.count < open.count
    return results
  }

  /// One worker: takes cells until none is left; returns what ended it early.
  private func drain(
    _ work: Work, _ batch: [Cell], _ limit: ConcurrencyLimit
  ) async -> (any Error)? {
    while work.isOpen {
      await limit.acquire()
      defer { limit.release() }
      guard !stop.isAsked, let place = work.next() else { return nil }
      do {
        let outcome = try await evaluator.evaluate(batch[place])
        try journal.append(outcome.record)
        observe(.evaluated(outcome.record, isReused: false))
        work.finish(place, outcome)
        if let reason = failures.note(outcome) {
          throw ModelError(reason, retry: .no, scope: .model)
        }
      } catch {
        work.abandon()
        return error
      }
    }
    return nil
  }

  /// The open cells of a batch, shared by its workers.
  private final class Work: Sendable {
    private struct State {
      var open: ArraySlice<Int>
      var results: [(place: Int, isCorrect: Bool?)] = []
      var shared = 0
    }

    private let state: Mutex<State>

    init(open: [Int]) {
      state = Mutex(State(open: open[...]))
    }

    var isOpen: Bool { state.withLock { !$0.open.isEmpty } }

    func next() -> Int? { state.withLock { $0.open.popFirst() } }

    func abandon() { state.withLock { $0.open = [] } }

    func finish(_ place: Int, _ outcome: CellOutcome) {
      state.withLock { state in
        state.results.append((place, outcome.record.isCorrect))
        if outcome.isShared { state.shared += 1 }
      }
    }

    var results: [(place: Int, isCorrect: Bool?)] { state.withLock { $0.results } }

    var shared: Int { state.withLock { $0.shared } }
  }
}
