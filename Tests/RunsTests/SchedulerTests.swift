import Basics
import Estimation
import Models
import Synchronization
import Testing

@testable import Runs

struct SchedulerTests {
  @Test func `the limit doubles until the first cut and then grows by one a round`() {
    var limit = ConcurrencyLimit(from: 2, to: 100)
    func round() {
      let count = limit.now
      for _ in 0..<count { limit.take() }
      for _ in 0..<count { _ = limit.succeed() }
      for _ in 0..<count { limit.release() }
    }
    // Every answer of a full round lets one more request out; the first lifts the limit above what
    // is under way, and a limit that is not reached is not lifted further.
    round()
    #expect(limit.now == 3)
    limit.backOff(sentAfter: 0)
    #expect(limit.now == 2)
    limit.backOff(sentAfter: 0)
    #expect(limit.now == 2)
    round()
    #expect(limit.now == 3)
    limit.backOff(sentAfter: 1)
    limit.backOff(sentAfter: 2)
    limit.backOff(sentAfter: 3)
    #expect(limit.now == 1)
    #expect(limit.cuts == 4)
  }

  @Test func `a fixed limit stays`() {
    var limit = ConcurrencyLimit(fixed: 3)
    for _ in 0..<3 { limit.take() }
    for _ in 0..<9 {
      let hasGrown = limit.succeed()
      #expect(!hasGrown)
    }
    limit.backOff(sentAfter: 0)
    #expect(limit.now == 3)
    #expect(!limit.isFree)
  }

  @Test func `a model that complains above four at once is asked four at once`() async throws {
    let plan = try Plan.sample(.sample([.fixed, .labels], formats: 20))
    let gauge = Gauge(limit: 4)
    var script = ScriptedModel.Script()
    script.isDisorderly = true
    script.maxInFlight = 64
    let model = CrowdedModel(ScriptedModel(script), gauge)
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: model, concurrency: nil) {
        $0.sleep = { _ in try await Task.sleep(for: .milliseconds(5)) }
      }
    }
    #expect(session.summary == RunSummary(evaluated: 800))
    #expect(session.records.allSatisfy { $0.isCorrect != nil })
    // Each round of growth may end in one complaint; far fewer than cells.
    #expect(gauge.refused > 0 && gauge.refused < 400)
  }

  @Test func `a rate limit is waited for as long as the model asks`() async throws {
    let plan = try Plan.sample(.sample(formats: 1, examples: 3))
    let waits = Mutex<[Duration]>([])
    var script = ScriptedModel.Script()
    script.fault = { _, attempt in
      attempt <= 2 ? ModelError("busy", retry: .rateLimit(after: .seconds(7))) : nil
    }
    let model = ScriptedModel(script)
    let session = try await withFolder { folder in
      try await conduct(plan, in: folder, model: model) {
        $0.sleep = { wait in waits.withLock { $0.append(wait) } }
      }
    }
    let seen = waits.withLock { $0 }
    #expect(seen.count == 6)
    #expect(seen.allSatisfy { $0 >= .seconds(7) && $0 < .seconds(8) })
    #expect(session.records.allSatisfy { $0.attempt == 3 && $0.isCorrect != nil })
  }

  /// All pauses of a request that never succeeds.
  private func pauses(_ decision: RetryDecision, seed: UInt64) -> [Duration] {
    let policy = RetryPolicy(seed: seed)
    var tally = RetryPolicy.Tally()
    var found: [Duration] = []
    while let pause = policy.pause(after: decision, &tally) { found.append(pause) }
    return found
  }

  @Test func `pauses after faults are drawn below a bound that doubles from 50 ms`() {
    let first = pauses(.transient, seed: 1)
    #expect(first.count == RetryPolicy.tries - 1)
    for (index, pause) in first.enumerated() {
      #expect(pause >= .zero && pause <= .seconds(min(2, 0.05 * Double(1 << index))))
    }
    #expect(first == pauses(.transient, seed: 1))
    #expect(first != pauses(.transient, seed: 2))
  }

  @Test func `rate limits without a time are waited for longer`() {
    let all = pauses(.rateLimit(after: nil), seed: 1)
    #expect(all.count == RetryPolicy.rateLimits - 1)
    for (index, pause) in all.enumerated() {
      let whole = min(30, Double(1 << min(index, 6)))
      #expect(pause >= .seconds(whole / 2) && pause <= .seconds(whole))
    }
  }

  @Test(arguments: [0, 0.25, 7])
  func `a rate limit with a time is waited for a little longer than that`(_ seconds: Double) {
    let all = pauses(.rateLimit(after: .seconds(seconds)), seed: 1)
    let least = Duration.seconds(max(seconds, 0.02))
    #expect(all.allSatisfy { $0 >= least && $0 <= least * 1.1 })
  }

  @Test func `the budget ends retries that lead nowhere, and answers fill it up`() {
    let policy = RetryPolicy(seed: 1)
    func retry() -> Bool {
      var tally = RetryPolicy.Tally()
      return policy.pause(after: .transient, &tally) != nil
    }
    for _ in 0..<RetryPolicy.reserve { #expect(retry()) }
    #expect(!retry())
    policy.succeed()
    #expect(retry())
    #expect(!retry())
    var tally = RetryPolicy.Tally()
    #expect(policy.pause(after: .rateLimit(after: nil), &tally) != nil)
    #expect(policy.pause(after: .no, &tally) == nil)
  }

  @Test func `heavy faults change no outcome`() async throws {
    let plan = try Plan.sample(.sample([.fixed, .labels], search: .thompson, budget: 100))
    let whole = try await withFolder {
      try await conduct(plan, in: $0, model: ScriptedModel()).records.outcomes
    }
    var script = ScriptedModel.Script()
    script.isDisorderly = true
    script.fault = { prompt, attempt in
      fingerprint("\(attempt) " + prompt) % 100 < 35
        ? ModelError("fault", retry: attempt % 2 == 0 ? .transient : .rateLimit(after: nil)) : nil
    }
    let model = ScriptedModel(script)
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: model, concurrency: 16) { $0.sleep = { _ in } }
    }
    #expect(session.summary.failed == 0)
    #expect(session.records.outcomes == whole)
  }

  @Test(arguments: [1, 8])
  func `equal prompts are asked once and recorded each`(_ concurrency: Int) async throws {
    let plan = try Plan.sample(.sample(examples: 50, twins: 9), twins: 9)
    var script = ScriptedModel.Script()
    script.isDisorderly = true
    let model = ScriptedModel(script)
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: model, concurrency: concurrency)
    }
    let cells = plan.evaluations
    #expect(session.records.count == cells)
    #expect(model.attempts.values.allSatisfy { $0 == 1 })
    #expect(session.summary.shared == cells - model.attempts.count)
    #expect(session.summary.shared > 8 * 4)
    #expect(session.summary.failed == 0)
    let twins = Set(24..<33).union([0])
    for format in 0..<8 {
      let same = session.records.filter { $0.format == format && twins.contains($0.example) }
      #expect(Set(same.map(\.scores)).count == 1)
      #expect(same.count { $0.milliseconds != nil } == 1)
    }
  }

  @Test func `a prompt that failed is asked again for its twin`() async throws {
    let plan = try Plan.sample(.sample(formats: 1, examples: 50, twins: 9), twins: 9)
    var script = ScriptedModel.Script()
    script.isDisorderly = true
    script.fault = { prompt, attempt in
      attempt == 1 ? ModelError("not now", retry: .no) : nil
    }
    let model = ScriptedModel(script)
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: model, concurrency: 8) { $0.maxFailures = 50 }
    }
    #expect(session.summary.failed == model.attempts.count)
    #expect(session.records.count { $0.isCorrect != nil } > 4)
  }

  @Test(arguments: [0, 3, 25])
  func `a run is given up above the failures that the user bears`(_ limit: Int) async throws {
    let plan = try Plan.sample(.sample())
    var script = ScriptedModel.Script()
    script.fault = { _, _ in ModelError("no", retry: .no) }
    let model = ScriptedModel(script)
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: model, concurrency: 1) { $0.maxFailures = limit }
    }
    #expect(session.summary.modelFailure == "more than \(limit) cells failed, the last: no")
    #expect(session.summary.failed == limit + 1)
  }

  @Test func `failures in a row count across batches`() async throws {
    let plan = try Plan.sample(.sample(search: .thompson, budget: 90))
    var script = ScriptedModel.Script()
    script.fault = { _, _ in ModelError("down", retry: .transient) }
    let model = ScriptedModel(script)
    let session = try await withFolder {
      try await conduct(plan, in: $0, model: model, concurrency: 1) { $0.sleep = { _ in } }
    }
    #expect(session.summary.modelFailure == "20 failures in a row, the last: down")
    // Cells between two of their tries hold no seat, so a few more may be at their last one.
    #expect((20..<40).contains(session.records.count))
    #expect(session.records.allSatisfy { $0.attempt == RetryPolicy.tries })
  }

  @Test func `repeated cells tell how far a model agrees with itself`() async throws {
    let plan = try Plan.sample(.sample(scoring: .generate(.prefix, maxTokens: 5)))
    var script = ScriptedModel.Script()
    let steady = ScriptedModel(script)
    script.text = { prompt, time in
      time > 1 && fingerprint(prompt) % 2 == 0 ? "something else" : ScriptedModel.text(prompt)
    }
    let fickle = ScriptedModel(script)
    let same = try await withFolder {
      try await conduct(plan, in: $0, model: steady) { $0.repeatedShare = 0.25 }
    }
    #expect(same.summary.repeated == 40)
    #expect(same.summary.disagreementRate == 0)
    #expect(same.summary.evaluated == 160 && same.records.count == 160)
    #expect(steady.answers.values.count { $0 == 2 } == 40)
    let other = try await withFolder {
      try await conduct(plan, in: $0, model: fickle) { $0.repeatedShare = 1 }
    }
    let expected = fickle.answers.keys.count { fingerprint($0) % 2 == 0 }
    #expect(other.summary.repeated == 160)
    #expect(other.summary.disagreements == expected)
    #expect(other.records.timeless == same.records.timeless)
    #expect(
      other.events.notices == [
        "asked 160 cells again: \(expected) answered otherwise "
          + "(\((Double(expected) / 160 * 1000).rounded() / 10) %)"
      ])
  }
}

/// Counts what is under way and refuses more than its limit.
private final class Gauge: Sendable {
  private let state = Mutex<(inFlight: Int, refused: Int)>((0, 0))
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  var refused: Int { state.withLock { $0.refused } }

  func enter() throws {
    try state.withLock { state in
      guard state.inFlight < limit else {
        state.refused += 1
        throw ModelError("too many", retry: .rateLimit(after: nil))
      }
      state.inFlight += 1
    }
  }

  func leave() { state.withLock { $0.inFlight -= 1 } }
}

/// A model that takes only so many requests at once, and says so only when there are more.
private struct CrowdedModel: Model {
  let model: ScriptedModel
  let gauge: Gauge

  init(_ model: ScriptedModel, _ gauge: Gauge) {
    self.model = model
    self.gauge = gauge
  }

  func hello() async throws -> Capabilities { try await model.hello() }

  func score(_ request: ScoreRequest) async throws -> [OptionScore] {
    try gauge.enter()
    defer { gauge.leave() }
    return try await model.score(request)
  }

  func generate(_ request: GenerateRequest) async throws -> Generation {
    try await model.generate(request)
  }

  func close() async {}
}
