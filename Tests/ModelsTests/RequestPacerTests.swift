import Models
import Synchronization
import Testing

struct RequestPacerTests {
  /// A clock that only moves when somebody sleeps or a test says so.
  private final class Clock: Sendable {
    private let time = Mutex(Duration.zero)
    let sleeps = Mutex<[Duration]>([])

    var now: Duration { time.withLock { $0 } }

    func pass(_ duration: Duration) { time.withLock { $0 += duration } }

    func pacer(_ perMinute: Double, moves: Bool = true) -> RequestPacer {
      RequestPacer(
        perMinute: perMinute, now: { self.now },
        sleep: { pause in
          self.sleeps.withLock { $0.append(pause) }
          if moves { self.pass(pause) }
        })
    }
  }

  @Test(arguments: [1.0, 60, 600, 90_000])
  func `requests leave at even distances and never more than the limit in a minute`(
    _ perMinute: Double
  ) async throws {
    let clock = Clock()
    let pacer = clock.pacer(perMinute)
    var times: [Duration] = []
    for _ in 0..<1_000 {
      try await pacer.wait()
      times.append(clock.now)
    }
    for (earlier, later) in zip(times, times.dropFirst()) {
      let gap = (later - earlier) / .seconds(1)
      #expect(abs(gap - 60 / perMinute) < 1e-9)
    }
    let most = Int(perMinute)
    for start in times.indices where start + most < times.count {
      #expect(times[start + most] - times[start] >= .seconds(59.999999))
    }
  }

  @Test func `those who wait at once wait one after the other`() async throws {
    let clock = Clock()
    let pacer = clock.pacer(60, moves: false)
    for _ in 0..<4 { try await pacer.wait() }
    #expect(clock.sleeps.withLock { $0 } == [.seconds(1), .seconds(2), .seconds(3)])
  }

  @Test func `quiet time is not saved up for a burst`() async throws {
    let clock = Clock()
    let pacer = clock.pacer(60)
    try await pacer.wait()
    clock.pass(.seconds(100))
    try await pacer.wait()
    #expect(clock.sleeps.withLock { $0 } == [])
    try await pacer.wait()
    #expect(clock.sleeps.withLock { $0 } == [.seconds(1)])
  }

  @Test func `a request that does not wait leaves at once and a cancelled one throws`() async {
    let pacer = RequestPacer(perMinute: 0.001)
    let task = Task {
      try await pacer.wait()
      try await pacer.wait()
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
