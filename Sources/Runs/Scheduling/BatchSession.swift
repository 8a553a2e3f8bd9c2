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
    dispatcher.fill(open, inLists: evaluator.takesLists) { batch[$0].arm }
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
        if turn.places.count > 1 {
          try await askTogether(turn.places, from: &seat, dispatcher, batch, work)
        } else if let place = turn.places.first {
          try keep(try await evaluator.evaluate(batch[place], from: &seat), place, work)
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

  private func keep(_ outcome: CellOutcome, _ place: Int, _ work: Work) throws {
    try journal.append(outcome.record)
    observe(.evaluated(outcome.record, isReused: false))
    work.finish(place, outcome)
    if let reason = failures.note(outcome) {
      throw ModelError(reason, retry: .no, scope: .model)
    }
  }

  /// Asks the cells at some places in one request, and alone those that it did not answer.
  private func askTogether(
    _ places: ArraySlice<Int>, from seat: inout Int?, _ dispatcher: Dispatcher, _ batch: [Cell],
    _ work: Work
  ) async throws {
    let (outcomes, refused) = try await evaluator.evaluate(places.map { batch[$0] }, from: &seat)
    var alone: [(place: Int, attempts: Int)] = []
    for (place, outcome) in zip(places, outcomes) {
      switch outcome {
      case .outcome(let outcome): try keep(outcome, place, work)
      case .alone(let attempts): alone.append((place, attempts))
      }
    }
    guard !alone.isEmpty else { return }
    // Each of them needs a seat of its own.
    let lane = seat ?? 0
    if seat != nil { dispatcher.release(lane) }
    seat = nil
    let ends = await withTaskGroup { group in
      for (place, attempts) in alone {
        group.addTask {
          await askAlone(place, after: attempts, at: lane, dispatcher, batch, work)
        }
      }
      var ends: [Result<Bool, any Error>] = []
      for await end in group { ends.append(end) }
      return ends
    }
    let areAllTaken = try ends.map { try $0.get() }.allSatisfy(\.self)
    if let refused, areAllTaken {
      dispatcher.failList(refused.lane, prompts: refused.prompts, isRefused: true)
    }
  }

  /// - Returns: Whether the model took the question.
  private func askAlone(
    _ place: Int, after attempts: Int, at lane: Int, _ dispatcher: Dispatcher, _ batch: [Cell],
    _ work: Work
  ) async -> Result<Bool, any Error> {
    do {
      var seat: Int? = try await dispatcher.seat(preferring: lane)
      defer { if let seat { dispatcher.release(seat) } }
      if stop.isAsked { return .success(false) }
      let outcome = try await evaluator.evaluate(batch[place], from: &seat, after: attempts)
      try keep(outcome, place, work)
      return .success(!outcome.isFinal)
    } catch {
      dispatcher.abandon()
      return .failure(error)
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
