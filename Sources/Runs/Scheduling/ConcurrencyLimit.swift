import Synchronization

/// How many requests may be under way: as many as the model takes without complaint.
///
/// As TCP does it: the limit doubles with every round of answers until the first rate limit, which
/// halves it; from then on it grows by one a round. Requests that were under way at a cut do not cut
/// again. A fixed limit never changes.
final class ConcurrencyLimit: Sendable {
  private struct State {
    var limit: Int
    var inUse = 0
    var waiting: [CheckedContinuation<Void, Never>] = []
    /// Answers since the limit last grew.
    var answers = 0
    var doubles = true
    /// How often the limit was cut.
    var cuts = 0
  }

  private let ceiling: Int
  private let isFixed: Bool
  private let state: Mutex<State>

  init(fixed limit: Int) {
    ceiling = limit
    isFixed = true
    state = Mutex(State(limit: max(1, limit)))
  }

  init(from start: Int, to ceiling: Int) {
    self.ceiling = max(1, ceiling)
    isFixed = false
    state = Mutex(State(limit: max(1, min(start, ceiling))))
  }

  /// The largest number that the limit can become.
  var most: Int { max(1, ceiling) }

  var now: Int { state.withLock { $0.limit } }

  /// How often the limit was cut so far; a request notes it when it is sent.
  var cuts: Int { state.withLock { $0.cuts } }

  /// Waits for a place; every call is followed by one of `release`.
  func acquire() async {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        guard state.inUse < state.limit else {
          state.waiting.append(continuation)
          return false
        }
        state.inUse += 1
        return true
      }
      if isFree { continuation.resume() }
    }
  }

  func release() {
    resume { $0.inUse -= 1 }
  }

  /// A request was answered.
  func succeed() {
    guard !isFixed else { return }
    resume { state in
      // A limit that is not reached was not tried.
      guard state.limit < ceiling, state.inUse >= state.limit else { return }
      state.answers += 1
      guard state.doubles || state.answers >= state.limit else { return }
      state.limit += 1
      state.answers = 0
    }
  }

  /// A request was refused because there are too many.
  ///
  /// - Parameter cuts: The limit's `cuts` when the request was sent.
  func backOff(sentAfter cuts: Int) {
    guard !isFixed else { return }
    state.withLock { state in
      guard state.cuts == cuts else { return }
      state.cuts += 1
      state.limit = max(1, state.limit / 2)
      state.answers = 0
      state.doubles = false
    }
  }

  private func resume(_ change: (inout State) -> Void) {
    let ready = state.withLock { state in
      change(&state)
      let count = max(0, min(state.waiting.count, state.limit - state.inUse))
      let ready = Array(state.waiting.prefix(count))
      state.waiting.removeFirst(count)
      state.inUse += count
      return ready
    }
    for continuation in ready { continuation.resume() }
  }
}
