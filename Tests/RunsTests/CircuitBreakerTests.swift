import Testing

@testable import Runs

struct CircuitBreakerTests {
  private func fail(_ breaker: inout CircuitBreaker) -> Bool { breaker.fail() }

  private func trip(_ breaker: inout CircuitBreaker) -> Bool { breaker.trip() }

  @Test func `it opens after many failures in a row and not before`() {
    var breaker = CircuitBreaker()
    for _ in 1..<CircuitBreaker.tolerated { #expect(!fail(&breaker)) }
    breaker.succeed()
    for _ in 1..<CircuitBreaker.tolerated { #expect(!fail(&breaker)) }
    #expect(breaker.isClosed)
    #expect(fail(&breaker))
    #expect(breaker.standing == .open)
    #expect(!fail(&breaker), "it opens once")
  }

  @Test func `trials become rarer until one closes it`() {
    var breaker = CircuitBreaker()
    #expect(trip(&breaker))
    #expect(!trip(&breaker))
    var pauses: [Duration] = []
    for _ in 0..<7 {
      pauses.append(breaker.pause)
      breaker.beginTrial()
      #expect(breaker.standing == .halfOpen)
      breaker.endTrial(isWell: false)
      #expect(breaker.standing == .open)
    }
    #expect(pauses == [0.5, 1, 2, 4, 8, 10, 10].map { .seconds($0) })
    breaker.beginTrial()
    breaker.endTrial(isWell: true)
    #expect(breaker.isClosed)
  }

  @Test func `one that opens again without an answer in between is tried later`() {
    var breaker = CircuitBreaker()
    for expected in [0.5, 1, 2] {
      _ = trip(&breaker)
      #expect(breaker.pause == .seconds(expected))
      breaker.beginTrial()
      breaker.endTrial(isWell: true)
    }
    breaker.succeed()
    _ = trip(&breaker)
    #expect(breaker.pause == .seconds(0.5))
  }

  @Test func `nobody hopes for it after six failed trials in a row`() {
    var breaker = CircuitBreaker()
    _ = trip(&breaker)
    for number in 1...CircuitBreaker.patience {
      #expect(!breaker.isHopeless)
      breaker.beginTrial()
      breaker.endTrial(isWell: false)
      #expect(breaker.failedTrials == number)
    }
    #expect(breaker.isHopeless)
    breaker.beginTrial()
    #expect(breaker.isHopeless)
    breaker.endTrial(isWell: true)
    #expect(!breaker.isHopeless)
  }
}
