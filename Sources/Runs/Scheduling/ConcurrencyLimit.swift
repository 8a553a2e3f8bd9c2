/// How many requests may be under way at an endpoint: as many as it takes without complaint.
///
/// As TCP does it: the limit doubles with every round of answers until the first rate limit, which
/// takes a quarter off; from then on it grows by one a round. (Half, TCP's first choice, leaves a server
/// that takes eight at once idle for a fifth of the time.) Requests that were under way at a cut do not
/// cut again. A fixed limit never changes.
struct ConcurrencyLimit: Sendable, Hashable {
  private(set) var now: Int
  private(set) var inUse = 0
  /// How often the limit was cut; a request notes it when it is sent.
  private(set) var cuts = 0
  private let ceiling: Int
  private let isFixed: Bool
  /// Answers since the limit last grew.
  private var answers = 0
  private var doubles = true

  init(fixed limit: Int) {
    now = max(1, limit)
    ceiling = now
    isFixed = true
  }

  init(from start: Int, to ceiling: Int) {
    self.ceiling = max(1, ceiling)
    now = max(1, min(start, ceiling))
    isFixed = false
  }

  /// The largest number that the limit can become.
  var most: Int { ceiling }

  var isFree: Bool { inUse < now }

  /// The share of the limit that is in use; above 1 after a cut.
  var load: Double { Double(inUse) / Double(now) }

  mutating func take() { inUse += 1 }

  mutating func release() { inUse -= 1 }

  /// A request was answered.
  ///
  /// - Returns: Whether the limit grew.
  mutating func succeed() -> Bool {
    // A limit that is not reached was not tried.
    guard !isFixed, now < ceiling, inUse >= now else { return false }
    answers += 1
    guard doubles || answers >= now else { return false }
    now += 1
    answers = 0
    return true
  }

  /// A request was refused because there are too many.
  ///
  /// - Parameter cuts: The limit's `cuts` when the request was sent.
  mutating func backOff(sentAfter cuts: Int) {
    guard !isFixed, self.cuts == cuts else { return }
    self.cuts += 1
    now = max(1, now * 3 / 4)
    answers = 0
    doubles = false
  }
}
