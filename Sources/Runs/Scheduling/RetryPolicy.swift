import Basics
import Models
import Synchronization

/// Whether and when a failed request is sent again.
///
/// Pauses double from a quarter of a second to ten seconds, with a seeded jitter so that requests that
/// failed together do not come back together. A request is given up after ten tries (rate limits are
/// counted apart, since the model is well). A budget for the whole run, which answers fill up again,
/// keeps a model in trouble from being asked ten times for everything.
final class RetryPolicy: Sendable {
  static let tries = 10
  static let rateLimits = 60
  /// Retries that the budget holds at most and at the beginning.
  static let reserve = 1000

  private struct State {
    var generator: SeededGenerator
    var budget = RetryPolicy.reserve
  }

  private let state: Mutex<State>

  init(seed: UInt64) {
    state = Mutex(State(generator: SeededGenerator(seed: seed, stream: "jitter")))
  }

  /// The retries of one request.
  struct Tally {
    var failures = 0
    var rateLimits = 0
  }

  func succeed() {
    state.withLock { $0.budget = min(Self.reserve, $0.budget + 1) }
  }

  /// The pause before the next try; nil when the request is given up.
  func pause(after decision: RetryDecision, _ tally: inout Tally) -> Duration? {
    let asked: Duration?
    switch decision {
    case .no: return nil
    case .transient:
      tally.failures += 1
      guard tally.failures < Self.tries, take() else { return nil }
      asked = nil
    case .rateLimit(let after):
      tally.rateLimits += 1
      guard tally.rateLimits < Self.rateLimits else { return nil }
      asked = after
    }
    let unit = state.withLock { $0.generator.unit() }
    if let asked { return asked * (1 + 0.1 * unit) }
    let doublings = min(tally.failures + tally.rateLimits - 1, 6)
    return .seconds(min(10, 0.25 * Double(1 << doublings)) * (0.5 + 0.5 * unit))
  }

  private func take() -> Bool {
    state.withLock { state in
      guard state.budget > 0 else { return false }
      state.budget -= 1
      return true
    }
  }
}
