import Basics
import Models
import Synchronization

/// Whether and when a failed request is sent again.
///
/// After a fault in passing, the pause is drawn evenly between nothing and a bound that doubles from
/// 50 milliseconds to two seconds ("full jitter"), so that requests that failed together do not come
/// back together; the draws are seeded. A rate limit is waited for as long as the server asks, or, where
/// it does not say, for half a second to a second at first and twice as long each time, up to 30
/// seconds. A request is given up after sixteen tries: where a third of all requests fail at random,
/// that is one cell in forty million, and ten tries would be one in 60,000. (Rate limits are counted
/// apart, since the model is well.) A budget for the whole run, which answers fill up again, keeps a
/// model in trouble from being asked sixteen times for everything.
final class RetryPolicy: Sendable {
  static let tries = 16
  static let rateLimits = 60
  /// Moves of one request from a dead endpoint to another.
  static let moves = 20
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
    var moves = 0
  }

  func succeed() {
    state.withLock { $0.budget = min(Self.reserve, $0.budget + 1) }
  }

  /// The pause before the next try; nil when the request is given up.
  func pause(after decision: RetryDecision, _ tally: inout Tally) -> Duration? {
    switch decision {
    case .no: return nil
    case .transient:
      tally.failures += 1
      guard tally.failures < Self.tries, take() else { return nil }
      return .seconds(min(2, 0.05 * Double(1 << (tally.failures - 1))) * unit())
    case .rateLimit(let after):
      tally.rateLimits += 1
      guard tally.rateLimits < Self.rateLimits else { return nil }
      // A server that says "now" is not believed more than one that says nothing of a fault.
      if let after { return max(after, .milliseconds(20)) * (1 + 0.1 * unit()) }
      return .seconds(min(30, 0.5 * Double(1 << min(tally.rateLimits, 7))) * (0.5 + 0.5 * unit()))
    }
  }

  private func unit() -> Double { state.withLock { $0.generator.unit() } }

  private func take() -> Bool {
    state.withLock { state in
      guard state.budget > 0 else { return false }
      state.budget -= 1
      return true
    }
  }
}
