import Synchronization

/// Spaces requests evenly, so that no minute has more than a given number of them.
///
/// A token bucket that holds one token: each request reserves the next free moment and waits for it, so
/// that there are no bursts and a late riser does not slow the others. One pacer serves all endpoints of
/// a run.
package final class RequestPacer: Sendable {
  private let interval: Duration
  private let now: @Sendable () -> Duration
  private let sleep: @Sendable (Duration) async throws -> Void
  /// When the next request may leave.
  private let free: Mutex<Duration>

  /// - Parameter perMinute: Requests a minute, above 0.
  package convenience init(perMinute: Double) {
    let start = ContinuousClock.now
    self.init(
      perMinute: perMinute, now: { ContinuousClock.now - start },
      sleep: { try await Task.sleep(for: $0) })
  }

  /// - Parameters:
  ///   - perMinute: Requests a minute, above 0.
  ///   - now: The time since some beginning.
  ///   - sleep: Waits.
  package init(
    perMinute: Double, now: @escaping @Sendable () -> Duration,
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    interval = .seconds(60 / perMinute)
    self.now = now
    self.sleep = sleep
    free = Mutex(.zero)
  }

  /// Waits until a request may leave.
  ///
  /// - Throws: `CancellationError`; the reserved moment is lost then.
  package func wait() async throws {
    let now = now()
    let pause = free.withLock { free in
      let mine = max(now, free)
      free = mine + interval
      return mine - now
    }
    if pause > .zero { try await sleep(pause) }
  }
}
