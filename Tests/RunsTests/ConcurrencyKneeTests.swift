import Testing

@testable import Runs

/// The limit against a simulated server that refuses more than so many requests at once.
struct ConcurrencyKneeTests {
  /// The mean of the limit over `rounds` full rounds, each request above `knee` being refused.
  private func mean(_ knee: Int, rounds: Int) -> Double {
    var limit = ConcurrencyLimit(from: 8, to: 64)
    var served = 0
    for _ in 0..<rounds {
      let count = limit.now
      let cuts = limit.cuts
      for _ in 0..<count { limit.take() }
      for index in 0..<count where index < knee {
        _ = limit.succeed()
        served += 1
      }
      if count > knee { limit.backOff(sentAfter: cuts) }
      for _ in 0..<count { limit.release() }
    }
    return Double(served) / Double(rounds)
  }

  @Test(arguments: [1, 2, 3, 8, 20, 63])
  func `a server is used to at least four fifths of what it takes`(_ knee: Int) {
    #expect(mean(knee, rounds: 1_000) >= 0.8 * Double(knee))
  }

  @Test func `a server without a limit is used to the ceiling`() {
    #expect(mean(1_000, rounds: 1_000) > 60)
  }
}
