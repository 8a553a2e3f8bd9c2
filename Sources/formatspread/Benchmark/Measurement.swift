import Foundation

/// What some number of evaluations took.
struct Measurement: Sendable {
  let evaluations: Int
  /// Wall-clock time.
  let seconds: Double
  /// Processor time of this process, user and system.
  let processor: Double

  var rate: Double { Double(evaluations) / seconds }

  /// Processor time of one evaluation in microseconds.
  var microseconds: Double { processor / Double(evaluations) * 1e6 }

  /// Measures `work`, which says how many evaluations it made.
  static func of(_ work: () async throws -> Int) async rethrows -> Measurement {
    let before = (ContinuousClock.now, processorTime())
    let count = try await work()
    return Measurement(
      evaluations: max(1, count),
      seconds: max(1e-9, (ContinuousClock.now - before.0) / .seconds(1)),
      processor: processorTime() - before.1)
  }

  /// The processor time in microseconds that this thread needs for one of `count` calls.
  static func ofEach(_ count: Int, _ call: (Int) throws -> Void) rethrows -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    // The first calls fill caches.
    for index in 0..<min(count, 100) { try call(index) }
    let start = now()
    for index in 0..<count { try call(index) }
    return (now() - start) / Double(max(1, count)) * 1e6
  }

  /// The one with the middle rate.
  static func median(_ all: [Measurement]) -> Measurement? {
    all.isEmpty ? nil : all.sorted { $0.rate < $1.rate }[all.count / 2]
  }

  private static func processorTime() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double {
      Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}
