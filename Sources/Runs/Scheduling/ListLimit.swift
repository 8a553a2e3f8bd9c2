/// How many prompts one request to an endpoint holds, where lists of prompts are taken.
///
/// A list saves the cost of requests, and is all that helps where their number is limited; but who is
/// in one waits for the slowest, and a fault costs all of them another request. So lists begin with one
/// prompt and double while their answers are quick, until the first that fails or is slow halves them;
/// from then on they grow by one.
struct ListLimit: Sendable, Hashable {
  /// An answer that took longer is a sign of a busy server, which longer lists would keep waiting
  /// towards the deadline of requests.
  static let quick = Duration.seconds(10)

  private(set) var now: Int
  /// The most that the endpoint is known to take.
  private(set) var most: Int
  private var doubles = true

  /// - Parameters:
  ///   - most: 1 for an endpoint that takes no lists.
  ///   - isFull: Whether lists begin with the most.
  init(to most: Int, isFull: Bool = false) {
    self.most = max(1, most)
    now = isFull ? self.most : 1
  }

  /// A request with so many prompts was answered.
  mutating func succeed(_ prompts: Int, in time: Duration) {
    // Shorter ones, as at the end of a batch, tell nothing of those that are allowed now.
    guard most > 1, prompts >= now else { return }
    if time <= Self.quick {
      now = min(most, doubles ? now * 2 : now + 1)
    } else {
      shorten()
    }
  }

  /// A list failed, for whatever reason.
  mutating func fail(_ prompts: Int) {
    guard prompts <= now else { return }
    shorten()
  }

  /// A list was refused although none of its prompts is when it comes alone: half of it is the most
  /// from now on.
  mutating func refuse(_ prompts: Int) {
    most = max(1, min(most, prompts / 2))
    now = min(now, most)
  }

  private mutating func shorten() {
    now = max(1, now / 2)
    doubles = false
  }
}
