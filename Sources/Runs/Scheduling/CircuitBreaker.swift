/// Whether an endpoint is asked: not while it is dead, and again when a trial finds it well.
///
/// Closed, it is asked. Many failures in a row, or one that says that nobody is there, open it: its work
/// goes elsewhere. After a pause it is half open while one trial is under way, which closes it or opens
/// it again for twice as long.
struct CircuitBreaker: Sendable, Hashable {
  enum Standing: Sendable, Hashable {
    case closed
    case open
    case halfOpen
  }

  /// Failures in a row that open it.
  ///
  /// Random faults of one request in three need 10¹⁰ requests for that.
  static let tolerated = 20
  /// Failed trials in a row after which nobody waits for the endpoint any longer.
  static let patience = 6

  private(set) var standing = Standing.closed
  private(set) var failedTrials = 0
  private var failures = 0
  /// Openings and failed trials since the last answer.
  private var troubles = 0

  var isClosed: Bool { standing == .closed }

  /// Whether so many trials failed that it is tried further only beside others that are well.
  var isHopeless: Bool { !isClosed && failedTrials >= Self.patience }

  mutating func succeed() {
    failures = 0
    troubles = 0
  }

  /// A request failed in passing.
  ///
  /// - Returns: Whether that opened it.
  mutating func fail() -> Bool {
    failures += 1
    return failures >= Self.tolerated && trip()
  }

  /// Opens it at once.
  ///
  /// - Returns: Whether it was closed before.
  mutating func trip() -> Bool {
    guard isClosed else { return false }
    standing = .open
    failures = 0
    failedTrials = 0
    troubles += 1
    return true
  }

  /// The time before the next trial: half a second, doubled with every trouble up to ten seconds.
  var pause: Duration {
    .milliseconds(min(10_000, 500 << min(max(troubles - 1, 0), 5)))
  }

  mutating func beginTrial() { standing = .halfOpen }

  mutating func endTrial(isWell: Bool) {
    if isWell {
      standing = .closed
    } else {
      standing = .open
      failedTrials += 1
      troubles += 1
    }
  }
}
